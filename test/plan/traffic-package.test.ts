import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrafficPackagePolicy } from '../../shared/model/ask.ts';
import type { Eip, Traffic } from '../../shared/model/eip.ts';
import type { RegionFacts } from '../../shared/model/facts.ts';
import type { Rebuy } from '../../shared/model/plan.ts';
import { planRenewals, renewalsToQuote } from '../../shared/plan/auto-renew.ts';
import { eip, facts, inDays, NOW, policy, quotesFor } from './samples.ts';

type Change = Partial<Eip> & { left?: number | null; size?: number | null; cycle?: Traffic['cycleType'] };

/** A valid package of 100 GB for a month that expires in 20 days, with so many GB left. */
const pack = ({ left = 50, size = 100, cycle = 'MONTH', ...change }: Change = {}): Eip => {
  const expiresAt = change.expiresAt === undefined ? inDays(20) : change.expiresAt;
  const traffic: Traffic = { cycleType: cycle, sizeGb: size, leftGb: left, alike: [] };
  const own = { resource: 'traffic-package', id: 'sdp-1', status: 'VALID', bound: false, traffic } as const;
  return { ...eip({ expiresAt }), ...own, ...change, expiresAt };
};
const other = (change: Change) => pack({ id: 'sdp-2', ...change });

const BUY: TrafficPackagePolicy = { warnBelowPercent: 20, warnWithinDays: 7, rebuyBelowPercent: 10 };
const WARN: TrafficPackagePolicy = { ...BUY, rebuyBelowPercent: null };

type Row = [
  sentence: string,
  decision: string,
  code: string,
  packages: Eip[],
  bounds?: TrafficPackagePolicy,
  labelled?: RegionFacts['labelled'],
];
const UNREADABLE = { unreadable: 'labels are down' };

