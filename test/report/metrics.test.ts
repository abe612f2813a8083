import { describe, expect, it } from 'vitest';
import { fenOf, ZERO } from '../../shared/model/money.ts';
import { makePlan, type PlanItem } from '../../shared/model/plan.ts';
import { type Outcome, outcome, type Report, type TargetReport } from '../../shared/model/report.ts';
import { type Calls, requestMetrics, runMetrics, sentMetrics } from '../../shared/report/metrics.ts';
import { eip, NOW } from '../plan/samples.ts';

const NO_CALLS: Calls = { tries: 0, throttled: 0, milliseconds: [] };
const LIMITS = {
  maxActions: 20,
  maxSharePercent: 50,
  maxSpendPerAction: fenOf('1000.00'),
  maxSpendPerRun: fenOf('1000.00'),
  maxSpendPerDay: fenOf('2000.00'),
  maxSpendPerMonth: fenOf('10000.00'),
};
const HELD = [{ cap: 'maxActions', unit: 'actions' as const, limit: 1, wanted: 2 }];
const TARGET: TargetReport = { account: 'main', region: 'r1', regionName: null, seen: 3, problem: null };
const PROBLEM = { code: 'X', message: 'no', mistake: false };

type Facts = Record<string, string | number | boolean | null>;

const wants = (token: string, price = '100.00', account = 'main', reason = 'due', facts: Facts = {}): PlanItem => ({
  account,
  region: 'r1',
  eip: eip({ id: token }),
  verdict: {
    decision: 'act',
    reason: { code: reason, facts },
    action: {
      ...{ kind: 'renew', account, region: 'r1', eipId: token, price: fenOf(price), token },
      ...{ expects: { status: 'ACTIVE', bound: true, expiresAt: NOW }, cycle: { type: 'month', count: 1 } },
    },
  },
});
const stays = (decision: 'keep' | 'hold'): PlanItem => ({
  ...{ account: 'main', region: 'r1', eip: eip({}) },
  verdict: { decision, reason: { code: 'not-due', facts: {} } },
});
const open = (token: string, state: string, hoursAgo: number): PlanItem =>
  wants(token, '100.00', 'main', 'unsettled', {
    state,
    since: new Date(NOW.getTime() - hoursAgo * 3600_000).toISOString(),
  });

const became = (state: Outcome['state'], spent = '0.00', code = 'x'): Outcome => ({
  ...outcome(state, code),
  spent: fenOf(spent),
});

type Change = Partial<Omit<Report, 'plan' | 'outcomes'>> & {
  fn?: string;
  items?: readonly PlanItem[];
  held?: typeof HELD;
  outcomes?: Record<string, Outcome>;
};

function report({ fn = 'auto-renew', items = [], held = [], outcomes = {}, ...change }: Change): Report {
  return {
    ...{ asked: 'apply', mode: 'apply', ledgerProblem: null, slot: null, targets: [TARGET], approval: null },
    plan: makePlan(fn, NOW, items, held),
    outcomes: new Map(Object.entries(outcomes)),
    ...change,
  };
}

const told = (made: Report, calls = NO_CALLS): Record<string, unknown> =>
  Object.fromEntries(
    runMetrics(made, calls, 1234).map(({ name, values }) => [name, values.length === 1 ? values[0] : values]),
  );

const committed = (day: string, month: string) => new Map([['main', { day: fenOf(day), month: fenOf(month) }]]);
const spending = (day: string, month: string) => ({ limits: LIMITS, committed: committed(day, month) });

