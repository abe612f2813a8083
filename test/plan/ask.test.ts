import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';

const good = () => ({
  targets: [{ account: 'main', regions: ['r1'] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 } },
});

function problemsOf(input: unknown): readonly string[] {
  try {
    readRenewAsk(input);
  } catch (error) {
    if (error instanceof RejectedRequest) return error.problems;
    throw error;
  }
  return [];
}

describe('an ask', () => {
  it('that says little gets safe defaults, none of them unlimited', () => {
    expect(readRenewAsk(good())).toEqual({
      mode: 'plan',
      targets: [{ account: 'main', regions: ['r1'] }],
      slot: null,
      approval: { always: false, approvers: 1 },
      policy: {
        resources: ['eip'],
        trafficPackage: null,
        withinDays: 7,
        notBeforeDays: null,
        cycle: { type: 'month', count: 1 },
        onlyBound: false,
        includePackaged: false,
        expired: 'hold',
        exempt: { names: [], labels: {} },
        settleWithinSeconds: 20,
      },
      limits: {
        maxActions: 20,
        maxSharePercent: 50,
        maxSpendPerAction: 100_000,
        maxSpendPerRun: 100_000,
        maxSpendPerDay: 200_000,
        maxSpendPerMonth: 1_000_000,
      },
    });
  });

  it('keeps the defaults of the limits that it leaves out', () => {
    expect(readRenewAsk({ ...good(), limits: { maxActions: 3 } }).limits).toMatchObject({
      maxActions: 3,
      maxSpendPerRun: 100_000,
    });
  });

  it('keeps the defaults of the exemptions that it leaves out', () => {
    const ask = readRenewAsk({ ...good(), renew: { ...good().renew, exempt: { names: ['a*'] } } });
    expect(ask.policy.exempt).toEqual({ names: ['a*'], labels: {} });
  });

  it('that speaks of traffic packages warns of them, and buys none', () => {
    const ask = readRenewAsk({ ...good(), renew: { ...good().renew, resources: [], trafficPackage: {} } });
    expect(ask.policy).toMatchObject({
      resources: [],
      trafficPackage: { warnBelowPercent: 20, warnWithinDays: 7, rebuyBelowPercent: null },
    });
  });

  it('has its slot read as an instant', () => {
    expect(readRenewAsk({ ...good(), slot: '2026-11-23T10:00:00+08:00' }).slot).toBe('2026-11-23T02:00:00.000Z');
  });

  const renew = (change: object) => ({ ...good(), renew: { ...good().renew, ...change } });
  const target = (change: object) => ({ ...good(), targets: [{ account: 'main', regions: ['r1'], ...change }] });

  it.each<[string, unknown, string[]]>([
    ['is an object', null, ['the ask: must be an object']],
    ['names its targets', { renew: good().renew }, ['targets: is missing (array)']],
    ['has at least one', { ...good(), targets: [] }, ['targets: must not be empty']],
    ['names regions', target({ regions: [] }), ['targets[0].regions: must not be empty']],
    ['has "*" stand alone', target({ regions: ['*', 'r1'] }), ['targets[0].regions: "*" stands alone']],
    [
      'names accounts plainly',
      target({ account: '../x' }),
      ['targets[0].account: must be the name of an account: letters, digits, . _ -'],
    ],
    [
      'names regions plainly',
      target({ regions: [''] }),
      ['targets[0].regions[0]: must be a region id (资源池 ID) or "*"'],
    ],
    ['has no unknown keys', { ...good(), mdoe: 'apply' }, ['mdoe: unknown key']],
    ['nor deeper ones', renew({ withindays: 3 }), ['renew.withindays: unknown key']],
    ['knows two modes', { ...good(), mode: 'dry' }, ['mode: must be one of "plan", "apply"']],
    ['says when', renew({ withinDays: '7' }), ['renew.withinDays: must be a number']],
    ['in days to come', renew({ withinDays: -1 }), ['renew.withinDays: must be at least 0']],
    ['in sensible ones', renew({ withinDays: 1e9 }), ['renew.withinDays: must be at most 366']],
    ['in real ones', renew({ withinDays: Number.NaN }), ['renew.withinDays: must be a number']],
    [
      'buys months or years',
      renew({ cycle: { type: 'day', count: 1 } }),
      ['renew.cycle.type: must be one of "month", "year"'],
    ],
    ['buys at least one', renew({ cycle: { type: 'month', count: 0 } }), ['renew.cycle.count: must be at least 1']],
    ['buys whole ones', renew({ cycle: { type: 'month', count: 1.5 } }), ['renew.cycle.count: must be a whole number']],
    [
      'buys eleven months at most',
      renew({ cycle: { type: 'month', count: 12 } }),
      ['renew.cycle.count: must be at most 11'],
    ],
    [
      'buys three years at most',
      renew({ cycle: { type: 'year', count: 4 } }),
      ['renew.cycle: must be 1 to 11 months or 1 to 3 years'],
    ],
    [
      'waits for the console within its days',
      renew({ notBeforeDays: 8 }),
      ['renew: notBeforeDays must not be more than withinDays'],
    ],
    [
      'writes money as a string',
      { ...good(), limits: { maxSpendPerRun: 500 } },
      ['limits.maxSpendPerRun: must be a string'],
    ],
    [
      'with two decimals',
      { ...good(), limits: { maxSpendPerRun: '1.234' } },
      ['limits.maxSpendPerRun: must be an amount in CNY as a string, for instance "500.00"'],
    ],
    [
      'and never negative',
      { ...good(), limits: { maxSpendPerRun: '-1' } },
      ['limits.maxSpendPerRun: must be an amount in CNY as a string, for instance "500.00"'],
    ],
    ['cannot say unlimited', { ...good(), limits: { maxActions: null } }, ['limits.maxActions: must be a number']],
    [
      'shares at most all',
      { ...good(), limits: { maxSharePercent: 101 } },
      ['limits.maxSharePercent: must be at most 100'],
    ],
    [
      'has a real slot',
      { ...good(), slot: '<aws.scheduler.scheduled-time>' },
      ['slot: must be an ISO 8601 time; the scheduler fills it in'],
    ],
    ['exempts by real patterns', renew({ exempt: { names: [''] } }), ['renew.exempt.names[0]: must not be empty']],
    [
      'waits for minutes at most',
      renew({ settleWithinSeconds: 601 }),
      ['renew.settleWithinSeconds: must be at most 600'],
    ],
    [
      'looks after what has a term',
      renew({ resources: ['eip', 'nat'] }),
      ['renew.resources[1]: must be one of "eip", "ipv6-bandwidth", "shared-bandwidth"'],
    ],
    [
      'names each of them once',
      renew({ resources: ['eip', 'eip'] }),
      ['renew.resources: must name each resource once'],
    ],
    [
      'looks after something',
      renew({ resources: [] }),
      ['renew: resources must not be empty unless trafficPackage is given'],
    ],
    [
      'never buys a package while most of it is left',
      renew({ trafficPackage: { rebuyBelowPercent: 91 } }),
      ['renew.trafficPackage.rebuyBelowPercent: must be at most 90'],
    ],
    [
      'buys none below nothing',
      renew({ trafficPackage: { rebuyBelowPercent: 0 } }),
      ['renew.trafficPackage.rebuyBelowPercent: must be at least 1'],
    ],
    [
      'says what it warns of, all problems at once',
      renew({ trafficPackage: { warnBelowPercent: 101, warnWithinDays: -1, rebuyBelowPercent: '10', rebuy: true } }),
      [
        'renew.trafficPackage.warnBelowPercent: must be at most 100',
        'renew.trafficPackage.warnWithinDays: must be at least 0',
        'renew.trafficPackage.rebuyBelowPercent: must be a number',
        'renew.trafficPackage.rebuy: unknown key',
      ],
    ],
    [
      'labels as the cloud does',
      renew({ exempt: { labels: { k: 'x'.repeat(33) } } }),
      ['renew.exempt.labels.k: must be at most 32 characters'],
    ],
  ])('%s', (_sentence, input, expected) => {
    expect(problemsOf(input)).toEqual(expected);
  });

  it('has all its problems named at once', () => {
    const problems = problemsOf({
      mode: 'x',
      targets: [{ account: '', regions: [] }],
      renew: { withinDays: 'a', nope: 1 },
      limits: { maxActions: -1 },
    });
    expect(problems.length).toBeGreaterThanOrEqual(7);
    expect(problems.join('\n')).toMatch(/mode.*account.*regions.*maxActions.*withinDays.*cycle.*nope/s);
  });

  it('is either read or refused, whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), input => void problemsOf(input)));
  });

  it('refuses with a sentence that says nothing was done', () => {
    expect(() => readRenewAsk({})).toThrow(
      'the ask (renew) was refused, nothing was done: targets: is missing (array); renew: is missing',
    );
  });
});
