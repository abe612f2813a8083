import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RenewPolicy } from '../../shared/model/ask.ts';
import type { Eip } from '../../shared/model/eip.ts';
import type { RegionFacts } from '../../shared/model/facts.ts';
import { tokenOf } from '../../shared/model/token.ts';
import { planRenewals, renewalsToQuote } from '../../shared/plan/auto-renew.ts';
import { eip, facts, inDays, NOW, policy, quotesFor } from './samples.ts';

type Row = [
  sentence: string,
  decision: string,
  code: string,
  eip: Partial<Eip>,
  policy?: Partial<RenewPolicy>,
  labelled?: RegionFacts['labelled'],
];

const UNREADABLE = { unreadable: 'labels are down' };

const ROWS: Row[] = [
  ['an EIP within its days is renewed', 'act', 'due', {}],
  ['exactly on the last day it is due', 'act', 'due', { expiresAt: inDays(7) }],
  ['a millisecond earlier it is not', 'keep', 'not-due', { expiresAt: new Date(inDays(7).getTime() + 1) }],
  ['an EIP with months left is kept', 'keep', 'not-due', { expiresAt: inDays(90) }],
  ['an unbound one is renewed too', 'act', 'due', { bound: false, status: 'DOWN' }],
  ['unless only bound ones are asked for', 'keep', 'unbound', { bound: false, status: 'DOWN' }, { onlyBound: true }],
  ['a bound one is renewed where only bound ones are asked for', 'act', 'due', {}, { onlyBound: true }],
  ['on demand there is nothing to renew', 'keep', 'on-demand', { billing: 'on_demand', expiresAt: null }],
  ['on demand stays so even with an expiry', 'keep', 'on-demand', { billing: 'on_demand' }],
  ['an unknown way of billing is not guessed', 'hold', 'billing-unknown', { billing: 'unknown' }],
  ['an exempt name is left alone', 'keep', 'exempt-name', { name: 'keep-this' }],
  ['a name that only contains the pattern is not exempt', 'act', 'due', { name: 'do-keep-this' }],
  ['an exempting label is obeyed', 'keep', 'exempt-label', {}, {}, new Set(['eip-0000000001'])],
  ['a label on the resource id is obeyed', 'keep', 'exempt-label', { resourceId: 'res-1' }, {}, new Set(['res-1'])],
  ['a label of another EIP changes nothing', 'act', 'due', {}, {}, new Set(['eip-other'])],
  ['labels that cannot be read hold a due EIP', 'hold', 'labels-unreadable', {}, {}, UNREADABLE],
  ['and do not matter to one that is not due', 'keep', 'not-due', { expiresAt: inDays(90) }, {}, UNREADABLE],
  ['one ordered with a VM is left alone', 'keep', 'packaged', { packaged: true }],
  ['unless packaged ones are included', 'act', 'due', { packaged: true }, { includePackaged: true }],
  ['a missing expiry is not guessed', 'hold', 'expiry-missing', { expiresAt: null }],
  ['an empty expiry is missing', 'hold', 'expiry-missing', { expiresAt: null, expiryText: '' }],
  ['an unreadable expiry is not guessed', 'hold', 'expiry-unreadable', { expiresAt: null, expiryText: 'soon' }],
  [
    'the console goes first until its tries are over',
    'keep',
    'console-first',
    { expiresAt: inDays(6.5) },
    { notBeforeDays: 6 },
  ],
  ['after them we act', 'act', 'due', { expiresAt: inDays(6) }, { notBeforeDays: 6 }],
  ['an expired EIP waits for a person', 'hold', 'expired', { status: 'EXPIRED', expiresAt: inDays(-1) }],
  ['also where the state has not followed yet', 'hold', 'expired', { expiresAt: inDays(-0.001) }],
  ['at the very instant of its expiry it has expired', 'hold', 'expired', { expiresAt: NOW }],
  [
    'a person may have expired ones renewed',
    'act',
    'renew-expired',
    { status: 'EXPIRED', expiresAt: inDays(-1) },
    { expired: 'renew' },
  ],
  ['and those whose state has not followed', 'act', 'renew-expired', { expiresAt: inDays(-1) }, { expired: 'renew' }],
  ['a frozen EIP that is due waits for a person', 'hold', 'frozen', { status: 'FREEZING' }],
  ['a person may have frozen ones renewed', 'act', 'renew-expired', { status: 'FREEZING' }, { expired: 'renew' }],
  ['a frozen EIP with months left is not due', 'keep', 'not-due', { status: 'FREEZING', expiresAt: inDays(90) }],
  [
    '"expired" with months left contradicts itself',
    'hold',
    'expiry-contradicts-state',
    { status: 'EXPIRED', expiresAt: inDays(90) },
  ],
  [
    'also where expired ones are renewed',
    'hold',
    'expiry-contradicts-state',
    { status: 'EXPIRED', expiresAt: inDays(1) },
    { expired: 'renew' },
  ],
  ['an EIP that is being changed takes no order', 'hold', 'state', { status: 'UPDATING' }],
  ['nor one that is being bound', 'hold', 'state', { status: 'BANDING_OR_UNBANGDING' }],
  ['in either spelling', 'hold', 'state', { status: 'BANGDING_OR_UNBANDING' }],
  ['nor one that is being deleted', 'hold', 'state', { status: 'DELETING' }],
  ['nor one in error', 'hold', 'state', { status: 'ERROR' }],
  ['nor one in a state that nobody knows', 'hold', 'state', { status: 'SHINY' }],
  [
    'a past expiry in a passing state is held by the state',
    'hold',
    'state',
    { status: 'UPDATING', expiresAt: inDays(-1) },
    { expired: 'renew' },
  ],
  ['a deleted one is gone', 'keep', 'gone', { status: 'DELETED' }],
];