describe('the metrics of a run', () => {
  it.each<[string, Change, Record<string, unknown>]>([
    [
      'nothing to do',
      { items: [stays('keep')] },
      {
        Looked: 3,
        Planned: 0,
        Acted: 0,
        Held: 0,
        HeldPlans: 0,
        Failed: 0,
        Unknown: 0,
        HandedOver: 0,
        SpentCny: 0,
        PlannedCny: 0,
        RunMilliseconds: 1234,
        Heartbeat: 1,
      },
    ],
    [
      'a plan only',
      { mode: 'plan', items: [wants('a', '115.50'), stays('hold')] },
      { Planned: 1, Acted: 0, Held: 1, PlannedCny: 115.5, SpentCny: 0 },
    ],
    [
      'done and still ordered',
      {
        items: [wants('a'), wants('b', '50.25')],
        outcomes: { a: became('done', '100.00'), b: became('ordered', '50.25') },
      },
      { Planned: 2, Acted: 2, SpentCny: 150.25 },
    ],
    [
      'one that failed and one that nobody can tell of',
      { items: [wants('a'), wants('b')], outcomes: { a: became('failed'), b: became('unknown') } },
      { Acted: 0, Failed: 1, Unknown: 1 },
    ],
    ['a target that could not be looked at', { targets: [TARGET, { ...TARGET, problem: PROBLEM }] }, { Failed: 1 }],
    [
      'a plan that a cap holds whole',
      { items: [wants('a'), wants('b'), stays('hold')], held: HELD },
      { Planned: 2, Acted: 0, Held: 3, HeldPlans: 1 },
    ],
    ['a cap that is crossed by nothing', { items: [stays('keep')], held: HELD }, { Held: 0, HeldPlans: 0 }],
    [
      'a target that the queue has now',
      { targets: [TARGET, { ...TARGET, handedOver: true } as TargetReport] },
      { HandedOver: 1 },
    ],
    ['switched off', { mode: 'off', targets: [] }, { Looked: 0, Heartbeat: 1 }],
  ])('of %s', (_sentence, change, expected) => {
    expect(told(report(change))).toMatchObject(expected);
  });

  it('every name comes once, and every value is a number', () => {
    const all = runMetrics(report({ items: [wants('a')], spending: spending('0.00', '0.00') }), NO_CALLS, 1);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { values } of all) expect(values.every(Number.isFinite)).toBe(true);
  });

  it('that only sends its targets to the queue is how many: the heartbeat is that of the runs which follow', () => {
    expect(sentMetrics(3)).toEqual([{ name: 'HandedOver', unit: 'Count', values: [3] }]);
  });

  it('the calls are those that were counted; where there was none, their time is left out', () => {
    expect(told(report({}), { tries: 3, throttled: 1, milliseconds: [1, 2, 9] })).toMatchObject({
      ApiCalls: 3,
      ApiThrottles: 1,
      ApiMilliseconds: [1, 2, 9],
    });
    expect(told(report({}))).not.toHaveProperty('ApiMilliseconds');
  });
});

describe('SpendOfCapPercent', () => {
  const two = [wants('a', '300.00'), wants('b', '600.00')];
  const both = { a: became('done', '300.00'), b: became('ordered', '600.00') };
  it.each<[string, Change, number | undefined]>([
    [
      'of what was spent before, the day or the month, whichever is higher',
      { spending: spending('500.00', '9000.00') },
      90,
    ],
    ['with what this run spends', { items: two, outcomes: both, spending: spending('1000.00', '1000.00') }, 95],
    ["the run's own cap", { items: two, outcomes: both, spending: spending('0.00', '0.00') }, 90],
    [
      "one action's cap",
      { items: [wants('a', '999.00')], outcomes: { a: became('done', '999.00') }, spending: spending('0.00', '0.00') },
      99.9,
    ],
    [
      'money that may have been spent counts as spent',
      { items: two, outcomes: { ...both, b: became('unknown') }, spending: spending('0.00', '0.00') },
      90,
    ],
    ['a plan spends nothing', { mode: 'plan', items: two, spending: spending('0.00', '0.00') }, 0],
    [
      'of a cap of nothing, nothing is none of it',
      { spending: { limits: { ...LIMITS, maxSpendPerDay: ZERO }, committed: committed('0.00', '0.00') } },
      0,
    ],
    [
      'of a cap of nothing, anything is all of it',
      { spending: { limits: { ...LIMITS, maxSpendPerDay: ZERO }, committed: committed('0.01', '0.01') } },
      100,
    ],
    [
      "another account's money does not count",
      {
        items: [wants('a', '600.00', 'other')],
        outcomes: { a: became('done', '600.00') },
        spending: spending('1500.00', '0.00'),
      },
      75,
    ],
    [
      'is not told where the ledger could not be read',
      { ledgerProblem: 'down', spending: spending('500.00', '0.00') },
      undefined,
    ],
    ['is not told where no account was looked at', { spending: { limits: LIMITS, committed: new Map() } }, undefined],
    ['is not told of a run without caps of its own', {}, undefined],
  ])('%s', (_sentence, change, expected) => {
    const { SpendOfCapPercent } = told(report(change));
    if (expected === undefined) expect(SpendOfCapPercent).toBeUndefined();
    else expect(SpendOfCapPercent).toBeCloseTo(expected, 9);
  });
});

