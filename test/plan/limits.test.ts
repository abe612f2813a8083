import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../shared/model/ask.ts';
import { type Fen, fenOf } from '../../shared/model/money.ts';
import type { Action } from '../../shared/model/plan.ts';
import { crossedCaps, needsApproval } from '../../shared/plan/limits.ts';

const action = (price: string): Action => ({
  kind: 'renew',
  account: 'main',
  region: 'r1',
  eipId: 'eip-1',
  cycle: { type: 'month', count: 1 },
  price: fenOf(price),
  expects: { status: 'ACTIVE', bound: true, expiresAt: new Date(0) },
  token: price,
});

const WIDE: Limits = {
  maxActions: 1000,
  maxSharePercent: 100,
  maxSpendPerAction: fenOf('1000000'),
  maxSpendPerRun: fenOf('1000000'),
  maxSpendPerDay: fenOf('1000000'),
  maxSpendPerMonth: fenOf('1000000'),
};

describe('limits', () => {
  it.each<[string, Partial<Limits>, string[]]>([
    [
      'nothing is crossed by what just fits',
      { maxActions: 2, maxSharePercent: 20, maxSpendPerRun: fenOf('300'), maxSpendPerAction: fenOf('200') },
      [],
    ],
    ['one action too many', { maxActions: 1 }, ['maxActions']],
    ['too large a share of the inventory', { maxSharePercent: 19.9 }, ['maxSharePercent']],
    ['one action too dear', { maxSpendPerAction: fenOf('199.99') }, ['maxSpendPerAction']],
    ['the run too dear', { maxSpendPerRun: fenOf('299.99') }, ['maxSpendPerRun']],
    ['the day too dear', { maxSpendPerDay: fenOf('299.99') }, ['maxSpendPerDay']],
    ['the month too dear', { maxSpendPerMonth: fenOf('299.99') }, ['maxSpendPerMonth']],
    ['all that are crossed are named', { maxActions: 0, maxSpendPerRun: 0 as Fen }, ['maxActions', 'maxSpendPerRun']],
  ])('%s', (_sentence, change, expected) => {
    const crossed = crossedCaps([action('100'), action('200')], 10, { ...WIDE, ...change });
    expect(crossed.map(({ cap }) => cap)).toEqual(expected);
  });
  it('tells the limit, what was wanted, and in what', () => {
    const crossed = crossedCaps([action('100'), action('200')], 10, {
      ...WIDE,
      maxActions: 1,
      maxSharePercent: 5,
      maxSpendPerAction: fenOf('150'),
      maxSpendPerRun: fenOf('250'),
      maxSpendPerDay: fenOf('251'),
      maxSpendPerMonth: fenOf('252'),
    });
    expect(crossed).toEqual([
      { cap: 'maxActions', unit: 'actions', limit: 1, wanted: 2 },
      { cap: 'maxSharePercent', unit: 'percent', limit: 5, wanted: 20 },
      { cap: 'maxSpendPerAction', unit: 'fen', limit: 15_000, wanted: 20_000 },
      { cap: 'maxSpendPerRun', unit: 'fen', limit: 25_000, wanted: 30_000 },
      { cap: 'maxSpendPerDay', unit: 'fen', limit: 25_100, wanted: 30_000, account: 'main' },
      { cap: 'maxSpendPerMonth', unit: 'fen', limit: 25_200, wanted: 30_000, account: 'main' },
    ]);
  });
  it('the money of a day and a month counts what the account has committed before', () => {
    const limits = { ...WIDE, maxSpendPerDay: fenOf('300.00'), maxSpendPerMonth: fenOf('400.00') };
    const capsAfter = (day: string, month: string) =>
      crossedCaps([action('200.00')], 10, limits, new Map([['main', { day: fenOf(day), month: fenOf(month) }]]));
    expect(capsAfter('100.00', '200.00')).toEqual([]);
    expect(capsAfter('100.01', '200.00').map(({ cap, wanted }) => [cap, wanted])).toEqual([['maxSpendPerDay', 30_001]]);
    expect(capsAfter('0.00', '200.01').map(({ cap, wanted }) => [cap, wanted])).toEqual([['maxSpendPerMonth', 40_001]]);
  });
  it('each account has budgets of its own', () => {
    const limits = { ...WIDE, maxSpendPerDay: fenOf('300.00') };
    const both = [action('200.00'), { ...action('200.00'), account: 'other' }];
    expect(crossedCaps(both, 10, limits)).toEqual([]);
    const committed = new Map([['other', { day: fenOf('200.00'), month: fenOf('200.00') }]]);
    expect(crossedCaps(both, 10, limits, committed).map(({ account }) => account)).toEqual(['other']);
  });
  it('what costs nothing crosses no budget, however much is spent', () => {
    const committed = new Map([['main', { day: fenOf('900.00'), month: fenOf('900.00') }]]);
    const limits = { ...WIDE, maxSpendPerDay: fenOf('1.00'), maxSpendPerMonth: fenOf('1.00') };
    expect(crossedCaps([action('0.00')], 10, limits, committed)).toEqual([]);
  });
  it('people are asked where the ask says so and something would be done', () => {
    const always = { always: true, approvers: 2 };
    expect(needsApproval([action('1.00')], always)).toEqual([{ cap: 'approval', unit: 'people', limit: 0, wanted: 2 }]);
    expect(needsApproval([], always)).toEqual([]);
    expect(needsApproval([action('1.00')], { always: false, approvers: 2 })).toEqual([]);
  });
  it('a plan without actions crosses nothing, not even caps of zero', () => {
    expect(crossedCaps([], 0, { ...WIDE, maxActions: 0, maxSharePercent: 0 })).toEqual([]);
  });
  it('a plan that is not held never spends more than any of its caps', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 500_000 }), (prices, cap) => {
        const actions = prices.map(price => ({ ...action('1'), price: price as Fen }));
        const held = crossedCaps(actions, 100, { ...WIDE, maxSpendPerRun: cap as Fen }).length > 0;
        expect(held).toBe(prices.reduce((sum, price) => sum + price, 0) > cap);
      }),
    );
  });
});
