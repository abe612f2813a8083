import { describe, expect, it } from 'vitest';
import { cny, fenOf } from '../../shared/model/money.ts';
import type { PlanItem, Rebuy } from '../../shared/model/plan.ts';
import { reportJson } from '../../shared/report/json.ts';
import { reportText } from '../../shared/report/text.ts';
import { totalsOf } from '../../shared/report/totals.ts';
import { item, report, result, target } from './samples.ts';

const CAP = { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 } as const;

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
        { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1, account: null },
        { cap: 'maxSpendPerRun', unit: 'CNY', limit: '50.00', wanted: '100.00', account: null },
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
    expect(json.targets).toEqual([
      { account: 'main', region: 'r1', regionName: '华东1', seen: 1, problem: null, slot: null, handedOver: false },
    ]);
    expect(json.items[0]).toEqual({
      account: 'main',
      region: 'r1',
      eip: {
        resource: 'eip',
        traffic: null,
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
  it('has no other fields than the documented ones, in this order', () => {
    const json = reportJson(report([item('keep', 'unbound')]));
    expect(Object.keys(json).join(' ')).toMatchInlineSnapshot(
      `"schema function asked mode applyAllowed health now slot ledgerProblem approval plan totals kept unlisted targets items"`,
    );
    expect(Object.keys(json.items[0]!).join(' ')).toMatchInlineSnapshot(
      `"account region eip decision reason action outcome"`,
    );
    expect(Object.keys(json.totals).toSorted().join(' ')).toMatchInlineSnapshot(
      `"act done failed hold keep ordered planned seen skipped spent unknown"`,
    );
  });
  it.each(['refused', 'credentials', 'not-sent', 'answer-lost'])('%s keeps both its code and that of CTyun', code => {
    const outcomes = { 'token-main-eip-0000000001': result('failed', code) };
    const reason = reportJson(report([item('act', 'due')], { outcomes })).items[0]!.outcome!.reason;
    expect(reason).toMatchObject({ code, errorCode: expect.stringMatching(/^[A-Z]/i) });
  });
  it('tells a problem of a target, and is plain data', () => {
    const problem = { code: 'credentials', message: 'wrong key', mistake: true };
    const json = reportJson(report([], { targets: [target({ region: '*', regionName: null, seen: 0, problem })] }));
    expect(json.targets).toEqual([
      { account: 'main', region: '*', regionName: null, seen: 0, problem, slot: null, handedOver: false },
    ]);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

describe('what is no EIP', () => {
  const traffic = { cycleType: 'MONTH', sizeGb: 100, leftGb: 8.5, alike: ['sdp-0'] } as const;
  const packageItem = (): PlanItem => {
    const due = item('act', 'package-runs-out', { resource: 'traffic-package', id: 'sdp-1', address: '', traffic });
    const common = { account: 'main', region: 'r1', eipId: 'sdp-1', price: fenOf('40.00'), token: 'token-main-sdp-1' };
    const expects = { status: 'VALID', bound: false, expiresAt: new Date('2026-12-06T02:00:00Z'), alike: ['sdp-0'] };
    const action: Rebuy = { kind: 'rebuy', ...common, cycleType: 'MONTH', sizeGb: 100, expects };
    return { ...due, verdict: { decision: 'act', reason: due.verdict.reason, action } };
  };
  it('says what it is, and what is bought', () => {
    expect(reportJson(report([packageItem()])).items[0]).toMatchObject({
      eip: { resource: 'traffic-package', id: 'sdp-1', traffic: { cycleType: 'MONTH', sizeGb: 100, leftGb: 8.5 } },
      reason: { code: 'package-runs-out', leftPercent: 8.5, price: '40.00' },
      action: { kind: 'rebuy', token: 'token-main-sdp-1', price: '40.00', cycleType: 'MONTH', sizeGb: 100 },
    });
  });
  it('is told in a line of its own kind, in both languages', () => {
    const bandwidth = item('hold', 'expired', { resource: 'shared-bandwidth', id: 'bandwidth-1', address: '' });
    const all = report([packageItem(), bandwidth]);
    const english = reportText(all, { lang: 'en', color: false });
    expect(english).toMatch(
      /traffic package +sdp-1 .* 40\.00 +8\.5% left \(8\.5 of 100 GB\); the same is bought again/,
    );
    expect(english).toMatch(/shared bandwidth +bandwidth-1/);
    expect(english).toContain('2 resources seen');
    const chinese = reportText(all, { lang: 'zh-CN', color: false });
    expect(chinese).toMatch(/共享流量包 +sdp-1 .*剩余 8\.5%（8\.5 \/ 100 GB），再次购买同规格流量包/);
    expect(chinese).toContain('2 个资源');
  });
  it('whose content cannot be read fails an apply; a warning does not', () => {
    const held = (code: string) => reportJson(report([item('hold', code, { resource: 'traffic-package' })])).health;
    expect(['package-unreadable', 'package-low', 'package-expiring'].map(held)).toEqual(['failed', 'ok', 'ok']);
  });
});
