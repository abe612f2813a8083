import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, unpacked } from '../../shared/edge/chat-work.ts';
import type { Report } from '../../shared/model/report.ts';
import { isUrgent, isWorthTelling, newsOf } from '../../shared/report/news.ts';
import { reportCard } from '../../shared/report/report-card.ts';
import { item, report, result, target } from './samples.ts';

const PROBLEM = { code: 'X', message: 'down', mistake: false };
const cap = { cap: 'maxActions', unit: 'actions', limit: 1, wanted: 2 } as const;

describe('whether a report is worth telling, and urgent', () => {
  it.each<[string, Report, boolean, boolean]>([
    ['nothing but EIPs that are left alone', report([item('keep', 'not-due')]), false, false],
    ['something that would be done', report([item('act', 'due')], { mode: 'plan' }), true, false],
    ['something held by a rule', report([item('hold', 'frozen')], { mode: 'plan' }), true, false],
    ['a target that could not be looked at', report([], { targets: [target({ problem: PROBLEM })] }), true, true],
    ['an apply that a limit holds', report([item('act', 'due')], { held: [cap] }), true, true],
    ['a plan that waits for people', { ...report([]), approval: { approvers: 1 } }, true, true],
    ['a ledger that could not be read', { ...report([]), ledgerProblem: 'down' }, true, true],
  ])('%s', (_sentence, given, worth, urgent) => {
    const news = newsOf(given);
    expect([isWorthTelling(news), isUrgent(news)]).toEqual([worth, urgent]);
  });
});

describe('what news say of a decision', () => {
  const act = item('act', 'due', { id: 'eip-1' });
  const outcomes = { 'token-main-eip-1': result('done', 'renewed') };
  it.each<[string, Report, string, string]>([
    ['what was done', report([act], { outcomes }), 'done', 'renewed'],
    ['what would be done', report([act], { mode: 'plan' }), 'act', 'due'],
    ['what a limit holds', report([act], { held: [cap] }), 'wait', 'due'],
    ['what a rule holds', report([item('hold', 'frozen')]), 'wait', 'frozen'],
  ])('%s', (_sentence, given, state, code) => {
    expect(newsOf(given).items).toMatchObject([{ state, why: { code } }]);
  });
  it('goes through the queue as it is, instants and all', () => {
    const news = newsOf(report([act], { outcomes, targets: [target({ problem: PROBLEM })] }));
    const work = { kind: 'report', id: '1', channel: 'ops', digest: null, news } as const;
    expect(unpacked(JSON.stringify(packed(work)))).toEqual(work);
  });
});

describe('the bound of news', () => {
  it('forty decisions, and how many more there are', () => {
    const many = report(Array.from({ length: 500 }, (_, at) => item('act', 'due', { id: `eip-${at}` })));
    const news = newsOf(many);
    expect([news.items.length, news.left, news.totals.act]).toEqual([40, 460, 500]);
    expect(JSON.stringify(reportCard(news, [], 'en'))).toContain('460 more');
  });
  it('whatever the cloud says, a message stays under 200 KB, and nothing is left out uncounted', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', '\\', '\u0001', '弹', '\ud800', '😀'), maxLength: 400 });
    fc.assert(
      fc.property(nasty, fc.nat(90), fc.nat(90), (text, items, problems) => {
        const long = text.repeat(5);
        const given = report(
          Array.from({ length: items }, (_, at) => {
            const made = item('hold', 'state', { id: `eip-${at}`, name: long, address: long });
            const reason = { code: 'state', facts: { status: long, a: long, b: long } };
            return { ...made, verdict: { decision: 'hold' as const, reason } };
          }),
          {
            targets: Array.from({ length: problems }, () =>
              target({ account: long, regionName: long, problem: { ...PROBLEM, message: long } }),
            ),
          },
        );
        const news = newsOf(given);
        const message = JSON.stringify(packed({ kind: 'report', id: '1', channel: 'ops', digest: null, news }));
        expect(Buffer.byteLength(message)).toBeLessThan(200_000);
        expect(news.items.length + news.problems.length + news.left).toBe(items + problems);
      }),
      { numRuns: 60, examples: [['\u0001'.repeat(400), 90, 90]] },
    );
  });
});
