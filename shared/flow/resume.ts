import { findIntent } from '../ledger/intents.ts';
import { type Intent, isFinal } from '../model/intent.ts';
import { ZERO } from '../model/money.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { lookOnce, order } from './order.ts';
import { advance, finish, Overtaken } from './progress.ts';
import { mayResendNow } from './resend.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

/** Whether an order whose answer was lost may be sent again, with the same token and body. */
export type Resending = 'may-resend' | 'only-look';

/** True if some other run is at work on the intent. */
export const isInHand = ({ owner, leaseUntil }: Intent, { runId, clock }: World): boolean =>
  owner !== runId && leaseUntil > clock.now();

/**
 * Goes on with an intent that some run has left or lost: looks first, whatever its state. Takes it into hand, so that two
 * that resume do not both act.
 *
 * @throws LedgerError
 */
export async function resume(intent: Intent, resending: Resending, settleMs: number, world: World): Promise<Outcome> {
  if (isInHand(intent, world)) return inHand(intent);
  try {
    const note = intent.history.at(-1)?.note;
    const ours = await advance(intent, intent.state, {}, world, note);
    return await goOn(ours, resending, settleMs, world);
  } catch (error) {
    if (error instanceof Overtaken) return overtaken(intent.token, world);
    throw error;
  }
}

async function goOn(intent: Intent, resending: Resending, settleMs: number, world: World): Promise<Outcome> {
  const now = world.clock.now();
  if (intent.state === 'INTENT') return neverSent(intent, world);
  if (intent.state === 'ORDERED' || intent.state === 'BLOCKED')
    return settle(intent, new Date(now.getTime() + settleMs), world);
  // SENT or UNKNOWN: nobody knows whether the order was placed.
  const seen = await lookOnce(intent, world);
  const again = seen === 'unmoved' && resending === 'may-resend' && mayResendNow(intent, now);
  return again ? order(intent, settleMs, world) : settle(intent, now, world);
}

/** SENT is written before anything is sent; so this one was not. The next plan decides anew. */
async function neverSent(intent: Intent, world: World): Promise<Outcome> {
  const seen = await lookOnce(intent, world);
  const code = seen === 'happened' ? 'happened-otherwise' : 'never-sent';
  return finish(intent, 'SKIPPED', outcome('skipped', code), world);
}

export const inHand = ({ leaseUntil, state }: Intent): Outcome =>
  outcome('skipped', 'in-hand', { state, until: leaseUntil.toISOString() });

/** Another run was quicker. If it has brought the intent to its end, that is what became of it. */
export async function overtaken(token: string, world: World): Promise<Outcome> {
  const now = await findIntent(world.ledger, token);
  if (!now) return outcome('skipped', 'in-hand', { state: 'INTENT', until: null });
  // What the other run spent is told by the other run.
  return isFinal(now) && now.outcome ? { ...now.outcome, spent: ZERO } : inHand(now);
}
