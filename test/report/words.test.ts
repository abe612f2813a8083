import { describe, expect, it } from 'vitest';
import { beijingTime, oneDecimal } from '../../shared/report/format.ts';
import type { Lang } from '../../shared/report/lang.ts';
import { reasonText, wordsFor } from '../../shared/report/words.ts';
import { REASONS } from './samples.ts';

const LANGS: readonly Lang[] = ['zh-CN', 'en'];
const KEEPS =
  'on-demand exempt-name exempt-label packaged unbound not-due console-first gone package-enough package-covered package-over';
const CAPS = 'maxActions maxSharePercent maxSpendPerAction maxSpendPerRun maxSpendPerDay maxSpendPerMonth';
const PROBLEMS =
  'credentials forbidden no-access INVENTORY_MISMATCH OUT_OF_TIME unavailable unreadable lost not-sent throttled refused config';

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
  it.each(LANGS)('%s: no code from outside finds what every object inherits', lang => {
    for (const code of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(reasonText({ code, facts: {} }, wordsFor(lang))).toBe(code);
    }
  });
  it.each(LANGS.flatMap(lang => REASONS.map(({ code }) => [lang, code] as const)))(
    '%s: %s without its facts is still a text',
    (lang, code) => {
      expect(reasonText({ code, facts: {} }, wordsFor(lang))).toEqual(expect.any(String));
    },
  );
  it.each(LANGS)('%s: every keep can be counted, every cap and every problem has words', lang => {
    const { keptBy, caps, advice } = wordsFor(lang);
    expect(Object.keys(keptBy)).toEqual(expect.arrayContaining(KEEPS.split(' ')));
    expect(Object.keys(caps)).toEqual(expect.arrayContaining(CAPS.split(' ')));
    expect(Object.keys(advice)).toEqual(expect.arrayContaining(PROBLEMS.split(' ')));
  });
});

describe('figures', () => {
  it.each([
    ['2026-11-27T01:48:59Z', '2026-11-27 09:48'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01 00:00'],
    ['9999-12-31T23:59:59Z', '+010000-01-01 07:59'],
    ['+275760-09-13T00:00:00Z', '?'],
    ['soon', '?'],
    [null, '?'],
  ])('%s is %s in Beijing', (iso, shown) => {
    expect(beijingTime(iso)).toBe(shown);
  });
  it.each([
    [2.25, '2.3'],
    [-0.04, '0.0'],
    [-0.06, '-0.1'],
    [90, '90.0'],
  ])('%d days are %s', (days, shown) => {
    expect(oneDecimal(days)).toBe(shown);
  });
});
