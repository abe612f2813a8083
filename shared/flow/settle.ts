import type { CtyunClient } from '../ctyun/client.ts';
import { CtyunError } from '../ctyun/errors.ts';
import { type OrderState, queryOrder } from '../ctyun/orders.ts';
import type { Eip } from '../model/eip.ts';
import { cny, type Fen, ZERO } from '../model/money.ts';
import type { Renew } from '../model/plan.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { isRenewed, lookAgain } from './look-again.ts';
import type { World } from './world.ts';

/** What is being waited for. */
export type Settling = {
  readonly action: Renew;
  readonly client: CtyunClient;
  readonly world: World;
  /** What the order costs, in fen. */
  readonly price: Fen;
  /** How long it is waited for; at least one look is taken. */
  readonly until: Date;
};

/** An order's id and whether we placed it, or the code of the answer that was lost. */
export type Placed = { readonly orderId: string | undefined; readonly ours: boolean } | { readonly lost: string };

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 4_000;

/** Waits until the expiry has moved or the order has ended, and says what became of it. Only looking confirms. */
export async function settle(settling: Settling, placed: Placed): Promise<Outcome> {
  const { action, client, world, until } = settling;
  const orderId = 'orderId' in placed ? placed.orderId : undefined;
  let order: OrderState | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.6, LONGEST_PAUSE_MS)) {
    if (orderId && order?.phase !== 'finished')
      order = (await calm(() => client.call(queryOrder, { masterOrderID: orderId }))) ?? order;
    // Looked at after the order was asked, so that an order seen as finished or failed is judged on what it left behind.
    const eip = await calm(() => lookAgain(client, action));
    if (eip && isRenewed(action, eip)) return renewed(settling, placed, eip);
    if (order?.phase === 'failed') return ended(placed, order);
    const left = until.getTime() - world.clock.now().getTime();
    if (left <= 0) return unfinished(settling, placed, order);
    await world.clock.sleep(Math.min(pause, left));
  }
}

/** While an order is waited for, a look that fails is one look less; what it was to show is still unknown afterwards. */
async function calm<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CtyunError) return undefined;
    throw error;
  }
}

const isOurs = (placed: Placed): boolean => 'lost' in placed || placed.ours;
const idOf = (placed: Placed): string | null => ('orderId' in placed ? (placed.orderId ?? null) : null);

function renewed({ action, price }: Settling, placed: Placed, eip: Eip): Outcome {
  const facts = { before: action.expects.expiresAt.toISOString(), after: eip.expiresAt?.toISOString() ?? null };
  const made = isOurs(placed)
    ? outcome('done', 'renewed', { ...facts, price: cny(price) })
    : outcome('done', 'renewed-by-other', facts);
  return { ...made, orderId: idOf(placed), spent: isOurs(placed) ? price : ZERO, expiresAt: eip.expiresAt };
}

function ended(placed: Placed, order: OrderState): Outcome {
  const orderId = idOf(placed);
  const facts = { orderStatus: order.status };
  return {
    ...(isOurs(placed) ? outcome('failed', 'order-failed', facts) : outcome('skipped', 'other-order', { orderId })),
    orderId,
  };
}

function unfinished({ price }: Settling, placed: Placed, order: OrderState | undefined): Outcome {
  if ('lost' in placed) return outcome('unknown', 'answer-lost', { code: placed.lost });
  const orderId = idOf(placed);
  if (!placed.ours) return { ...outcome('skipped', 'other-order', { orderId }), orderId };
  const facts = { orderStatus: order?.status ?? null };
  const state =
    order?.phase === 'finished'
      ? outcome('unknown', 'unconfirmed')
      : outcome('ordered', order?.phase === 'awaits-person' ? 'order-awaits-person' : 'settling', facts);
  return { ...state, orderId, spent: price };
}
