import type { CtyunClient } from '../ctyun/client.ts';
import { deleteEip, modifyEipSpec } from '../ctyun/orders.ts';
import type { Eip } from '../model/eip.ts';
import type { Quote } from '../model/facts.ts';
import { ZERO } from '../model/money.ts';
import type { Action, Reason, Release, Renew, Resize } from '../model/plan.ts';
import type { Outcome } from '../model/report.ts';
import { lookAround } from './last-look.ts';
import { quoteRenewal, quoteResize } from './quote.ts';
import { rebuying } from './rebuying.ts';
import { RENEWABLE } from './resources.ts';
import { beginSize } from './sizes.ts';
import type { World } from './world.ts';

/** What one kind of action is, to the path that all of them go. */
export type Deed = {
  /** What it costs now. */
  readonly quote: (world: World) => Promise<Quote>;
  /** Which of the facts that it rests on have moved, beyond its status and binding. */
  readonly moved: (eip: Eip) => string[];
  /** True once what it is for has happened: the only confirmation that is believed. */
  readonly isDone: (eip: Eip | 'gone') => boolean;
  /**
   * Writes down, before the order is first sent, what must not be lost if everything ends right after it.
   *
   * @returns why the order must not be sent, if so
   * @throws LedgerError
   */
  readonly prepare?: (world: World) => Promise<Outcome | undefined>;
  /** Places the order. @returns its id */
  readonly order: (client: CtyunClient, clientToken: string, until: Date) => Promise<string>;
  /**
   * Where it cannot be undone: what everybody else says right before each sending. The EIP itself is shown after it, the
   * answer is held against both, and the order is the very next call, sent once.
   */
  readonly lookAround?: (world: World) => Promise<(eip: Eip) => Reason | undefined>;
  /** What is told of it when it is done. */
  readonly done: (eip: Eip | 'gone') => Reason;
};

export function deedOf(action: Action): Deed {
  switch (action.kind) {
    case 'renew':
      return renewal(action);
    case 'rebuy':
      return rebuying(action);
    case 'resize':
      return resizing(action);
    case 'release':
      return releasing(action);
  }
}

const place = ({ region, eipId }: Action) => ({ regionID: region, eipID: eipId });

function renewal(action: Renew): Deed {
  const { expects, cycle } = action;
  const isLater = (eip: Eip | 'gone'): eip is Eip =>
    eip !== 'gone' && eip.expiresAt !== null && eip.expiresAt > expects.expiresAt;
  return {
    quote: world => quoteRenewal(action, world),
    moved: eip => (eip.expiresAt?.getTime() === expects.expiresAt.getTime() ? [] : ['expiry']),
    isDone: isLater,
    order: (client, token, until) => RENEWABLE[action.resource ?? 'eip'].renew(client, action, cycle, token, until),
    done: eip => ({
      code: 'renewed',
      facts: { before: expects.expiresAt.toISOString(), after: isLater(eip) ? iso(eip.expiresAt) : null },
    }),
  };
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

function resizing(action: Resize): Deed {
  const { expects, toMbps } = action;
  return {
    quote: world => quoteResize(action, world),
    moved: eip => [
      ...(eip.bandwidthMbps === expects.bandwidthMbps ? [] : ['bandwidth']),
      ...(eip.billing === expects.billing ? [] : ['billing']),
      ...(eip.sharedBandwidthId === null ? [] : ['shared bandwidth']),
    ],
    prepare: world => beginSize(action, world),
    isDone: eip => eip !== 'gone' && eip.bandwidthMbps === toMbps && eip.status !== 'UPDATING',
    order: async (client, token, until) =>
      (await client.call(modifyEipSpec, { ...place(action), bandwidth: toMbps }, token, until)).orderId,
    done: () => ({ code: 'resized', facts: { before: expects.bandwidthMbps, after: toMbps } }),
  };
}

function releasing(action: Release): Deed {
  const { expects } = action;
  return {
    quote: async () => ({ price: ZERO }),
    moved: eip => [
      ...(eip.address === expects.address ? [] : ['address']),
      ...(eip.updatedAt?.getTime() === expects.updatedAt?.getTime() ? [] : ['last change']),
    ],
    isDone: eip => eip === 'gone',
    lookAround: world => lookAround(action, world),
    order: async (client, token, until) => (await client.call(deleteEip, place(action), token, until, 1)).orderId,
    done: () => ({ code: 'released', facts: { address: expects.address } }),
  };
}
