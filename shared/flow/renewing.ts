import type { Eip } from '../model/eip.ts';
import type { Renew } from '../model/plan.ts';
import type { Deed } from './deed.ts';
import { quoteRenewal } from './quote.ts';
import { RENEWABLE } from './resources.ts';

/** Buying one more term. It has happened once the expiry is later than the one that was planned on. */
export function renewing(action: Renew): Deed {
  const { expects, cycle } = action;
  const isLater = (eip: Eip | 'gone'): eip is Eip =>
    eip !== 'gone' && eip.expiresAt !== null && eip.expiresAt > expects.expiresAt;
  const resource = RENEWABLE[action.resource ?? 'eip'];
  return {
    show: client => resource.show(client, action),
    quote: world => quoteRenewal(action, world),
    moved: eip => (eip.expiresAt?.getTime() === expects.expiresAt.getTime() ? [] : ['expiry']),
    isDone: isLater,
    order: (client, token, until) => resource.renew(client, action, cycle, token, until),
    done: eip => ({
      code: 'renewed',
      facts: { before: expects.expiresAt.toISOString(), after: isLater(eip) ? iso(eip.expiresAt) : null },
    }),
  };
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;
