import { changeProposal, findProposal } from '../ledger/proposals.ts';
import { RejectedRequest } from '../model/errors.ts';
import { planHash, wantedActions } from '../model/plan.ts';
import { liftedCaps, type Proposal } from '../model/proposal.ts';
import type { Report } from '../model/report.ts';
import { type Acted, act } from './act.ts';
import { refused } from './approvals.ts';
import { purseOf } from './carry-through.ts';
import { settleOpen } from './settle-open.ts';
import { switchOf, whyNot } from './switch.ts';
import type { World } from './world.ts';

/**
 * Applies an approved plan: exactly its list. What has changed since is skipped with its reason, nothing is added. The
 * approval lifts the caps that the plan said it would cross and no others; it counts once. Where an earlier try crashed,
 * it goes on: what was begun is found again by its tokens.
 *
 * @throws RejectedRequest where the plan may not be applied; nothing is changed then
 */
export async function applyPlan(hash: string, world: World): Promise<Report> {
  const stored = await findProposal(world.ledger, hash);
  if (!stored) throw new RejectedRequest(`plan ${hash}`, ['there is no such plan; `plans` lists those that wait']);
  if (stored.binding)
    throw new RejectedRequest(`plan ${hash}`, [
      'it binds an EIP: the chat in which it is approved does that by itself',
    ]);
  if (planHash(stored.plan) !== hash)
    throw new RejectedRequest(`plan ${hash}`, ['what is stored is not what was approved: its hash differs']);
  const { mode } = await switchOf(stored.plan.function, world);
  if (mode !== 'apply') throw new RejectedRequest(`plan ${hash}`, [whyNot(stored.plan.function, mode, world)]);
  await changeProposal(world.ledger, hash, proposal => claim(hash, proposal, world));
  for (const account of new Set(wantedActions(stored.plan.items).map(action => action.account)))
    await settleOpen(account, 'may-resend', world);
  const acted = await act(stored.plan.items, groundsOf(stored, world), world);
  await changeProposal(world.ledger, hash, proposal => ended(proposal, acted, world));
  return reportOf(stored, acted);
}

/** Takes an approved plan for this run, where it may be applied. @throws RejectedRequest where it may not */
export function claim(
  hash: string,
  { state, plan, applying, approvals, approvers }: Proposal,
  world: World,
): Partial<Proposal> {
  const now = world.clock.now();
  const crashed = state === 'APPLYING' && applying !== null && applying.until <= now;
  if (state === 'PENDING') {
    const missing = `it waits for approval: ${approvals.length} of ${approvers}`;
    throw new RejectedRequest(`plan ${hash}`, [missing]);
  }
  if (state === 'REJECTED') throw refused(hash, 'is-rejected');
  if (state === 'APPLIED') throw refused(hash, 'is-applied');
  if (state === 'APPLYING' && !crashed) throw refused(hash, 'is-applying');
  if (plan.expiresAt <= now) throw refused(hash, 'expired');
  return { state: 'APPLYING', applying: { run: world.runId, until: world.deadline } };
}

/** Another run's spending may be in the way: then nothing was done, and the approval is not used up. */
function ended({ applying }: Proposal, { crossed }: Acted, { runId }: World): Partial<Proposal> {
  if (applying?.run !== runId) return {};
  return crossed.length > 0 ? { state: 'APPROVED', applying: null } : { state: 'APPLIED' };
}

function groundsOf(stored: Proposal, world: World) {
  const { origin, limits, settleWithinSeconds, approvals } = stored;
  const approvedBy = approvals.map(({ who }) => who);
  return {
    origin: { ...origin, run: world.runId, approvedBy },
    purse: purseOf(limits, liftedCaps(stored), world.clock.now(), settleWithinSeconds),
    settleWithinSeconds,
    seen: stored.targets.reduce((sum, { seen }) => sum + seen, 0),
  };
}

const reportOf = ({ plan, targets, origin }: Proposal, { outcomes, crossed }: Acted): Report => ({
  asked: 'apply',
  mode: 'apply',
  ledgerProblem: null,
  slot: origin.slot,
  targets,
  plan: { ...plan, held: crossed },
  approval: null,
  outcomes,
});
