import { type OrderState, queryOrder } from '../ctyun/orders.ts';
import type { Eip } from '../model/eip.ts';
import type { Intent } from '../model/intent.ts';
import { cny, ZERO } from '../model/money.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { type Deed, deedOf } from './deed.ts';
import { lookAgain } from './look-again.ts';
import { unseen } from './problem.ts';
import { finish, leave } from './progress.ts';
import { mayResend } from './resend.ts';
import type { World } from './world.ts';

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 4_000;

/** What one look at an order and its EIP showed; undefined where it could not be seen. */
type Sight = { readonly order: OrderState | undefined; readonly eip: Eip | 'gone' | undefined };

/**
 * Waits until what the intent is for has happened or its order has ended, and writes down what became of it. Only looking
 * at the EIP confirms.
 *
 * @param until how long it is waited for; at least one look is taken
 */
export async function settle(intent: Intent, until: Date, world: World): Promise<Outcome> {
  let order: OrderState | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.6, LONGEST_PAUSE_MS)) {
    const sight: Sight = await look(intent, order, world);
    order = sight.order;
    const ended = endOf(intent, sight, world);
    if (ended) return finish(intent, ended.state, ended.outcome, world);
    const left = until.getTime() - world.clock.now().getTime();
    if (left <= 0) return leave(intent, unfinished(intent, order, world.clock.now()), world);
    await world.clock.sleep(Math.min(pause, left));
  }
}

async function look({ action, orderId }: Intent, before: OrderState | undefined, world: World): Promise<Sight> {
  const client = world.clientOf(action.account);
  const ended = before?.phase === 'finished' || before?.phase === 'failed';
  const order =
    orderId && !ended ? ((await calm(() => client.call(queryOrder, { masterOrderID: orderId }))) ?? before) : before;
  // Looked at after the order was asked, so that an order seen as finished or failed is judged on what it left behind.
  return { order, eip: await calm(() => lookAgain(action, world)) };
}

/** While an order is waited for, a look that fails is one look less; what it was to show is still unknown afterwards. */
async function calm<T>(looking: () => Promise<T>): Promise<T | undefined> {
  try {
    return await looking();
  } catch (error) {
    return unseen(error, undefined);
  }
}

type End = { readonly state: 'DONE' | 'FAILED' | 'SKIPPED'; readonly outcome: Outcome };

/** How the intent ends on what was seen, if it does. */
function endOf(intent: Intent, { order, eip }: Sight, world: World): End | undefined {
  const { action, orderId, state } = intent;
  const deed = deedOf(action, world);
  const ours = state !== 'BLOCKED';
  if (eip !== undefined && deed.isDone(eip))
    return { state: ours ? 'DONE' : 'SKIPPED', outcome: happened(intent, eip, deed) };
  if (eip === undefined) return undefined;
  // An order of somebody else that has ended, or that nobody can name, holds nothing any more.
  if (!ours && (orderId === null || order?.phase === 'finished' || order?.phase === 'failed'))
    return { state: 'SKIPPED', outcome: { ...outcome('skipped', 'other-order', { orderId }), orderId } };
  if (ours && order?.phase === 'failed')
    return {
      state: 'FAILED',
      outcome: { ...outcome('failed', 'order-failed', { orderStatus: order.status }), orderId },
    };
  return undefined;
}

function happened({ state, orderId, price }: Intent, eip: Eip | 'gone', deed: Deed): Outcome {
  const ours = state !== 'BLOCKED';
  const { code, facts } = deed.done(eip);
  const made = ours
    ? outcome('done', code, { ...facts, price: cny(price) })
    : outcome('done', `${code}-by-other`, facts);
  return { ...made, orderId, spent: ours ? price : ZERO, expiresAt: eip === 'gone' ? null : eip.expiresAt };
}

/** An order that runs longer than this is told to a person. */
const LONG_MS = 2 * 3600_000;

function unfinished(intent: Intent, order: OrderState | undefined, now: Date): Outcome {
  const { state, orderId, price, firstSentAt } = intent;
  if (state === 'BLOCKED') return { ...outcome('skipped', 'other-order', { orderId }), orderId };
  const code = intent.history.at(-1)?.note ?? 'LOST';
  if (state !== 'ORDERED') return outcome('unknown', mayResend(intent, now) ? 'answer-lost' : 'ask-a-person', { code });
  const facts = { orderStatus: order?.status ?? null };
  const isLong = firstSentAt !== null && now.getTime() - firstSentAt.getTime() > LONG_MS;
  const made =
    order?.phase === 'finished'
      ? outcome('unknown', 'unconfirmed')
      : order?.phase === 'awaits-person'
        ? outcome('ordered', 'order-awaits-person', facts)
        : outcome('ordered', isLong || order?.phase === 'unclear' ? 'settling-long' : 'settling', facts);
  return { ...made, orderId, spent: price };
}
