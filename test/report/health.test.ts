import { describe, expect, it } from 'vitest';
import { cny, fenOf } from '../../shared/model/money.ts';
import type { Outcome, Report } from '../../shared/model/report.ts';
import { type Health, healthOf } from '../../shared/report/health.ts';
import { reportJson } from '../../shared/report/json.ts';
import { langOf } from '../../shared/report/lang.ts';
import { totalsOf } from '../../shared/report/totals.ts';
import { item, report, result, target } from './samples.ts';

const CAP = { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 } as const;
const acted = (state: Outcome['state'], code: string): Report =>
  report([item('act', 'due')], { outcomes: { 'token-main-eip-0000000001': result(state, code) } });
const broken = (mistake: boolean): Report =>
  report([], { targets: [target({ problem: { code: 'x', message: 'x', mistake } })] });

describe('the health of a run', () => {
  it.each<[string, Health, Report]>([
    ['nothing to do', 'ok', report([item('keep', 'not-due')])],
    ['renewed', 'ok', acted('done', 'renewed')],
    ['an order that still runs', 'ok', acted('ordered', 'settling')],
    ['an order that must be paid', 'failed', acted('ordered', 'order-awaits-person')],
    ['changed since', 'ok', acted('skipped', 'changed')],
    ['an order of another', 'ok', acted('skipped', 'other-order')],
    ['no time left', 'failed', acted('skipped', 'out-of-time')],
    ['no price at the last moment', 'failed', acted('skipped', 'no-quote')],
    ['a failure', 'failed', acted('failed', 'refused')],
    ['a lost answer', 'failed', acted('unknown', 'answer-lost')],
    ['an EIP in a passing state', 'ok', report([item('hold', 'state')])],
    ['an expired EIP that waits for a person', 'ok', report([item('hold', 'expired')])],
    ['a frozen one', 'ok', report([item('hold', 'frozen')])],
    ['no price', 'failed', report([item('hold', 'no-quote')])],
    ['an unreadable expiry', 'failed', report([item('hold', 'expiry-unreadable')])],
    ['a missing expiry', 'failed', report([item('hold', 'expiry-missing')])],
    ['a contradiction', 'failed', report([item('hold', 'expiry-contradicts-state')])],
    ['an unknown way of billing', 'failed', report([item('hold', 'billing-unknown')])],
    ['an EIP of two accounts', 'failed', report([item('hold', 'seen-twice')])],
    ['unreadable labels', 'failed', report([item('hold', 'labels-unreadable')])],
    ['a cap that held an apply', 'failed', report([item('act', 'due')], { held: [CAP] })],
    ['a cap that would hold, seen by a plan', 'ok', report([item('act', 'due')], { held: [CAP], mode: 'plan' })],
    ['a plan with doubtful data', 'ok', report([item('hold', 'no-quote')], { mode: 'plan' })],
    ['a target that could not be looked at', 'failed', broken(false)],
    ['a target with a wrong key', 'mistake', broken(true)],
    ['a plan of a target that could not be looked at', 'failed', { ...broken(false), mode: 'plan' }],
  ])('%s is %s', (_sentence, expected, made) => {
    expect(healthOf(made)).toBe(expected);
  });
});

describe('totals', () => {
  it('count verdicts and outcomes, and add up money', () => {
    const items = [
      item('act', 'due', { id: 'a' }),
      item('act', 'due', { id: 'b' }),
      item('keep', 'not-due'),
      item('hold', 'state'),
    ];
    const outcomes = {
      'token-main-a': result('done', 'renewed', { spent: fenOf('99.90') }),
      'token-main-b': result('failed', 'refused'),
    };
    const totals = totalsOf(report(items, { outcomes }));
    expect(totals).toMatchObject({
      seen: 4,
      act: 2,
      keep: 1,
      hold: 1,
      done: 1,
      failed: 1,
      ordered: 0,
      skipped: 0,
      unknown: 0,
    });
    expect([cny(totals.planned), cny(totals.spent)]).toEqual(['200.00', '99.90']);
  });
});

describe('the JSON report', () => {
  it('has these fields, and keeps them', () => {
    const outcomes = {
      'token-main-eip-0000000001': result('done', 'renewed', {
        spent: fenOf('100'),
        orderId: 'o-1',
        expiresAt: new Date('2026-12-27T02:00:00Z'),
      }),
    };
    const held = [CAP, { cap: 'maxSpendPerRun', unit: 'fen', limit: 5000, wanted: 10_000 } as const];
    const { plan, ...json } = reportJson(
      report([item('act', 'due'), item('keep', 'on-demand', { expiresAt: null })], { outcomes, held }),
    );
    expect(plan).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      expiresAt: '2026-11-25T02:00:00.000Z',
      held: [
        { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 },
        { cap: 'maxSpendPerRun', unit: 'CNY', limit: '50.00', wanted: '100.00' },
      ],
    });
    expect(json).toMatchObject({
      schema: 'eip-autopilot/report/1',
      function: 'auto-renew',
      mode: 'apply',
      health: 'failed',
      now: '2026-11-24T02:00:00.000Z',
      slot: null,
    });
    expect(json.targets).toEqual([{ account: 'main', region: 'r1', regionName: '华东1', seen: 1, problem: null }]);
    expect(json.items[0]).toEqual({
      account: 'main',
      region: 'r1',
      eip: {
        id: 'eip-0000000001',
        name: '官网',
        address: '203.0.113.10',
        status: 'ACTIVE',
        billing: 'periodic',
        bound: true,
        expiresAt: '2026-11-27T02:00:00.000Z',
        bandwidthMbps: 5,
      },
      decision: 'act',
      reason: { code: 'due', daysLeft: 2.25, expiresAt: '2026-11-26T08:00:00.000Z', price: '100.00' },
      action: {
        kind: 'renew',
        token: 'token-main-eip-0000000001',
        cycle: { type: 'month', count: 1 },
        price: '100.00',
      },
      outcome: {
        state: 'done',
        reason: {
          code: 'renewed',
          before: '2026-11-26T02:00:00.000Z',
          after: '2026-12-26T02:00:00.000Z',
          price: '100.00',
        },
        orderId: 'o-1',
        spent: '100.00',
        expiresAt: '2026-12-27T02:00:00.000Z',
      },
    });
    expect(json.items[1]).toMatchObject({ decision: 'keep', action: null, outcome: null, eip: { expiresAt: null } });
  });
});

describe('the language', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['ZH_TW', 'zh-CN'],
    ['zhx', 'en'],
    ['en_US.UTF-8', 'en'],
    ['C', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%s is %s', (value, lang) => {
    expect(langOf(value)).toBe(lang);
  });
});
