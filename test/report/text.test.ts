import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../../shared/report/lang.ts';
import { cut, printable, table } from '../../shared/report/table.ts';
import { reportText } from '../../shared/report/text.ts';
import { reasonText, wordsFor } from '../../shared/report/words.ts';
import { item, REASONS, report, result, target } from './samples.ts';

const LANGS: readonly Lang[] = ['zh-CN', 'en'];
const plain = (made: Parameters<typeof reportText>[0], lang: Lang = 'en'): string =>
  reportText(made, { lang, color: false });

describe('words', () => {
  it.each(LANGS.flatMap(lang => REASONS.map(reason => [lang, reason.code, reason] as const)))(
    '%s: %s has a sentence without gaps',
    (lang, _code, reason) => {
      const text = reasonText(reason, wordsFor(lang));
      expect(text).not.toMatch(/undefined|NaN|null|\?\s/);
      if (lang === 'zh-CN') expect(text).toMatch(/\p{Script=Han}/u);
    },
  );
  it('the two languages have words for the same things', () => {
    const keys = (lang: Lang) =>
      Object.entries(wordsFor(lang)).map(([name, value]) => [
        name,
        typeof value === 'object' ? Object.keys(value).toSorted() : '',
      ]);
    expect(keys('zh-CN')).toEqual(keys('en'));
  });
  it('a code without words is shown, not hidden', () => {
    expect(reasonText({ code: 'new-thing', facts: { a: 1, b: null } }, wordsFor('en'))).toBe('new-thing a=1 b=null');
  });
  it('an instant that is none is a question mark', () => {
    expect(reasonText({ code: 'renewed', facts: {} }, wordsFor('en'))).toBe('renewed until ?');
  });
  it('review and payment are told apart', () => {
    expect(reasonText({ code: 'order-awaits-person', facts: { orderStatus: '8' } }, wordsFor('en'))).toContain(
      'review',
    );
    expect(reasonText({ code: 'order-awaits-person', facts: { orderStatus: '8' } }, wordsFor('zh-CN'))).toContain(
      '审核',
    );
  });
});

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
});

describe('what comes from the cloud', () => {
  it.each([
    ['a line break', 'a\nb', 'a\\u{a}b'],
    ['an escape sequence', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['a change of direction', 'a\u202eb', 'a\\u{202e}b'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['Chinese', '官网', '官网'],
  ])('%s is made safe to show', (_sentence, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
  it('is cut by display width', () => {
    expect([cut('官网前端', 8), cut('官网前端', 7), cut('官网前端', 6), cut('abc', 3)]).toEqual([
      '官网前端',
      '官网前…',
      '官网…',
      'abc',
    ]);
  });
  it('no name can move a column or add a line', () => {
    const anyName = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 6 }), names => {
        const rows = names.map(name => [cut(printable(name), 24), '|', 'x']);
        const lines = table(
          [
            { title: 'N', align: 'left' },
            { title: '|', align: 'left' },
            { title: 'X', align: 'right' },
          ],
          rows,
          cell => cell,
        );
        expect(lines).toHaveLength(names.length + 1);
        expect(new Set(lines.map(line => stringWidth(line.slice(0, line.lastIndexOf('|'))))).size).toBe(1);
        for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
