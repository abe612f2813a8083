import type { Eip } from '../../shared/model/eip.ts';
import { fenOf } from '../../shared/model/money.ts';
import { type CrossedCap, makePlan, type PlanItem, type Reason, type Renew } from '../../shared/model/plan.ts';
import { type Outcome, outcome, type Report, type TargetReport } from '../../shared/model/report.ts';
import { eip, inDays, NOW } from '../plan/samples.ts';

const PACKAGE = { leftPercent: 8.5, leftGb: 8.5, sizeGb: 100, daysLeft: 12, expiresAt: '2026-12-06T02:00:00.000Z' };
const IDLE = {
  since: '2026-11-15T18:00:00.000Z',
  ageHours: 200,
  deadline: '2026-11-25T02:00:00.000Z',
  warnedAt: '2026-11-23T01:00:00.000Z',
  perMonth: '219.00',
};

/** The reasons of release-orphans. */
const ORPHAN_REASONS = {
  orphan: IDLE,
  idle: IDLE,
  'idle-warned': { ...IDLE, perMonth: '0.00' },
  'seen-once': IDLE,
  'idle-periodic': { daysLeft: 20, expiresAt: '2026-12-14T02:00:00.000Z' },
  'idle-not-asked': {},
  'expired-idle': { daysLeft: -1, expiresAt: '2026-11-23T02:00:00.000Z' },
  'in-use': { witness: 'snat', by: 'snat-1' },
  'exempt-address': {},
  'address-missing': {},
  'witness-unreadable': { witness: 'snat', why: 'down' },
  'memory-unreadable': { why: 'down' },
  'dns-points-here': { name: 'www.example.com' },
  'dns-unreadable': { why: 'ETIMEOUT' },
  'inventory-floor': { seen: 1, floor: 2 },
  'unbound-jump': { before: 10, now: 50, limit: 25 },
  'look-slow': { seconds: 21 },
  released: { address: '203.0.113.10', price: '0.00' },
  'released-by-other': { address: '203.0.113.10' },
} satisfies Record<string, Reason['facts']>;

