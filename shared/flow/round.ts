import { count, MOST_ACTIONS, recount } from '../ledger/rounds.ts';
import type { Limits, Target } from '../model/ask.ts';
import type { Fen } from '../model/money.ts';
import type { Action, CrossedCap } from '../model/plan.ts';
import type { Outcome } from '../model/report.ts';
import type { World } from './world.ts';

/** What a run leaves to the next one of its round. */
export type Rest = {
  readonly targets: readonly Target[];
  /** How many EIPs the round's part has seen in the places that are not looked at again. */
  readonly seenBefore: number;
  /** False where this run has done nothing of what it was given. */
  readonly progress: boolean;
};

/**
 * The runs that are together one run of a schedule: one for each message of a fan-out, and those that go on with what
 * one had no time for. Its caps are one, counted in the ledger; its places are locked once for each of these runs.
 */
export type Round = {
  /** The function, its planned time or request, and the ask. */
  readonly id: string;
  /** Which message of the round; the same for those that go on with it. */
  readonly part: string;
  /** Under which the places are locked in the place of the slot; null where nothing comes twice. */
  readonly lock: string | null;
  readonly seenBefore: number;
  /** Hands the rest to the queue; false where it was not taken. Null: it has gone round too often. */
  readonly handOver: ((rest: Rest) => Promise<boolean>) | null;
};

/** Left before the deadline for one action or look; what starts later could be cut off between its order and its settling. */
export const NEEDED_MS = 15_000;

export const leftMs = ({ deadline, clock }: Pick<World, 'deadline' | 'clock'>): number =>
  deadline.getTime() - clock.now().getTime();

/** How long an order is waited for: as long as asked, and within the run's time. */
export const settleMs = (seconds: number, world: Pick<World, 'deadline' | 'clock'>): number =>
  Math.max(0, Math.min(seconds * 1000, leftMs(world) - NEEDED_MS / 2));

/** True where a later run can do what this one has no time for. */
export const canHandOver = ({ round }: World): boolean => round !== undefined && round.handOver !== null;

/** Why something was not begun near the deadline. */
export const tooLate = (world: World): 'handed-over' | 'out-of-time' =>
  canHandOver(world) ? 'handed-over' : 'out-of-time';

/**
 * Counts a plan's actions in its round: all of them or none.
 *
 * @param seen how many EIPs were seen for it. The share is that of this part's EIPs: a part cannot know what the others
 * see, and where no part crosses it the whole does not either
 * @returns the caps of the round that forbid it
 * @throws LedgerError
 */
export async function countInRound(
  actions: readonly Action[],
  seen: number,
  { maxActions, maxSharePercent, maxSpendPerRun }: Limits,
  { round, ledger, clock }: World,
): Promise<CrossedCap[]> {
  if (round === undefined) return [];
  const wish = new Map(actions.map(({ token, price }) => [token, price]));
  const all = seen + round.seenBefore;
  const bounds = { actions: maxActions, fen: maxSpendPerRun, ofPart: Math.floor((maxSharePercent * all) / 100) };
  const would = await count(ledger, { round: round.id, part: round.part }, wish, bounds, clock.now());
  if (would.fits) return [];
  const share = (100 * would.ofPart) / all;
  const caps: readonly CrossedCap[] = [
    { cap: 'maxActions', unit: 'actions', limit: Math.min(maxActions, MOST_ACTIONS), wanted: would.actions },
    { cap: 'maxSharePercent', unit: 'percent', limit: maxSharePercent, wanted: share },
    { cap: 'maxSpendPerRun', unit: 'fen', limit: maxSpendPerRun, wanted: would.fen },
  ];
  return caps.filter(({ wanted, limit }) => wanted > limit);
}

/** What was not begun here is begun by the next run; the others were counted by whoever does or did them. */
const STAYS: ReadonlySet<string> = new Set(['handed-over', 'already-done', 'in-hand']);

/** Puts the count right once the actions have ended. @throws LedgerError; then too much stays counted */
export async function recountInRound(
  actions: readonly Action[],
  outcomes: ReadonlyMap<string, Outcome>,
  { round, ledger }: World,
): Promise<void> {
  if (round === undefined) return;
  const became = new Map(actions.map(action => [action.token, costOf(action, outcomes.get(action.token))]));
  await recount(ledger, { round: round.id, part: round.part }, became);
}

/** In fen; null where nothing came of it. What nobody can tell counts in full. */
function costOf({ price }: Action, outcome: Outcome | undefined): Fen | null {
  if (outcome === undefined) return null;
  const { state, reason, spent } = outcome;
  if (state === 'unknown' || STAYS.has(reason.code)) return price;
  return state === 'done' || state === 'ordered' ? spent : null;
}
