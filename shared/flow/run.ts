import { LedgerError } from '../ledger/errors.ts';
import type { Ask } from '../model/ask.ts';
import { strictest } from '../model/control.ts';
import { makePlan, type Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { carryThrough } from './carry-through.ts';
import { decide, type Rules } from './decide.ts';
import { type Claimed, claimSlots, type Place, placesOf } from './places.ts';
import { settleOpen } from './settle-open.ts';
import { switchOf } from './switch.ts';
import type { World } from './world.ts';

/**
 * Look, decide, hold back, do: one run of one function, from its ask to its report. Plan mode and apply mode are the
 * same path up to the last step. The whole run has one `now`.
 */
export async function run<Policy>(rules: Rules<Policy>, ask: Ask<Policy>, world: World): Promise<Report> {
  const now = world.clock.now();
  const { mode: allowed, problem: unread } = await switchOf(rules.name, world);
  const wanted = strictest(ask.mode, allowed);
  if (wanted === 'off') return switchedOff(rules.name, ask, now);
  const { places, unlisted } = await placesOf(ask.targets, world);
  const { mode, claimed, problem } = await ready(rules.name, wanted, places, ask.slot, world);
  const decided = await decide(rules, ask, claimed.free, now, world);
  const targets = [...unlisted, ...claimed.taken, ...decided.targets];
  const settleWithinSeconds = rules.settleWithinSeconds(ask.policy);
  const unnoted = mode === 'apply' ? await noted(rules, decided.plan, now, world) : null;
  // What was seen could not be written down: then nothing may be done that rests on it.
  const doing = unnoted === null ? mode : 'plan';
  const carried = await carryThrough(decided.plan, ask, { mode: doing, targets, settleWithinSeconds }, world);
  const unended = await claimed.end(decided.targets);
  const ledgerProblem = unread ?? problem ?? unnoted ?? carried.ledgerProblem ?? unended;
  return { asked: ask.mode, slot: ask.slot, mode: doing, targets, ...carried, ledgerProblem };
}

/** @returns why it could not be written down, or null */
async function noted<Policy>(rules: Rules<Policy>, plan: Plan, now: Date, world: World): Promise<string | null> {
  try {
    await rules.note?.(plan, now, world);
    return null;
  } catch (error) {
    if (error instanceof LedgerError) return error.message;
    throw error;
  }
}

const switchedOff = (name: string, ask: Ask<unknown>, now: Date): Report => ({
  asked: ask.mode,
  mode: 'off',
  ledgerProblem: null,
  slot: ask.slot,
  targets: [],
  plan: makePlan(name, now, [], []),
  approval: null,
  outcomes: new Map(),
});

type Ready = { readonly mode: 'plan' | 'apply'; readonly claimed: Claimed; readonly problem: string | null };

/**
 * Before an apply: takes the slots and finishes what was begun earlier. A plan changes nothing, so a second one does no
 * harm and needs neither; and where the ledger fails there is only a plan.
 */
async function ready(
  fn: string,
  mode: 'plan' | 'apply',
  places: readonly Place[],
  slot: string | null,
  world: World,
): Promise<Ready> {
  const unclaimed = { free: places, taken: [], end: async () => null };
  if (mode === 'plan') return { mode, claimed: unclaimed, problem: null };
  try {
    const claimed = await claimSlots(places, { fn, slot }, world);
    for (const account of new Set(claimed.free.map(({ account }) => account)))
      await settleOpen(account, 'may-resend', world);
    return { mode, claimed, problem: null };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { mode: 'plan', claimed: unclaimed, problem: error.message };
  }
}