/** Every reason that a verdict or an outcome can have, with facts as the rules give them. */
export const REASONS: readonly Reason[] = Object.entries({
  due: { daysLeft: 2.25, expiresAt: '2026-11-26T08:00:00.000Z', price: '100.00' },
  'renew-expired': { daysLeft: -1, expiresAt: '2026-11-23T02:00:00.000Z', price: '100.00' },
  'on-demand': {},
  'exempt-name': { pattern: 'keep-*' },
  'exempt-label': {},
  packaged: {},
  unbound: {},
  'not-due': { daysLeft: 90, expiresAt: '2027-02-22T02:00:00.000Z' },
  'console-first': { daysLeft: 6.5, notBeforeDays: 6 },
  gone: { status: 'DELETED' },
  'billing-unknown': {},
  'expiry-missing': {},
  'expiry-unreadable': { text: 'soon' },
  expired: { daysLeft: -1, expiresAt: '2026-11-23T02:00:00.000Z' },
  frozen: { daysLeft: 1, expiresAt: '2026-11-25T02:00:00.000Z' },
  'expiry-contradicts-state': { status: 'EXPIRED', expiresAt: '2026-11-25T02:00:00.000Z' },
  state: { status: 'UPDATING' },
  'seen-twice': { accounts: 'a, b' },
  'labels-unreadable': { why: 'down' },
  'no-quote': { why: 'down' },
  'package-runs-out': { ...PACKAGE, price: '40.00' },
  'package-low': PACKAGE,
  'package-expiring': PACKAGE,
  'package-enough': PACKAGE,
  'package-covered': { ...PACKAGE, by: 'sdp-2' },
  'package-over': { status: 'EXPIRED' },
  'package-unreadable': { what: 'left', text: '' },
  rebought: { sizeGb: 100, before: 'sdp-1', after: 'sdp-2', price: '40.00' },
  'rebought-by-other': { sizeGb: 100, before: 'sdp-1', after: 'sdp-2' },
  renewed: { before: '2026-11-26T02:00:00.000Z', after: '2026-12-26T02:00:00.000Z', price: '100.00' },
  'renewed-by-other': { before: '2026-11-26T02:00:00.000Z', after: '2026-12-26T02:00:00.000Z' },
  settling: { orderStatus: null },
  'order-awaits-person': { orderStatus: '1' },
  changed: { what: 'expiry, status' },
  'price-rose': { planned: '100.00', now: '120.00' },
  'other-order': { orderId: null },
  'handed-over': {},
  'out-of-time': {},
  refused: { code: 'Openapi.X', message: 'no' },
  'order-failed': { orderStatus: '5' },
  credentials: { code: 'CTAPI_10009' },
  'not-sent': { code: 'ECONNREFUSED' },
  'answer-lost': { code: 'TIMEOUT' },
  unconfirmed: {},
  crashed: { message: 'TypeError: x' },
  'under-way': { state: 'SENT', orderId: null, since: '2026-11-24T02:00:00.000Z' },
  unsettled: { state: 'ORDERED', orderId: 'o-1', since: '2026-11-24T02:00:00.000Z' },
  'in-hand': { state: 'SENT', until: '2026-11-24T02:01:30.000Z' },
  'already-done': { at: '2026-11-24T02:00:00.000Z' },
  busy: { token: 'renew-1' },
  'cap-reached': { cap: 'maxSpendPerDay' },
  'switched-off': { mode: 'plan' },
  'gave-up': { attempts: 3 },
  'ledger-failed': { message: 'the ledger: no answer (TimeoutError)' },
  'settling-long': { orderStatus: '14' },
  'ask-a-person': { code: 'ECONNRESET' },
  'never-sent': {},
  'happened-otherwise': {},
  unseen: { message: 'no answer' },
  'bought-says-person': { who: 'bob', price: '100.00' },
  'not-bought-says-person': { who: 'bob' },
  ...ORPHAN_REASONS,
  'load-high': { currentMbps: 5, toMbps: 10, peakMbps: 4.5, peakPercent: 90, byTraffic: true, price: '0.00' },
  'load-low': { currentMbps: 10, toMbps: 5, peakMbps: 1, peakPercent: 10, byTraffic: false, price: '0.00' },
  'window-open': { currentMbps: 5, toMbps: 50, byTraffic: false, price: '0.00' },
  'in-range': { currentMbps: 5, peakMbps: 2, peakPercent: 40 },
  'at-ceiling': { currentMbps: 5, peakMbps: 5, peakPercent: 100, ceilingMbps: 5 },
  cooldown: { until: '2026-11-24T03:00:00.000Z' },
  'changed-by-a-person': { currentMbps: 5 },
  'in-shared-bandwidth': { bandwidthId: 'bandwidth-1' },
  periodic: {},
  'not-named': {},
  'metrics-missing': {},
  'metrics-unavailable': { why: 'down' },
  'metrics-stale': { ageSeconds: 900 },
  'metrics-unreadable': {},
  'metrics-implausible': { percent: 750 },
  'too-few-points': { points: 1, asked: 3 },
  'bandwidth-unreadable': {},
  resized: { before: 5, after: 10, price: '0.00' },
  'resized-by-other': { before: 5, after: 10 },
}).map(([code, facts]) => ({ code, facts }));

export const item = (
  decision: 'act' | 'keep' | 'hold',
  code: string,
  change: Partial<Eip> = {},
  account = 'main',
): PlanItem => {
  const seen = eip(change);
  const reason = { code, facts: REASONS.find(known => known.code === code)?.facts ?? {} };
  const action: Renew = {
    kind: 'renew',
    account,
    region: 'r1',
    eipId: seen.id,
    cycle: { type: 'month', count: 1 },
    price: fenOf('100.00'),
    expects: { status: seen.status, bound: true, expiresAt: inDays(3) },
    token: `token-${account}-${seen.id}`,
  };
  const verdict = decision === 'act' ? { decision, reason, action } : { decision, reason };
  return { account, region: 'r1', eip: seen, verdict };
};

export const target = (change: Partial<TargetReport> = {}): TargetReport => ({
  account: 'main',
  region: 'r1',
  regionName: '华东1',
  seen: 1,
  problem: null,
  ...change,
});

export const result = (state: Outcome['state'], code: string, change: Partial<Outcome> = {}): Outcome => ({
  ...outcome(state, code, REASONS.find(known => known.code === code)?.facts),
  ...change,
});

export function report(
  items: readonly PlanItem[],
  more: {
    mode?: 'plan' | 'apply';
    held?: CrossedCap[];
    targets?: TargetReport[];
    outcomes?: Record<string, Outcome>;
  } = {},
): Report {
  return {
    asked: more.mode ?? 'apply',
    mode: more.mode ?? 'apply',
    ledgerProblem: null,
    approval: null,
    slot: null,
    targets: more.targets ?? [target()],
    plan: makePlan('auto-renew', NOW, items, more.held ?? []),
    outcomes: new Map(Object.entries(more.outcomes ?? {})),
  };
}
