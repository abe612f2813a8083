import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../../shared/report/lang.ts';
import { cut, printable, table, wrap } from '../../shared/report/table.ts';
import { reportText } from '../../shared/report/text.ts';
import { item, report, target } from './samples.ts';

const NASTY = ['官', 'é', '👨‍👩‍👧', '🇨🇳', '\u0301', '\u202e', '\u001b[2J', '\n', ' ', '한', '1️⃣', '|'];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...NASTY), maxLength: 40 }),
);
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const TITLES: Readonly<Record<Lang, readonly string[]>> = {
  en: ['ADDRESS', 'EIP', 'EXPIRES', 'WHY', 'no order'],
  'zh-CN': ['地址', 'EIP', '到期时间', '原因', '状态'],
};
const startOf = (line: string, cell: string): number => stringWidth(line.slice(0, line.lastIndexOf(cell)));

describe('what comes from the cloud', () => {
  it.each([
    ['a line break', 'a\nb', 'a\\u{a}b'],
    ['an escape sequence', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['a change of direction', 'a\u202eb', 'a\\u{202e}b'],
    ['a blank letter', 'a\u3164b', 'a\\u{3164}b'],
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
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), names => {
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
  it.each<Lang>(['zh-CN', 'en'])('%s: every column starts where its title does, whatever the names are', lang => {
    const [address, id, expires, why, reason] = TITLES[lang] as [string, string, string, string, string];
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), names => {
        const items = names.map((name, at) => item('hold', 'state', { name, id: `eip-${at}`, address: `addr${at}` }));
        const lines = reportText(report(items), { lang, color: false }).split('\n');
        const title = lines[2]!;
        for (const [at, line] of lines.slice(3, 3 + names.length).entries()) {
          expect(startOf(line, `addr${at} `)).toBe(startOf(title, address));
          expect(startOf(line, `eip-${at} `)).toBe(startOf(title, id));
          expect(startOf(line, '2026-11-27 ')).toBe(startOf(title, expires));
          expect(startOf(line, reason)).toBe(startOf(title, why));
        }
      }),
    );
  });
  it('no text of the cloud reaches the terminal raw, adds a line or trails spaces', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 1, max: 300 }), (one, two, width) => {
        const verdict = { decision: 'hold', reason: { code: 'no-quote', facts: { why: two } } } as const;
        const odd = { ...item('hold', 'no-quote', { name: one, id: two, address: one, status: two }), verdict };
        const problem = { code: one, message: two, mistake: false };
        const targets = [target({ account: two, regionName: one }), target({ region: one, regionName: two, problem })];
        const made = report([odd], { targets });
        for (const line of reportText(made, { lang: 'en', color: false, width }).split('\n')) {
          expect(line).not.toMatch(CONTROL);
          expect(line).toBe(line.trimEnd());
        }
        expect(reportText(made, { lang: 'en', color: false }).split('\n')).toHaveLength(9);
      }),
    );
  });
});

describe('wrapping', () => {
  it.each([
    ['between words', 'one two three', 8, ['one two', 'three']],
    ['between Chinese characters', '还有天到期', 4, ['还有', '天到', '期']],
    ['never before a mark', '已冻结；请检查', 6, ['已冻', '结；请', '检查']],
    ['but not inside a word that is too long', 'antidisestablishment', 5, ['antidisestablishment']],
    ['nothing', '', 5, ['']],
  ])('breaks %s', (_sentence, text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});
