import { findIntent, lockEip, saveIntent } from '../ledger/intents.ts';
import { type Intent, isFinal, type Origin } from '../model/intent.ts';
import { cny, type Fen } from '../model/money.ts';
import type { Action, PlanItem } from '../model/plan.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { closeMoney, type Purse, reserveAction } from './budgets.ts';
import { deedOf } from './deed.ts';
import { lookAgain, whatMoved } from './look-again.ts';
import { order, refusal } from './order.ts';
import { finish, LEASE_MS, Overtaken } from './progress.ts';
import { inHand, isInHand, overtaken, resume } from './resume.ts';
import type { World } from './world.ts';

/** One item of a plan that is to be done, and what it may cost. */
export type Purchase = {
  readonly item: PlanItem;
  readonly action: Action;
  readonly origin: Origin;
  readonly purse: Purse;
  readonly settleMs: number;
};

/** An order that surely failed is tried anew, in a later run, so often in all. */
const MAX_ATTEMPTS = 3;

/**
 * Does one action of a plan: lock, reserve, intent, look again, quote again, order, settle. Whatever was begun for the
 * same facts before is gone on with, never begun a second time.
 *
 * @throws LedgerError; what was sent by then is found again by the next run
 */
export async function purchase(wanted: Purchase, world: World): Promise<Outcome> {
  const before = await findIntent(world.ledger, wanted.action.token);
  if (before && !isFinal(before))
    return isInHand(before, world) ? inHand(before) : resume(before, 'may-resend', wanted.settleMs, world);
  if (before?.state === 'DONE') return outcome('skipped', 'already-done', { at: before.updatedAt.toISOString() });
  const failed = before?.outcome?.reason.code === 'order-failed';
  const attempt = (before?.attempt ?? 1) + (failed ? 1 : 0);
  if (attempt > MAX_ATTEMPTS) return outcome('failed', 'gave-up', { attempts: MAX_ATTEMPTS });
  try {
    const intent = await begin(wanted, before, attempt, world);
    return 'token' in intent ? await proceed(intent, wanted.settleMs, world) : intent;
  } catch (error) {
    if (error instanceof Overtaken) return overtaken(wanted.action.token, world);
    throw error;
  }
}

/** Takes the EIP and the money, then writes the intent. */
async function begin(
  { item, action, origin, purse }: Purchase,
  before: Intent | undefined,
  attempt: number,
  world: World,
): Promise<Intent | Outcome> {
  const now = world.clock.now();
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const holder = await lockEip(world.ledger, action, leaseUntil, now);
  if (holder !== undefined) return outcome('skipped', 'busy', { token: holder });
  const reserved = await reserveAction(action, purse, world);
  if (reserved === 'other') return outcome('skipped', 'in-hand', { state: 'INTENT', until: null });
  if (reserved && 'full' in reserved) return outcome('skipped', 'cap-reached', { cap: reserved.full });
  const intent: Intent = {
    token: action.token,
    state: 'INTENT',
    action,
    eip: item.eip,
    reason: item.verdict.reason,
    origin,
    attempt,
    sendings: 0,
    firstSentAt: null,
    orderId: null,
    price: action.price,
    reserved,
    owner: world.runId,
    leaseUntil,
    outcome: null,
    history: [...(before?.history ?? []), { state: 'INTENT', at: now }],
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    version: before?.version ?? 0,
  };
  const written = await saveIntent(world.ledger, intent);
  if (written) return written;
  await closeMoney(intent, world);
  throw new Overtaken(action.token);
}

/** From a written intent to its end. */
async function proceed(intent: Intent, settleMs: number, world: World): Promise<Outcome> {
  const seen = await secondLook(intent, world);
  const end = (why: Outcome) => finish(intent, why.state === 'failed' ? 'FAILED' : 'SKIPPED', why, world);
  if (!('price' in seen)) return end(seen);
  const hindered = await deedOf(intent.action, world).prepare?.(world);
  return hindered ? end(hindered) : order({ ...intent, price: seen.price }, settleMs, world);
}

/** The last look and the last quote before the order; an outcome where it must not be placed. */
async function secondLook({ action }: Intent, world: World): Promise<Outcome | { readonly price: Fen }> {
  try {
    const eip = await lookAgain(action, world);
    if (eip === 'gone') return outcome('skipped', 'gone');
    const moved = whatMoved(action, eip, world);
    if (moved.length > 0) return outcome('skipped', 'changed', { what: moved.join(', ') });
  } catch (error) {
    return refusal(error);
  }
  const quote = await deedOf(action, world).quote(world);
  if ('unavailable' in quote) return outcome('skipped', 'no-quote', { why: quote.unavailable });
  if (quote.price <= action.price) return quote;
  return outcome('skipped', 'price-rose', { planned: cny(action.price), now: cny(quote.price) });
}
