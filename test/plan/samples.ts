import type { RenewPolicy } from '../../shared/model/ask.ts';
import type { Eip } from '../../shared/model/eip.ts';
import { eipKey, type Quote, type RegionFacts } from '../../shared/model/facts.ts';
import { fenOf } from '../../shared/model/money.ts';

export const NOW = new Date('2026-11-24T02:00:00Z');

/** An instant so many days after NOW. */
export const inDays = (days: number): Date => new Date(NOW.getTime() + days * 24 * 3600_000);

/** A bound periodic EIP that expires in three days, changed as a test needs. */
export function eip(change: Partial<Eip> = {}): Eip {
  const expiresAt = 'expiresAt' in change ? change.expiresAt : inDays(3);
  return {
    id: 'eip-0000000001',
    name: '官网',
    address: '203.0.113.10',
    status: 'ACTIVE',
    billing: 'periodic',
    expiresAt: expiresAt ?? null,
    expiryText: expiresAt?.toISOString() ?? null,
    bound: true,
    association: { type: 'INSTANCE', id: 'vm-1' },
    portId: null,
    bandwidthMbps: 5,
    bandwidthType: 'standalone',
    sharedBandwidthId: null,
    packaged: false,
    resourceId: null,
    updatedAt: null,
    ...change,
  };
}

export const policy = (change: Partial<RenewPolicy> = {}): RenewPolicy => ({
  resources: ['eip'],
  trafficPackage: null,
  withinDays: 7,
  notBeforeDays: null,
  cycle: { type: 'month', count: 1 },
  onlyBound: false,
  includePackaged: false,
  expired: 'hold',
  exempt: { names: ['keep-*'], labels: { autopilot: 'off' } },
  settleWithinSeconds: 20,
  ...change,
});

export const facts = (eips: readonly Eip[], labelled: RegionFacts['labelled'] = new Set()): RegionFacts => ({
  account: 'main',
  region: 'r1',
  eips,
  labelled,
});

/** The same price for every EIP of these facts. */
export const quotesFor = (seen: RegionFacts, price = '100.00'): ReadonlyMap<string, Quote> =>
  new Map(seen.eips.map(({ id }) => [eipKey(seen.account, seen.region, id), { price: fenOf(price) }]));
