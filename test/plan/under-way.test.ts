import { describe, expect, it } from 'vitest';
import { holdUnderWay } from '../../shared/plan/under-way.ts';
import { action, intent } from '../ledger/samples.ts';
import { item } from '../report/samples.ts';
import { NOW } from './samples.ts';

const held = (items: ReturnType<typeof holdUnderWay>) =>
  items.map(({ verdict: { decision, reason } }) => [decision, reason.code]);
const on = (change: object = {}, more: object = {}) =>
  intent({ action: action({ eipId: 'eip-1', ...change }), createdAt: NOW, ...more });

describe('an EIP on which something is under way', () => {
  it('takes no second order, whatever it would be', () => {
    const [only] = holdUnderWay([item('act', 'due', { id: 'eip-1' })], [on({}, { state: 'SENT', orderId: 'o-1' })]);
    expect(only?.verdict).toEqual({
      decision: 'hold',
      reason: { code: 'under-way', facts: { state: 'SENT', orderId: 'o-1', since: NOW.toISOString() } },
    });
  });
  it('is told apart where the order is not ours', () => {
    const open = [on({}, { state: 'BLOCKED', orderId: 'theirs' })];
    expect(held(holdUnderWay([item('act', 'due', { id: 'eip-1' })], open))).toEqual([['hold', 'other-order']]);
  });
  it('keeps the reason that it had for not acting', () => {
    const items = [item('keep', 'not-due', { id: 'eip-1' }), item('hold', 'state', { id: 'eip-1' })];
    expect(holdUnderWay(items, [on()])).toEqual(items);
  });
  it.each([
    ['another EIP', { eipId: 'eip-2' }],
    ['another region', { region: 'r2' }],
    ['another account', { account: 'other' }],
  ])('does not hold %s', (_sentence, change) => {
    const items = [item('act', 'due', { id: 'eip-1' })];
    expect(holdUnderWay(items, [on(change)])).toEqual(items);
  });
});