const verdictOf = (
  change: Partial<Eip>,
  policyChange: Partial<RenewPolicy> = {},
  labelled?: RegionFacts['labelled'],
) => {
  const seen = facts([eip(change)], labelled);
  return planRenewals(seen, quotesFor(seen), policy(policyChange), NOW)[0]!.verdict;
};

describe('the verdict of auto-renew', () => {
  it.each(ROWS)('%s', (_sentence, decision, code, change, policyChange, labelled) => {
    const verdict = verdictOf(change, policyChange, labelled);
    expect([verdict.decision, verdict.reason.code]).toEqual([decision, code]);
  });

  it('says the numbers behind it', () => {
    expect(verdictOf({ expiresAt: inDays(2.256) }).reason.facts).toEqual({
      daysLeft: 2.26,
      expiresAt: inDays(2.256).toISOString(),
      price: '100.00',
    });
    expect(verdictOf({ name: 'keep-1' }).reason.facts).toEqual({ pattern: 'keep-*' });
    expect(verdictOf({ status: 'UPDATING' }).reason.facts).toEqual({ status: 'UPDATING' });
    expect(verdictOf({ status: 'DELETED' }).reason.facts).toEqual({ status: 'DELETED' });
    expect(verdictOf({ expiresAt: null, expiryText: 'soon' }).reason.facts).toEqual({ text: 'soon' });
    expect(verdictOf({ expiresAt: inDays(6.5) }, { notBeforeDays: 6 }).reason.facts).toEqual({
      daysLeft: 6.5,
      notBeforeDays: 6,
    });
    expect(verdictOf({}, {}, UNREADABLE).reason.facts).toEqual({ why: 'labels are down' });
    expect(verdictOf({ status: 'EXPIRED', expiresAt: inDays(1) }).reason.facts).toEqual({
      status: 'EXPIRED',
      expiresAt: inDays(1).toISOString(),
    });
    expect(verdictOf({ status: 'EXPIRED', expiresAt: inDays(-1) }).reason.facts).toMatchObject({ daysLeft: -1 });
    expect(verdictOf({ expiresAt: inDays(90) }).reason.facts).toEqual({
      daysLeft: 90,
      expiresAt: inDays(90).toISOString(),
    });
  });
});

describe('a bandwidth', () => {
  // The same rules: each row holds for every kind.
  const KINDS = ['ipv6-bandwidth', 'shared-bandwidth'] as const;
  it.each(KINDS.flatMap(kind => ROWS.map(row => [`${kind}: ${row[0]}`, kind, row] as const)))(
    '%s',
    (_sentence, resource, [, decision, code, change, policyChange, labelled]) => {
      const verdict = verdictOf({ ...change, resource }, policyChange, labelled);
      expect([verdict.decision, verdict.reason.code]).toEqual([decision, code]);
    },
  );
  it('that is being made takes no order, in the spelling of the API', () => {
    expect(verdictOf({ resource: 'ipv6-bandwidth', status: 'CREATEING' }).reason.code).toBe('state');
  });
});

