import { describe, expect, it } from 'vitest';
import type { PlanItem } from '../../shared/model/plan.ts';
import { listed } from '../../shared/plan/listed.ts';

const item = (decision: 'keep' | 'hold', code: string, id: string) =>
  ({ eip: { id }, verdict: { decision, reason: { code, facts: {} } } }) as unknown as PlanItem;
const ids = (items: readonly PlanItem[]) => items.map(({ eip }) => eip.id).join(' ');

const ITEMS = [
  item('keep', 'not-due', 'a'),
  item('hold', 'state', 'b'),
  item('keep', 'unbound', 'c'),
  item('keep', 'warned', 'd'),
  item('keep', 'not-due', 'e'),
  item('keep', 'not-due', 'f'),
  item('hold', 'not-due', 'g'),
];
const TELLS = new Set(['warned']);

describe('what a plan lists', () => {
  it.each<[string, number, string, Record<string, number>]>([
    [
      'nothing that is left alone where there is no room, but all that is held or always told',
      0,
      'b d g',
      { 'not-due': 3, unbound: 1 },
    ],
    ['the first that is left alone', 1, 'a b d g', { 'not-due': 2, unbound: 1 }],
    ['the first two', 2, 'a b c d g', { 'not-due': 2 }],
    ['all but one', 3, 'a b c d e g', { 'not-due': 1 }],
    ['all where there is just room for it', 4, 'a b c d e f g', {}],
    ['all where there is more room', 5, 'a b c d e f g', {}],
  ])('%s', (_sentence, most, shown, unlisted) => {
    const made = listed(ITEMS, new Map(), most, TELLS);
    expect([ids(made.items), Object.fromEntries(made.unlisted)]).toEqual([shown, unlisted]);
  });
  it('adds to what was counted before, by reason', () => {
    const { unlisted } = listed(
      ITEMS,
      new Map([
        ['not-due', 10],
        ['gone', 2],
      ]),
      1,
      TELLS,
    );
    expect(Object.fromEntries(unlisted)).toEqual({ 'not-due': 12, gone: 2, unbound: 1 });
  });
});