const ROWS: Row[] = [
  ['one with half of it left is left alone', 'keep', 'package-enough', [pack()]],
  ['exactly at the bound nothing is bought', 'hold', 'package-low', [pack({ left: 10 })]],
  ['below it the same is bought', 'act', 'package-runs-out', [pack({ left: 9.99 })]],
  ['an empty one is bought again', 'act', 'package-runs-out', [pack({ left: 0 })]],
  ['unless nobody has said so: then it is warned of', 'hold', 'package-low', [pack({ left: 0 })], WARN],
  ['exactly at the warning nothing is said', 'keep', 'package-enough', [pack({ left: 20 })]],
  ['below the warning something is', 'hold', 'package-low', [pack({ left: 19.99 })]],
  [
    'a warning at zero percent never comes',
    'keep',
    'package-enough',
    [pack({ left: 0 })],
    { ...WARN, warnBelowPercent: 0 },
  ],
  ['one that expires soon is warned of', 'hold', 'package-expiring', [pack({ expiresAt: inDays(7) })]],
  [
    'a millisecond earlier it is not',
    'keep',
    'package-enough',
    [pack({ expiresAt: new Date(inDays(7).getTime() + 1) })],
  ],
  ['being low is told before expiring', 'hold', 'package-low', [pack({ left: 15, expiresAt: inDays(1) })]],
  ['expiring alone buys nothing', 'hold', 'package-expiring', [pack({ expiresAt: inDays(0.01) })]],
  [
    'a low one that another follows is left alone',
    'keep',
    'package-covered',
    [pack({ left: 1 }), other({ left: 100 })],
  ],
  ['also where nothing may be bought', 'keep', 'package-covered', [pack({ left: 1 }), other({ left: 100 })], WARN],
  ['an expiring one that another follows too', 'keep', 'package-covered', [pack({ expiresAt: inDays(1) }), other({})]],
  [
    'one that expires as well follows nothing',
    'hold',
    'package-expiring',
    [pack({ expiresAt: inDays(1) }), other({ expiresAt: inDays(2) })],
  ],
  [
    'a small package does not stand for a large one',
    'act',
    'package-runs-out',
    [pack({ size: 5120, left: 1 }), other({ size: 10, left: 10 })],
  ],
  [
    'several together may',
    'keep',
    'package-covered',
    [pack({ left: 1 }), other({ left: 12 }), pack({ id: 'sdp-3', left: 12 })],
  ],
  [
    'or put off the purchase, though not the warning',
    'hold',
    'package-low',
    [pack({ left: 1 }), other({ left: 6 }), pack({ id: 'sdp-3', left: 6 })],
  ],
  [
    'a package that is over follows nothing',
    'act',
    'package-runs-out',
    [pack({ left: 1 }), other({ left: 100, status: 'EXPIRED' })],
  ],
  [
    'nor one that was given back',
    'act',
    'package-runs-out',
    [pack({ left: 1 }), other({ left: 100, status: 'UNSUBSCRIBED' })],
  ],
  [
    'nor one whose expiry has passed',
    'act',
    'package-runs-out',
    [pack({ left: 1 }), other({ left: 100, expiresAt: inDays(-1) })],
  ],
  [
    'of two that run out the one that lasts longer is bought',
    'act',
    'package-runs-out',
    [pack({ left: 1 }), other({ left: 1, expiresAt: inDays(19) })],
  ],
  [
    'and the other waits for it',
    'keep',
    'package-covered',
    [pack({ left: 1 }), other({ left: 1, expiresAt: inDays(21) })],
  ],
  ['of equals it is the one with the smaller id', 'act', 'package-runs-out', [pack({ left: 1 }), other({ left: 1 })]],
  [
    'an exempt one is not in the way of the other',
    'act',
    'package-runs-out',
    [pack({ left: 1 }), other({ left: 1, expiresAt: inDays(21), name: 'keep-it' })],
  ],
  ['an exempt name is left alone', 'keep', 'exempt-name', [pack({ left: 0, name: 'keep-it' })]],
  ['an exempting label is obeyed', 'keep', 'exempt-label', [pack({ left: 0 })], BUY, new Set(['sdp-1'])],
  ['labels that cannot be read buy nothing', 'hold', 'labels-unreadable', [pack({ left: 0 })], BUY, UNREADABLE],
  ['and do not matter to a warning', 'hold', 'package-low', [pack({ left: 0 })], WARN, UNREADABLE],
  ['one that has not begun is not in force', 'keep', 'package-over', [pack({ left: 0, status: 'INITIAL' })]],
  ['nor one that has expired', 'keep', 'package-over', [pack({ left: 0, status: 'EXPIRED' })]],
  ['also where the state has not followed yet', 'keep', 'package-over', [pack({ left: 0, expiresAt: inDays(-0.01) })]],
  ['at the very instant of its expiry it is over', 'keep', 'package-over', [pack({ left: 0, expiresAt: NOW })]],
  ['nor one that was given back', 'keep', 'package-over', [pack({ left: 0, status: 'UNSUBSCRIBED' })]],
  ['nor a destroyed one', 'keep', 'package-over', [pack({ left: 0, status: 'DESTROYED' })]],
  ['a state that nobody knows is not guessed', 'hold', 'package-unreadable', [pack({ left: 0, status: '3' })]],
  ['nor a size', 'hold', 'package-unreadable', [pack({ left: 0, size: null })]],
  ['nor a cycle', 'hold', 'package-unreadable', [pack({ left: 0, cycle: null })]],
  ['nor what is left', 'hold', 'package-unreadable', [pack({ left: null })]],
  [
    'a missing expiry is not guessed',
    'hold',
    'expiry-missing',
    [pack({ left: 0, expiresAt: null as never, expiryText: null })],
  ],
  [
    'nor an unreadable one',
    'hold',
    'expiry-unreadable',
    [pack({ left: 0, expiresAt: null as never, expiryText: 'soon' })],
  ],
];

const planOf = (
  packages: readonly Eip[],
  bounds: TrafficPackagePolicy | null = BUY,
  labelled?: RegionFacts['labelled'],
) => {
  const seen = facts(packages, labelled);
  return planRenewals(seen, quotesFor(seen), policy({ trafficPackage: bounds }), NOW);
};
const verdictOf = (...given: Parameters<typeof planOf>) =>
  planOf(...given).find(({ eip: { id } }) => id === 'sdp-1')!.verdict;
const actionOf = (...given: Parameters<typeof planOf>): Rebuy => {
  const verdict = verdictOf(...given);
  if (verdict.decision !== 'act' || verdict.action.kind !== 'rebuy') throw new Error('nothing is bought');
  return verdict.action;
};

describe('the verdict on a traffic package', () => {
  it.each(ROWS)('%s', (_sentence, decision, code, packages, bounds, labelled) => {
    const verdict = verdictOf(packages, bounds, labelled);
    expect([verdict.decision, verdict.reason.code]).toEqual([decision, code]);
  });
  it('says the numbers behind it', () => {
    const numbers = {
      leftPercent: 1.23,
      leftGb: 1.234,
      sizeGb: 100,
      daysLeft: 20,
      expiresAt: inDays(20).toISOString(),
    };
    expect(verdictOf([pack({ left: 1.234 })]).reason.facts).toEqual({ ...numbers, price: '100.00' });
    expect(verdictOf([pack({ left: 1.234 })], WARN).reason.facts).toEqual(numbers);
    expect(verdictOf([pack({ left: 1.234 }), other({})]).reason.facts).toEqual({ ...numbers, by: 'sdp-2' });
    expect(verdictOf([pack({ status: '3' })]).reason.facts).toEqual({ what: 'status', text: '3' });
  });
  it('is not given where packages are not asked for', () => {
    expect(planOf([pack({ left: 0 })], null)).toEqual([]);
  });
});