describe('the price', () => {
  const seen = facts([eip()]);
  it('no quote, no order', () => {
    const verdict = planRenewals(seen, new Map(), policy(), NOW)[0]!.verdict;
    expect(verdict).toEqual({ decision: 'hold', reason: { code: 'no-quote', facts: { why: 'not asked' } } });
  });
  it('a price that cannot be had is told with its cause', () => {
    const quotes = new Map([['main/r1/eip-0000000001', { unavailable: 'down' }]]);
    expect(planRenewals(seen, quotes, policy(), NOW)[0]!.verdict.reason.facts).toEqual({ why: 'down' });
  });
  it('is asked for exactly the EIPs that would be renewed', () => {
    const many = facts([eip({ id: 'a' }), eip({ id: 'b', expiresAt: inDays(90) }), eip({ id: 'c', status: 'ERROR' })]);
    expect(renewalsToQuote(many, policy(), NOW).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('the action', () => {
  const actionOf = (change: Partial<Eip> = {}, policyChange: Partial<RenewPolicy> = {}) => {
    const verdict = verdictOf(change, policyChange);
    return verdict.decision === 'act' ? verdict.action : undefined;
  };
  it('carries what it rests on', () => {
    expect(actionOf()).toMatchObject({
      kind: 'renew',
      account: 'main',
      region: 'r1',
      eipId: 'eip-0000000001',
      cycle: { type: 'month', count: 1 },
      price: 10_000,
      expects: { status: 'ACTIVE', bound: true, expiresAt: inDays(3) },
    });
  });
  it('has the same token for the same facts, and a token that CTyun takes', () => {
    expect(actionOf()?.token).toBe(actionOf({ name: 'renamed', status: 'DOWN', bandwidthMbps: 50 })?.token);
    expect(actionOf()?.token).toMatch(/^renew-[0-9a-f]{48}$/);
  });
  it('names no resource for an EIP, whose token stays what it was before there were others', () => {
    const action = actionOf();
    expect(action).not.toHaveProperty('resource');
    const facts = { account: 'main', region: 'r1', eipId: 'eip-0000000001', cycle: { type: 'month', count: 1 } };
    expect(action?.token).toBe(tokenOf('renew', { ...facts, expiresAt: inDays(3) }));
  });
  it.each(['ipv6-bandwidth', 'shared-bandwidth'] as const)('names a resource that is none: %s', resource => {
    expect(actionOf({ resource })).toMatchObject({ kind: 'renew', resource, eipId: 'eip-0000000001' });
  });
  it.each<[string, Partial<Eip>, Partial<RenewPolicy>]>([
    ['another resource', { resource: 'ipv6-bandwidth' }, {}],
    ['another expiry', { expiresAt: inDays(4) }, {}],
    ['another EIP', { id: 'eip-0000000002' }, {}],
    ['another cycle', {}, { cycle: { type: 'month', count: 2 } }],
    ['years for months', {}, { cycle: { type: 'year', count: 1 } }],
  ])('has another token for %s', (_sentence, change, policyChange) => {
    expect(actionOf(change, policyChange)?.token).not.toBe(actionOf()?.token);
  });
});

describe('for all EIPs', () => {
  const anyEip = fc.record({
    status: fc.constantFrom('ACTIVE', 'DOWN', 'EXPIRED', 'FREEZING', 'UPDATING', 'ERROR', 'DELETING', '?'),
    billing: fc.constantFrom('periodic' as const, 'on_demand' as const, 'unknown' as const),
    expiresAt: fc.option(fc.double({ min: -30, max: 60, noNaN: true }).map(inDays)),
    bound: fc.boolean(),
    packaged: fc.boolean(),
    name: fc.constantFrom('web', 'keep-web'),
  });
  it('only a readable, near expiry of a periodic EIP in a fit state is ever acted upon', () => {
    fc.assert(
      fc.property(anyEip, change => {
        const verdict = verdictOf(change);
        if (verdict.decision !== 'act') return;
        expect(change).toMatchObject({ billing: 'periodic', packaged: false, name: 'web' });
        expect(['ACTIVE', 'DOWN']).toContain(change.status);
        expect(change.expiresAt! > NOW && change.expiresAt! <= inDays(7)).toBe(true);
      }),
    );
  });
  it('an exemption, a label or an unreadable label never turns a verdict into act', () => {
    fc.assert(
      fc.property(anyEip, change => {
        for (const labelled of [new Set(['eip-0000000001']), UNREADABLE]) {
          expect(verdictOf(change, { expired: 'renew' }, labelled).decision).not.toBe('act');
        }
      }),
    );
  });
});
