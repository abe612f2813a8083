import type { Intent } from '../../shared/model/intent.ts';
import { fenOf } from '../../shared/model/money.ts';
import type { Renew } from '../../shared/model/plan.ts';
import { eip, inDays, NOW } from '../plan/samples.ts';

export const action = (change: Partial<Renew> = {}): Renew => ({
  kind: 'renew',
  account: 'main',
  region: 'r1',
  eipId: 'eip-1',
  cycle: { type: 'month', count: 1 },
  price: fenOf('100.00'),
  expects: { status: 'ACTIVE', bound: true, expiresAt: inDays(3) },
  token: 'token-1',
  ...change,
});

export const origin = (change: Partial<Intent['origin']> = {}): Intent['origin'] => ({
  function: 'auto-renew',
  who: 'schedule',
  run: 'run-1',
  slot: null,
  ask: 'a'.repeat(64),
  plan: 'b'.repeat(64),
  approvedBy: [],
  ...change,
});

/** An intent as it is written first. */
export function intent(change: Partial<Intent> = {}): Intent {
  const made = change.action ?? action();
  return {
    token: made.token,
    state: 'INTENT',
    action: made,
    eip: eip({ id: made.eipId }),
    reason: { code: 'due', facts: { daysLeft: 3 } },
    origin: origin(),
    attempt: 1,
    sendings: 0,
    firstSentAt: null,
    orderId: null,
    price: made.price,
    reserved: null,
    owner: 'run-1',
    leaseUntil: inDays(0.001),
    outcome: null,
    history: [{ state: 'INTENT', at: NOW }],
    createdAt: NOW,
    updatedAt: NOW,
    version: 0,
    ...change,
  };
}
