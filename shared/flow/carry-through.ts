import { LedgerError } from '../ledger/errors.ts';
import type { Ask } from '../model/ask.ts';
import type { Switch } from '../model/control.ts';
import type { Origin } from '../model/intent.ts';
import { type CrossedCap, type Plan, wantedActions } from '../model/plan.ts';
import type { Report, TargetReport } from '../model/report.ts';
import { digest } from '../model/token.ts';
import { unlistedOf } from '../report/totals.ts';
import { act } from './act.ts';
import type { Purse } from './budgets.ts';
import { recordHolds, waitForPeople } from './hold-back.ts';
import { countInRound } from './round.ts';
import type { World } from './world.ts';

export type Carrying = {
  readonly mode: Switch;
  readonly targets: readonly TargetReport[];
  readonly settleWithinSeconds: number;
};

/** Between the last purchase of a run and the moment when what it has set aside counts as left behind. */
const HOLD_MARGIN_MS = 120_000;

/** The purse of a run that begins now. */
export const purseOf = (limits: Purse['limits'], lifted: Purse['lifted'], at: Date, settleSeconds: number): Purse => ({
  limits,
  lifted,
  at,
  holdMs: settleSeconds * 1000 + HOLD_MARGIN_MS,
});

/** Acts on a plan, or lets people decide on it where it is held; and writes down what was held. */
export async function carryThrough(
  plan: Plan,
  ask: Ask<unknown>,
  { mode, targets, settleWithinSeconds }: Carrying,
  world: World,
): Promise<Pick<Report, 'plan' | 'approval' | 'outcomes' | 'ledgerProblem'>> {
  const origin = originOf(plan, ask, world);
  const mayAct = mode === 'apply' && plan.held.length === 0;
  const purse = purseOf(ask.limits, new Set(), plan.madeAt, settleWithinSeconds);
  const { outcomes, crossed } = await act(
    mayAct ? plan.items : [],
    { origin, purse, settleWithinSeconds, seen: seenFor(plan) },
    world,
  );
  let held = { ...plan, held: [...plan.held, ...crossed] };
  try {
    if (onlyAsks(plan)) held = { ...plan, held: [...plan.held, ...(await crossedInRound(plan, ask, world))] };
    const waiting =
      held.held.length > 0 ? await waitForPeople(held, ask, { origin, targets, settleWithinSeconds }, world) : null;
    if (mode === 'apply') await recordHolds(waiting ?? held, origin, world);
    const approval = waiting && { approvers: ask.approval.approvers };
    return { plan: waiting ?? held, approval, outcomes, ledgerProblem: null };
  } catch (error) {
    // What was done must still be told.
    if (!(error instanceof LedgerError)) throw error;
    return { plan: held, approval: null, outcomes, ledgerProblem: error.message };
  }
}

const seenFor = (plan: Plan): number => plan.items.length + unlistedOf(plan);

/** True where a plan crosses no cap by itself, and waits only because people are always asked. */
const onlyAsks = ({ held }: Plan): boolean => held.length > 0 && held.every(({ cap }) => cap === 'approval');

/** A plan that will be done once people agree takes its share of the round now, or each part would ask for the whole cap. */
const crossedInRound = (plan: Plan, { limits }: Ask<unknown>, world: World): Promise<CrossedCap[]> =>
  countInRound(wantedActions(plan.items), seenFor(plan), limits, world);

const originOf = (plan: Plan, ask: Ask<unknown>, { who, runId }: World): Origin => ({
  function: plan.function,
  who,
  run: runId,
  slot: ask.slot,
  ask: digest(ask),
  plan: plan.hash,
  approvedBy: [],
});
