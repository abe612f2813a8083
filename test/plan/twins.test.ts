import { describe, expect, it } from 'vitest';
import { holdTwins } from '../../shared/plan/twins.ts';
import { item } from '../report/samples.ts';

const verdicts = (...args: Parameters<typeof holdTwins>): string[] =>
  holdTwins(...args).map(({ verdict }) => `${verdict.decision}: ${verdict.reason.code}`);

describe('an EIP seen through two accounts', () => {
  it('is held in both', () => {
    const [first, second] = holdTwins([item('act', 'due'), item('act', 'due', {}, 'other')]);
    expect(first?.verdict).toEqual({
      decision: 'hold',
      reason: { code: 'seen-twice', facts: { accounts: 'main, other' } },
    });
    expect(second?.verdict).toEqual(first?.verdict);
  });
  it('is held where the other account has only counted it', () => {
    const counted = { byReason: new Map([['exempt-label', 1]]), ids: new Set([item('act', 'due').eip.id]) };
    const other = {
      account: 'other',
      region: item('act', 'due').region,
      labelled: new Set<string>(),
      eips: [],
      counted,
    };
    expect(verdicts([item('act', 'due')], [other])).toEqual(['hold: seen-twice']);
    expect(verdicts([item('act', 'due')], [{ ...other, region: 'r-9' }])).toEqual(['act: due']);
    expect(verdicts([item('act', 'due')], [{ ...other, account: 'main' }])).toEqual(['act: due']);
  });
  it('stays kept where it was kept', () => {
    expect(verdicts([item('keep', 'not-due'), item('act', 'due', {}, 'other')])).toEqual([
      'keep: not-due',
      'hold: seen-twice',
    ]);
  });
  it('is not another EIP, nor the same of another region', () => {
    const elsewhere = { ...item('act', 'due', {}, 'other'), region: 'r2' };
    expect(verdicts([item('act', 'due'), item('act', 'due', { id: 'eip-2' }, 'other'), elsewhere])).toEqual([
      'act: due',
      'act: due',
      'act: due',
    ]);
  });
});