describe('the purchase', () => {
  it('carries what it rests on', () => {
    const alike = pack({ left: 1 });
    const seen = { ...alike, traffic: { ...alike.traffic!, alike: ['sdp-0'] } };
    expect(actionOf([seen])).toMatchObject({
      ...{
        kind: 'rebuy',
        account: 'main',
        region: 'r1',
        eipId: 'sdp-1',
        cycleType: 'MONTH',
        sizeGb: 100,
        price: 10_000,
      },
      expects: { status: 'VALID', bound: false, expiresAt: inDays(20), alike: ['sdp-0'] },
    });
  });
  it('has one token for a package, however little is left of it and whatever else there is', () => {
    const { token } = actionOf([pack({ left: 9 })]);
    expect(token).toMatch(/^rebuy-[0-9a-f]{48}$/);
    expect(actionOf([pack({ left: 1, name: 'renamed' }), other({ left: 2, expiresAt: inDays(1) })]).token).toBe(token);
  });
  it.each<[string, Change]>([
    ['another package', { id: 'sdp-1', expiresAt: inDays(19) }],
    ['another size', { size: 500 }],
    ['another cycle', { cycle: 'YEAR' }],
  ])('has another token for %s', (_sentence, change) => {
    expect(actionOf([pack({ left: 1, ...change })]).token).not.toBe(actionOf([pack({ left: 1 })]).token);
  });
  it('without a price there is none', () => {
    const seen = facts([pack({ left: 1 })]);
    const bounds = policy({ trafficPackage: BUY });
    expect(planRenewals(seen, new Map(), bounds, NOW)[0]!.verdict.reason).toEqual({
      code: 'no-quote',
      facts: { why: 'not asked' },
    });
    expect(renewalsToQuote(seen, bounds, NOW).map(({ id }) => id)).toEqual(['sdp-1']);
    expect(renewalsToQuote(facts([pack()]), bounds, NOW)).toEqual([]);
  });
});

describe('for all packages', () => {
  const anyPack = fc.record({
    status: fc.constantFrom('VALID', 'VALID', 'VALID', 'EXPIRED', 'INITIAL', 'UNSUBSCRIBED', '?'),
    left: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    size: fc.constantFrom(10, 50, 100, null),
    cycle: fc.constantFrom('MONTH' as const, 'YEAR' as const, null),
    expiresAt: fc.double({ min: -5, max: 40, noNaN: true }).map(inDays),
    name: fc.constantFrom('web', 'keep-web'),
  });
  const anyRegion = fc
    .array(anyPack, { maxLength: 6 })
    .map(all => all.map((one, i) => pack({ ...one, id: `sdp-${i}` })));
  const acting = (packages: readonly Eip[], bounds: TrafficPackagePolicy, labelled?: RegionFacts['labelled']) =>
    planOf(packages, bounds, labelled).filter(({ verdict }) => verdict.decision === 'act');

  it('a region buys one at most, and only one that is readable, in force and low', () => {
    fc.assert(
      fc.property(anyRegion, packages => {
        const acts = acting(packages, BUY);
        expect(acts.length).toBeLessThanOrEqual(1);
        for (const { eip: seen } of acts) {
          expect([seen.status, seen.name]).toEqual(['VALID', 'web']);
          expect(seen.expiresAt! > NOW).toBe(true);
          expect(seen.traffic!.leftGb! / seen.traffic!.sizeGb!).toBeLessThan(0.1);
        }
      }),
    );
  });
  it('once a full one of the same size is there, nothing is bought', () => {
    fc.assert(
      fc.property(anyRegion, packages => {
        const [first] = acting(packages, BUY);
        if (!first) return;
        const { sizeGb, cycleType } = first.eip.traffic!;
        const fresh = pack({ id: 'sdp-new', size: sizeGb, left: sizeGb, cycle: cycleType, expiresAt: inDays(30) });
        const again = acting([...packages, fresh], BUY);
        expect(again.map(({ eip: { id } }) => id)).not.toContain(first.eip.id);
      }),
    );
  });
  it('nothing is ever bought unless asked for, or where labels cannot be read', () => {
    fc.assert(
      fc.property(anyRegion, packages => {
        expect(acting(packages, WARN)).toEqual([]);
        expect(acting(packages, BUY, UNREADABLE)).toEqual([]);
      }),
    );
  });
  it('each has one verdict', () => {
    fc.assert(
      fc.property(anyRegion, packages => {
        expect(planOf(packages).map(({ eip: { id } }) => id)).toEqual(packages.map(({ id }) => id));
      }),
    );
  });
});
