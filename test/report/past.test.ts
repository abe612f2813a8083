import { describe, expect, it } from 'vitest';
import { fenOf } from '../../shared/model/money.ts';
import type { Past } from '../../shared/model/past.ts';
import type { Proposal } from '../../shared/model/proposal.ts';
import { historyJson, historyText } from '../../shared/report/history.ts';
import { plansText, wholePlanJson } from '../../shared/report/plans.ts';
import { reportText } from '../../shared/report/text.ts';
import { intent, origin } from '../ledger/samples.ts';
import { NOW } from '../plan/samples.ts';
import { item, report, result, target } from './samples.ts';

const CAP = { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 } as const;
const acted: Past = {
  intent: intent({
    state: 'DONE',
    orderId: 'o-1',
    origin: origin({ who: 'alice', approvedBy: ['bob'] }),
    outcome: result('done', 'renewed', { spent: fenOf('100.00') }),
  }),
};
const held: Past = { held: { at: NOW, origin: origin(), item: item('act', 'due', { id: 'eip-2' }), caps: [CAP] } };

describe('the history', () => {
  it('is a line for each decision, with who, what, how much and why', () => {
    const lines = historyText([acted, held], 'en').split('\n');
    expect(lines[1]).toMatch(/2026-11-24 10:00 .*官网 \(eip-1\).*renew DONE.*alice \+ bob.*100\.00.*renewed until/);
    expect(lines[2]).toMatch(/eip-2.*held.*schedule.*expires in 2\.3 days; actions per run/);
    expect(historyText([], 'zh-CN')).toBe('该时间段内没有任何决定。');
  });
  it('as JSON has before and after, and says how to take it back', () => {
    const [first, second] = historyJson([acted, held]);
    expect(first).toMatchObject({
      what: 'acted',
      who: 'alice',
      approvedBy: ['bob'],
      quote: '100.00',
      spent: '100.00',
      before: { status: 'ACTIVE' },
      after: '2026-12-26T02:00:00.000Z',
      reverse: 'no',
      history: [{ state: 'INTENT', note: null }],
    });
    expect(second).toMatchObject({ what: 'held', heldBy: ['maxActions'], action: 'renew', quote: '100.00' });
    const resize = { ...intent().action, kind: 'resize', expects: { bandwidthMbps: 5 }, toMbps: 10 } as never;
    expect(historyJson([{ intent: intent({ action: resize }) }])[0]).toMatchObject({
      reverse: 'resize-to-5',
      after: null,
      spent: null,
    });
  });
  it('shows control characters of a name as codes', () => {
    const named = intent({ eip: { ...intent().eip, name: 'a\u001b[31mb' } });
    expect(historyText([{ intent: named }], 'en')).not.toContain('\u001b');
  });
});

describe('plans that wait', () => {
  const proposal = {
    plan: report([item('act', 'due')], { held: [CAP] }).plan,
    origin: origin({ who: 'alice' }),
    approvers: 2,
    state: 'PENDING',
    approvals: [{ who: 'bob', at: NOW }],
    rejectedBy: null,
  } as unknown as Proposal;
  it('are listed with who asked and how many have approved', () => {
    expect(plansText([proposal], 'en')).toMatch(/[0-9a-f]{16} {2}auto-renew {2}waits {2}1\/2 {7}alice/);
    expect(plansText([], 'en')).toBe('No plan waits for approval.');
  });
  it('as JSON say what would be done, and for how much', () => {
    expect(wholePlanJson(proposal)).toMatchObject({
      price: '100.00',
      heldBy: ['maxActions'],
      actions: [{ kind: 'renew', price: '100.00', reason: 'due', eip: { id: 'eip-0000000001' } }],
    });
  });
});

describe('a report of less than was asked', () => {
  const text = (change: object) =>
    reportText({ ...report([item('act', 'due')]), ...change }, { lang: 'en', color: false });
  it('says how a held plan is approved, by whom, until when', () => {
    const shown = text({ approval: { approvers: 2 }, plan: report([item('act', 'due')], { held: [CAP] }).plan });
    expect(shown).toMatch(/2 other people approve exactly this list before 2026-11-25 10:00 Beijing time/);
    expect(shown).toMatch(/eip -- approve [0-9a-f]{64} --as NAME\n {4}npm run -s eip -- apply [0-9a-f]{64}/);
  });
  it('says that it was switched off, or to a plan', () => {
    expect(text({ mode: 'off' })).toContain('switched off: nothing was looked at');
    expect(text({ mode: 'plan', asked: 'apply' })).toContain('the switch allows no more than a plan');
    expect(text({ mode: 'plan', asked: 'plan' })).not.toContain('the switch');
  });
  it('says that the ledger could not be read', () => {
    const shown = text({ mode: 'plan', ledgerProblem: 'the ledger: no answer (TimeoutError)' });
    expect(shown).toContain('✗ the ledger: no answer (TimeoutError); nothing can be changed without it');
    expect(shown).not.toContain('the switch');
  });
  it('says which slots were worked on before', () => {
    expect(text({ targets: [target({ slot: 'done' })] })).toContain('main/r1 华东1: this slot was worked on before');
    expect(text({ targets: [target({ slot: 'running' })] })).toContain('another run works on this slot');
  });
});
