import { modifyEipSpec } from '../ctyun/orders.ts';
import type { Resize } from '../model/plan.ts';
import { type Deed, placeOf, shown } from './deed.ts';
import { quoteResize } from './quote.ts';
import { beginSize } from './sizes.ts';
import type { World } from './world.ts';

/** Changing a bandwidth. It has happened once the EIP shows the new one. */
export function resizing(action: Resize): Deed {
  const { expects, toMbps, baselineMbps } = action;
  // What a person asked for is not a raise of ours: it is adopted when it is seen.
  const remembering =
    baselineMbps === null ? {} : { prepare: (world: World) => beginSize(action, baselineMbps, world) };
  return {
    ...remembering,
    show: shown(action),
    quote: world => quoteResize(action, world),
    moved: eip => [
      ...(eip.bandwidthMbps === expects.bandwidthMbps ? [] : ['bandwidth']),
      ...(eip.billing === expects.billing ? [] : ['billing']),
      ...(eip.sharedBandwidthId === null ? [] : ['shared bandwidth']),
    ],
    isDone: eip => eip !== 'gone' && eip.bandwidthMbps === toMbps && eip.status !== 'UPDATING',
    order: async (client, token, until) =>
      (await client.call(modifyEipSpec, { ...placeOf(action), bandwidth: toMbps }, token, until)).orderId,
    done: () => ({ code: 'resized', facts: { before: expects.bandwidthMbps, after: toMbps } }),
  };
}
