import { recordHeld } from '../ledger/history.ts';
import { openProposals, propose } from '../ledger/proposals.ts';
import type { Ask } from '../model/ask.ts';
import type { Origin } from '../model/intent.ts';
import type { Plan, PlanItem } from '../model/plan.ts';
import { type BindProposal, bindContent } from '../model/proposal.ts';
import type { TargetReport } from '../model/report.ts';
import { digest } from '../model/token.ts';
import type { World } from './world.ts';

const isAct = ({ verdict }: PlanItem): boolean => verdict.decision === 'act';

/** What a plan would do, whenever it was made: plans that would do the same are one question to people. */
const contentOf = ({ function: fn, items }: Plan): string =>
  digest({ fn, actions: items.flatMap(({ verdict }) => (verdict.decision === 'act' ? [verdict.action] : [])) });

/**
 * Stores a held plan for people to decide on. Where one that would do the same waits already, that one goes on waiting.
 *
 * @returns the plan that waits, under the hash by which it is approved
 */
export async function waitForPeople(
  plan: Plan,
  ask: Ask<unknown>,
  more: {
    origin: Origin;
    targets: readonly TargetReport[];
    settleWithinSeconds: number;
    binding?: BindProposal;
  },
  world: World,
): Promise<Plan> {
  const { unlisted: _, ...whole } = plan;
  const waiting = { ...whole, items: plan.items.filter(isAct) };
  const content = more.binding ? bindContent(plan.function, more.binding) : contentOf(plan);
  const now = world.clock.now();
  const same = (await openProposals(world.ledger)).find(
    other => other.content === content && other.state !== 'APPLYING' && other.plan.expiresAt > now,
  );
  if (same) return { ...plan, hash: same.plan.hash, expiresAt: same.plan.expiresAt };
  await propose(world.ledger, {
    plan: waiting,
    content,
    limits: ask.limits,
    ...more,
    approvers: ask.approval.approvers,
    state: 'PENDING',
    approvals: [],
    rejectedBy: null,
    applying: null,
    version: 1,
  });
  return plan;
}

/** Records, for every EIP that something was to be done with, that it was held and why. */
export async function recordHolds(plan: Plan, origin: Origin, world: World): Promise<void> {
  const held = plan.items.filter(item => item.verdict.decision === 'hold' || (isAct(item) && plan.held.length > 0));
  for (const item of held) {
    await recordHeld(world.ledger, { at: plan.madeAt, origin, item, caps: isAct(item) ? plan.held : [] });
  }
}
