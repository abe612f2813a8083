import { LedgerError } from '../ledger/errors.ts';
import { saveIntent } from '../ledger/intents.ts';
import type { Intent, IntentState } from '../model/intent.ts';
import type { Outcome } from '../model/report.ts';
import { closeMoney } from './budgets.ts';
import type { World } from './world.ts';

/** Somebody else went on with the intent: whoever meets this does nothing more. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * How long nobody else touches an intent after its owner's last word. An order is given less time than this to be
 * accepted (`ORDER_MS`), so that an owner whose lease is over can no longer send anything.
 */
export const LEASE_MS = 90_000;
export const ORDER_MS = 60_000;

type Change = Partial<Omit<Intent, 'state' | 'history' | 'version'>>;

/** Writes the intent's next state, before anything that depends on it is done. @throws Overtaken, LedgerError */
export async function advance(
  intent: Intent,
  state: IntentState,
  change: Change,
  world: World,
  note?: string,
): Promise<Intent> {
  const now = world.clock.now();
  const step = { state, at: now, ...(note === undefined ? {} : { note }) };
  const again = intent.history.at(-1)?.state === state && intent.history.at(-1)?.note === note;
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const written = await saveIntent(world.ledger, {
    ...intent,
    owner: world.runId,
    leaseUntil,
    ...change,
    state,
    updatedAt: now,
    // An hour of looking at the same thing is one line.
    history: again ? intent.history : [...intent.history, step],
  });
  if (!written) throw new Overtaken(intent.token);
  return written;
}

/** Leaves an intent that is not final to whoever comes next. */
export async function leave(intent: Intent, outcome: Outcome, world: World): Promise<Outcome> {
  const note = intent.history.at(-1)?.note;
  await advance(intent, intent.state, { leaseUntil: world.clock.now(), outcome }, world, note);
  return outcome;
}

/**
 * Ends an intent: first its state, then its money (booked, or given back). What a crash leaves between the two is closed
 * by the next sweep, which finds the money set aside for an intent that has ended.
 */
export async function finish(
  intent: Intent,
  state: 'DONE' | 'FAILED' | 'SKIPPED',
  outcome: Outcome,
  world: World,
): Promise<Outcome> {
  const orderId = outcome.orderId ?? intent.orderId;
  const ended = await advance(intent, state, { outcome, orderId }, world, outcome.reason.code);
  try {
    await closeMoney(ended, world);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
  }
  return outcome;
}
