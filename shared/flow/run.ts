import { LedgerError } from '../ledger/errors.ts';
import type { Ask } from '../model/ask.ts';
import { strictest } from '../model/control.ts';
import { makePlan } from '../model/plan.ts';
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
  const { mode: readyFor, claimed, problem } = await ready(rules.name, wanted, places, ask.slot, world);
  const decided = await decide(rules, ask, claimed.free, now, world, readyFor);
  const unnoted = await ledgerFailure(decided.before);
  // What could not be written down is not acted upon: a later run would not know of it.
  const mode = unnoted === null ? readyFor : 'plan';
  const targets = [...unlisted, ...claimed.taken, ...decided.targets];
  const settleWithinSeconds = rules.settleWithinSeconds(ask.policy);
  const carried = await carryThrough(decided.plan, ask, { mode, targets, settleWithinSeconds }, world);
  const untold = unnoted === null ? await ledgerFailure(decided.after) : null;
  const unended = await claimed.end(decided.targets);
  const ledgerProblem = unread ?? problem ?? unnoted ?? carried.ledgerProblem ?? untold ?? unended;
  const { spending } = decided;
  return { asked: ask.mode, slot: ask.slot, mode, targets, ...carried, ledgerProblem, spending };
}

/** What the ledger said where something could not be written, or null. */
async function ledgerFailure(write: () => Promise<void>): Promise<string | null> {
  try {
    await write();
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
