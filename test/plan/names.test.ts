import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanItem } from '../../shared/model/plan.ts';
import { matchingPattern } from '../../shared/plan/names.ts';
import { byUrgency } from '../../shared/plan/urgency.ts';
import { eip, inDays } from './samples.ts';

describe('a name pattern', () => {
  it.each<[string, string, string, boolean]>([
    ['matches itself', 'web', 'web', true],
    ['matches nothing else', 'web', 'web1', false],
    ['is not a part', 'web', 'my-web', false],
    ['* is any ending', 'keep-*', 'keep-1', true],
    ['* is also nothing', 'keep-*', 'keep-', true],
    ['* is any beginning', '*-prod', 'web-prod', true],
    ['* is any middle', 'a*c', 'abbbc', true],
    ['* does not forget what follows', 'a*c', 'abbbd', false],
    ['two *', '*b*', 'abc', true],
    ['* goes back for more', '*ab', 'aab', true],
    ['? is one', 'w?b', 'web', true],
    ['? is not none', 'w?b', 'wb', false],
    ['? is one character beyond the BMP', 'a?c', 'a🚀c', true],
    ['case counts', 'Keep-*', 'keep-1', false],
    ['Chinese', '测试*', '测试环境', true],
    ['composed and decomposed are the same', 'é*', 'e\u0301tude', true],
    ['a dot is a dot', 'a.b', 'axb', false],
    ['brackets are brackets', '[a]', 'a', false],
    ['a trailing * of a longer pattern', 'ab*c', 'ab', false],
  ])('%s: %s on %s', (_sentence, pattern, name, expected) => {
    expect(matchingPattern(name, [pattern])).toBe(expected ? pattern : undefined);
  });
  it('the first one that matches is told', () => {
    expect(matchingPattern('web', ['x', 'w*', '*'])).toBe('w*');
  });
  it('agrees with a regular expression on all names', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(part, name, (pattern, text) => {
        const regex = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
        expect(matchingPattern(text, [pattern]) !== undefined).toBe(regex.test(text));
      }),
    );
  });
  it('takes no exponential time', () => {
    expect(matchingPattern('a'.repeat(5000), [`${'*a'.repeat(30)}b`])).toBeUndefined();
  });
});

describe('urgency', () => {
  it('what expires first comes first, what never expires last, equals by id', () => {
    const item = (id: string, expiresAt: Date | null): PlanItem => ({
      account: 'main',
      region: 'r1',
      eip: eip({ id, expiresAt }),
      verdict: { decision: 'keep', reason: { code: 'not-due', facts: {} } },
    });
    const items = [
      item('d', null),
      item('c', inDays(2)),
      item('b', inDays(1)),
      item('a', inDays(2)),
      item('e', inDays(2)),
      item('a', null),
    ];
    expect(items.toSorted(byUrgency).map(({ eip: { id } }) => id)).toEqual(['b', 'a', 'c', 'e', 'a', 'd']);
  });
});
