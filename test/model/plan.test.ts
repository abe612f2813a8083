import { describe, expect, it } from 'vitest';
import type { Eip } from '../../shared/model/eip.ts';
import { ConfigError, RejectedRequest } from '../../shared/model/errors.ts';
import { eipKey } from '../../shared/model/facts.ts';
import { fenOf, ZERO } from '../../shared/model/money.ts';
import { makePlan, type PlanItem, priceOf, type Renew, wantedActions } from '../../shared/model/plan.ts';

const NOW = new Date('2026-08-19T16:00:00Z');
const eip = { id: 'eip-1', name: 'web' } as Eip;
const renew: Renew = {
  ...{ kind: 'renew', account: 'prod', region: 'r-1', eipId: 'eip-1', cycle: { type: 'month', count: 1 } },
  ...{ price: fenOf('19.99'), token: 'renew-1' },
  expects: { status: 'ACTIVE', bound: true, expiresAt: new Date('2026-09-01T00:00:00Z') },
};
const reason = { code: 'EXPIRES_SOON', facts: { days: 3 } };
const act = (changes: Partial<Renew> = {}): PlanItem => ({
  ...{ account: 'prod', region: 'r-1', eip },
  verdict: { decision: 'act', reason, action: { ...renew, ...changes } },
});
const keep: PlanItem = { account: 'prod', region: 'r-1', eip, verdict: { decision: 'keep', reason } };
const hold: PlanItem = { ...keep, verdict: { decision: 'hold', reason } };
const cap = { cap: 'maxActions', unit: 'actions', limit: 1, wanted: 2 } as const;
const hash = (items: readonly PlanItem[], held: readonly (typeof cap)[] = [], at = NOW, fn = 'auto-renew') =>
  makePlan(fn, at, items, held).hash;

describe('a plan', () => {
  it('lives for a day', () => {
    const plan = makePlan('auto-renew', NOW, [act(), keep], [cap]);
    expect(plan).toMatchObject({ function: 'auto-renew', madeAt: NOW, items: [act(), keep], held: [cap] });
    expect(plan.expiresAt).toEqual(new Date('2026-08-20T16:00:00Z'));
  });

  it('wants the actions that the verdicts ask for, in order', () =>
    expect(wantedActions([keep, act({ eipId: 'eip-2' }), hold, act()])).toEqual([{ ...renew, eipId: 'eip-2' }, renew]));

  it('costs the sum of its actions', () => {
    expect(priceOf(wantedActions([act(), keep, act({ price: fenOf('0.01') })]))).toBe(fenOf('20'));
    expect(priceOf([])).toBe(ZERO);
  });
});

describe('the hash of a plan, which stands for what would be done', () => {
  it('is a SHA-256', () => expect(hash([act()])).toMatch(/^[0-9a-f]{64}$/));

  it.each<[string, string]>([
    ['it is made again', hash([act()])],
    ['what is kept is listed or not', hash([act(), keep, hold])],
    ['a limit holds it or not', hash([act()], [cap])],
    ['members are written in another order', hash([act(Object.fromEntries(Object.entries(renew).toReversed()))])],
  ])('stays when %s', (_sentence, other) => expect(other).toBe(hash([act()])));

  it.each<[string, string]>([
    ['another function wants it', hash([act()], [], NOW, 'other')],
    ['it is made later, and so expires later', hash([act()], [], new Date(+NOW + 1))],
    ['there is nothing to do', hash([keep])],
    ['there is more to do', hash([act(), act({ eipId: 'eip-2' })])],
    ['the price moves', hash([act({ price: fenOf('20.00') })])],
    ['the account is another', hash([act({ account: 'test' })])],
    ['the region is another', hash([act({ region: 'r-2' })])],
    ['the EIP is another', hash([act({ eipId: 'eip-2' })])],
    ['the term is longer', hash([act({ cycle: { type: 'month', count: 2 } })])],
    ['the term is in years', hash([act({ cycle: { type: 'year', count: 1 } })])],
    ['the token is another', hash([act({ token: 'renew-2' })])],
    ['the status was another', hash([act({ expects: { ...renew.expects, status: 'DOWN' } })])],
    ['it was not bound', hash([act({ expects: { ...renew.expects, bound: false } })])],
    ['the expiry was another', hash([act({ expects: { ...renew.expects, expiresAt: NOW } })])],
  ])('changes when %s', (_sentence, other) => expect(other).not.toBe(hash([act()])));

  it('changes with the order of actions', () =>
    expect(hash([act(), act({ eipId: 'eip-2' })])).not.toBe(hash([act({ eipId: 'eip-2' }), act()])));
});

describe('errors and keys', () => {
  it('a ConfigError names every problem and what to do', () => {
    const cause = new Error('why');
    const error = new ConfigError(['a is missing', 'b is wrong'], 'Set them.', { cause });
    expect(error).toMatchObject({ name: 'ConfigError', message: 'a is missing; b is wrong. Set them.', cause });
    expect(error.problems).toEqual(['a is missing', 'b is wrong']);
  });

  it('a RejectedRequest says that nothing was done', () =>
    expect(new RejectedRequest('the ask', ['x', 'y']).message).toBe('the ask was refused, nothing was done: x; y'));

  it('an EIP is known across accounts and regions', () =>
    expect(eipKey('prod', 'r-1', 'eip-1')).toBe('prod/r-1/eip-1'));
});
