import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../../shared/report/lang.ts';
import { reportText } from '../../shared/report/text.ts';
import { item, report, result, target } from './samples.ts';

const plain = (made: Parameters<typeof reportText>[0], lang: Lang = 'en'): string =>
  reportText(made, { lang, color: false });

describe('the text', () => {
  const act = item('act', 'due');
  const token = 'token-main-eip-0000000001';

  it('says first that a plan changed nothing, and what it would cost', () => {
    const text = plain(report([act], { mode: 'plan' }));
    expect(text.split('\n')[0]).toBe('auto-renew · plan  2026-11-24 10:00 Beijing time  dry run: nothing was changed');
    expect(text).toContain('would cost ¥100.00');
  });
  it('says what was spent', () => {
    const text = plain(
      report([act], { outcomes: { [token]: result('done', 'renewed', { spent: 10_000 as never }) } }),
      'zh-CN',
    );
    expect(text).toContain('✓  官网');
    expect(text).toContain('已续订至 2026-12-26 10:00');
    expect(text).toContain('实际花费 ¥100.00');
  });
  it.each<[string, string]>([
    ['done', '✓'],
    ['ordered', '…'],
    ['skipped', '-'],
    ['failed', '✗'],
    ['unknown', '?'],
  ])('marks what is %s', (state, mark) => {
    const text = plain(report([act], { outcomes: { [token]: result(state as 'done', 'renewed') } }));
    expect(text.split('\n').find(line => line.includes('官网'))?.[0]).toBe(mark);
  });
  it.each([
    ['the switch allows no more', {}, 'the switch allows no more than a plan'],
    ['the settings allow no more', { applyAllowed: false as const }, 'APPLY_ALLOWED is "false" here'],
  ])('says why an apply was a plan: %s', (_sentence, change, words) => {
    expect(plain({ ...report([act], { mode: 'plan' }), asked: 'apply', ...change })).toContain(words);
  });
  it('says which place goes on in a later run', () => {
    const { targets } = report([act]);
    const text = plain(report([act], { targets: targets.map(target => ({ ...target, handedOver: true as const })) }));
    expect(text).toContain('a later run goes on with the rest');
  });
  it('a held plan says which limit, and by how much', () => {
    const held = [
      { cap: 'maxSpendPerRun', unit: 'fen', limit: 5000, wanted: 10_000 } as const,
      { cap: 'maxSharePercent', unit: 'percent', limit: 25, wanted: 33.333 } as const,
      { cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 } as const,
    ];
    const text = plain(report([act], { held }));
    expect(text).toContain('spend per run (maxSpendPerRun): ¥100.00, the limit is ¥50.00');
    expect(text).toContain('33.3%, the limit is 25%');
    expect(text).toContain('would cost ¥100.00');
    expect(text.split('\n').find(line => line.includes('官网'))?.[0]).toBe('!');
  });
  it('a target that could not be looked at says why and what to do', () => {
    const problem = (code: string) =>
      target({ region: 'r2', problem: { code, message: 'the key\nis wrong', mistake: true } });
    const text = plain(report([], { targets: [problem('credentials'), problem('weather')] }));
    expect(text).toContain('✗ main/r2 华东1 could not be looked at: the key\\u{a}is wrong');
    expect(text).toContain('what to do: check the access key');
    expect(text).toContain('what to do: CTyun could not be reached or understood');
  });
  it('counts what was left alone by its reason', () => {
    const text = plain(
      report([
        item('keep', 'on-demand'),
        item('keep', 'not-due'),
        item('keep', 'on-demand'),
        item('keep', 'new-reason'),
      ]),
    );
    expect(text).toContain('Left as they are: on demand 2 · not due 1 · new-reason 1');
    expect(text).toContain('Nothing to do.');
  });
  it('names the account where there are several', () => {
    const targets = [target(), target({ account: 'other', regionName: null })];
    const text = plain(report([act, item('act', 'due', { expiresAt: null }, 'other')], { targets, mode: 'plan' }));
    expect(text).toContain('main/华东1');
    expect(text).toContain('other/r1');
  });
  it('is coloured only where asked', () => {
    const made = report([act, item('hold', 'state')], { outcomes: { [token]: result('failed', 'refused') } });
    const esc = String.fromCharCode(27);
    expect(plain(made)).not.toContain(esc);
    expect(reportText(made, { lang: 'en', color: true })).toContain(`${esc}[31m`);
  });
  it('no line trails spaces', () => {
    expect(plain(report([act, item('hold', 'state')]))).not.toMatch(/ $/m);
  });
  it('names the region only where there are several, and says once where all are', () => {
    const one = plain(report([act]));
    expect(one).not.toContain('REGION');
    expect(one).toContain('1 EIP seen in main/华东1');
    expect(plain(report([act]), 'zh-CN')).toContain('在 main/华东1 中共看到 1 个');
    const two = plain(report([act], { targets: [target(), target({ region: 'r2', regionName: null, seen: 0 })] }));
    expect(two).toContain('REGION');
    expect(two).toContain('1 EIP seen in 2 regions');
  });
  it.each([
    ['credentials', 'check the access key'],
    ['forbidden', 'grant the key'],
    ['no-access', 'check the region id'],
    ['not-sent', 'network, DNS and proxy'],
    ['unreadable', 'a form that this version does not know'],
    ['constructor', 'CTyun could not be reached or understood'],
  ])('a problem of code %s comes with advice', (code, advice) => {
    const broken = target({ problem: { code, message: 'it is so', mistake: false } });
    const text = plain(report([], { targets: [broken] }));
    expect(text).toContain('it is so');
    expect(text).toContain(advice);
  });
  it('a held plan tells what it would cost and that nothing was spent', () => {
    const held = [{ cap: 'maxActions', unit: 'actions', limit: 0, wanted: 1 } as const];
    expect(plain(report([act], { held }))).toMatch(/would cost ¥100\.00 · spent ¥0\.00$/);
  });
  it.each<[Lang, number]>([
    ['en', 110],
    ['zh-CN', 110],
    ['en', 100],
  ])('%s: fits a terminal of %d columns, and loses no word', (lang, width) => {
    const made = report([item('hold', 'expired'), item('hold', 'labels-unreadable'), act]);
    const wrapped = reportText(made, { lang, color: false, width }).split('\n');
    const rows = wrapped.slice(2, -2);
    expect(rows.length).toBeGreaterThan(4);
    expect(Math.max(...rows.map(line => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(wrapped.join('').replaceAll(' ', '')).toBe(plain(made, lang).replaceAll(/[ \n]/g, ''));
  });
  it('leaves a terminal that is too narrow to wrap itself', () => {
    expect(reportText(report([act]), { lang: 'en', color: false, width: 20 })).toBe(plain(report([act])));
  });
});
