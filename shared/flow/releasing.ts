import { deleteEip } from '../ctyun/orders.ts';
import { ZERO } from '../model/money.ts';
import type { Release } from '../model/plan.ts';
import { type Deed, placeOf, shown } from './deed.ts';
import { lookAround } from './last-look.ts';

/** Giving an address back. It has happened once the EIP is not found; it cannot be undone. */
export function releasing(action: Release): Deed {
  const { expects } = action;
  return {
    show: shown(action),
    quote: async () => ({ price: ZERO }),
    moved: eip => [
      ...(eip.address === expects.address ? [] : ['address']),
      ...(eip.updatedAt?.getTime() === expects.updatedAt?.getTime() ? [] : ['last change']),
    ],
    isDone: eip => eip === 'gone',
    lookAround: world => lookAround(action, world),
    order: async (client, token, until) => (await client.call(deleteEip, placeOf(action), token, until, 1)).orderId,
    done: () => ({ code: 'released', facts: { address: expects.address } }),
  };
}