describe('UnknownOldOrders', () => {
  const settled = (items: readonly PlanItem[], outcomes: Record<string, Outcome>, change: Change = {}) =>
    told(report({ fn: 'settle-orders', items, outcomes, ...change })).UnknownOldOrders;
  it.each<[string, PlanItem, Outcome | undefined, number]>([
    ['the answer is lost since two hours', open('a', 'UNKNOWN', 2), became('unknown'), 1],
    ['the answer is lost since half an hour', open('a', 'UNKNOWN', 0.5), became('unknown'), 0],
    ['it was just found', open('a', 'UNKNOWN', 2), became('done', '100.00'), 0],
    ['it was just found to have failed', open('a', 'SENT', 2), became('failed'), 0],
    ['it was ordered, and now nobody can see it', open('a', 'ORDERED', 2), became('unknown'), 1],
    ['it is ordered and runs', open('a', 'ORDERED', 2), became('ordered', '100.00'), 0],
    ['there was no time to look', open('a', 'SENT', 2), became('skipped', '0.00', 'out-of-time'), 1],
    ['it was never sent', open('a', 'INTENT', 2), became('skipped', '0.00', 'never-sent'), 0],
    ['a plan only looks at the books', open('a', 'UNKNOWN', 2), undefined, 1],
  ])('%s', (_sentence, item, became, expected) => {
    expect(settled([item], became ? { a: became } : {})).toBe(expected);
  });
  it('is told by settle-orders alone, and only where it could look', () => {
    expect(settled([], {})).toBe(0);
    expect(settled([], {}, { ledgerProblem: 'down' })).toBeUndefined();
    expect(settled([], {}, { mode: 'off' })).toBeUndefined();
    expect(told(report({})).UnknownOldOrders).toBeUndefined();
  });
});

describe('the money of settle-orders', () => {
  it('is that of orders which no earlier run could tell: the sum over all functions is what was spent', () => {
    const items = [open('a', 'ORDERED', 1), open('b', 'UNKNOWN', 1)];
    const outcomes = { a: became('done', '100.00'), b: became('done', '100.00') };
    expect(told(report({ fn: 'settle-orders', items, outcomes }))).toMatchObject({
      Acted: 2,
      SpentCny: 100,
      PlannedCny: 0,
    });
  });
});

describe('the metrics of a request', () => {
  it.each<[string, number | null, number, number]>([
    ['answered', 200, 0, 0],
    ['refused', 401, 1, 0],
    ['of a wrong form', 400, 1, 0],
    ['not possible now', 503, 0, 1],
    ['thrown', null, 0, 1],
  ])('%s', (_sentence, status, refused, failed) => {
    expect(requestMetrics({ status }, 12)).toEqual([
      { name: 'Requests', unit: 'Count', values: [1] },
      { name: 'Refused', unit: 'Count', values: [refused] },
      { name: 'Failed', unit: 'Count', values: [failed] },
      { name: 'RequestMilliseconds', unit: 'Milliseconds', values: [12] },
    ]);
  });
  it('of a batch are the messages that come again: nobody waits for them', () => {
    expect(requestMetrics({ failedMessages: 2 }, 12)).toEqual([{ name: 'Failed', unit: 'Count', values: [2] }]);
  });
});
