import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Eip } from '../../shared/model/eip.ts';
import type { DnsFacts, OrphanPolicy, Use, Watch } from '../../shared/model/orphans.ts';
import { idleOf, planReleases } from '../../shared/plan/release-orphans.ts';
import { idleEip, inHours, type Known, orphanFacts, orphanPolicy, watched } from './orphan-samples.ts';
import { inDays, NOW } from './samples.ts';

type Row = [
  sentence: string,
  decision: string,
  code: string,
  eip?: Partial<Eip>,
  policy?: Partial<OrphanPolicy>,
  known?: Known,
];

const use = (witness: Use['witness']): Known => ({ use: { witness, by: 'x-1' } });
const watch = (change: Partial<Watch>): Known => ({ watch: watched(change) });
const silent = (witness: Use['witness']): Known => ({ facts: { uses: { witness, unreadable: 'down' } } });
const dns = (change: Partial<Exclude<DnsFacts, { unreadable: string }>>): Known => ({
  facts: { dns: { pointers: new Map(), reverse: new Map(), ...change } },
});
const POINTED = dns({ pointers: new Map([['203.0.113.10', 'www.example.com']]) });
const REVERSE = dns({ reverse: new Map([['203.0.113.10', ['Mail.Example.COM.']]]) });
const asked = (...names: string[]) => ({ dns: { ...orphanPolicy().dns, names } });
const exempt = (change: Partial<OrphanPolicy['exempt']>) => ({ exempt: { ...orphanPolicy().exempt, ...change } });
const periodic = (days: number): Partial<Eip> => ({
  billing: 'periodic',
  expiresAt: inDays(days),
  expiryText: inDays(days).toISOString(),
});
const EXPIRING = { periodic: 'release-when-expiring' } as const;
const share = (percent: number, change: Partial<Watch> = {}): Known => ({
  facts: {
    memory: { watched: { 'eip-0000000001': watched(change) }, share: { percent, at: inHours(-24) } },
  },
});

const ROWS: Row[] = [
  ['what nobody has used past grace and warning is released', 'act', 'orphan'],
  ['what is bound is in use', 'keep', 'in-use', { bound: true, status: 'ACTIVE' }],
  ['an association alone is a use', 'keep', 'in-use', { association: { type: 'INSTANCE', id: 'vm-1' } }],
  ['an association in state DOWN is a use', 'keep', 'in-use', { association: { type: '', id: 'x' }, status: 'DOWN' }],
  ['a NIC alone is a use', 'keep', 'in-use', { portId: 'port-1' }],
  ['a SNAT rule is a use', 'keep', 'in-use', {}, {}, use('snat')],
  ['a DNAT rule is a use', 'keep', 'in-use', {}, {}, use('dnat')],
  ['a load balancer is a use', 'keep', 'in-use', {}, {}, use('load-balancer')],
  ['a virtual IP is a use', 'keep', 'in-use', {}, {}, use('virtual-ip')],
  ['a NIC that names the EIP is a use', 'keep', 'in-use', {}, {}, use('port')],
  ['an instance with the address is a use', 'keep', 'in-use', {}, {}, use('instance')],
  [
    'a rule that knows only the address is a use',
    'keep',
    'in-use',
    {},
    {},
    { facts: { uses: new Map([['203.0.113.10', { witness: 'dnat', by: 'd' }]]) } },
  ],
  [
    'a rule of another EIP is none',
    'act',
    'orphan',
    {},
    {},
    { facts: { uses: new Map([['eip-9', { witness: 'snat', by: 's' }]]) } },
  ],
  ['a use counts before an exemption', 'keep', 'in-use', { name: 'keep-1', portId: 'p' }],
  ['a use counts though others could not be asked', 'keep', 'in-use', { portId: 'p' }, {}, silent('snat')],
  ['SNAT rules that cannot be read hold', 'hold', 'witness-unreadable', {}, {}, silent('snat')],
  ['DNAT rules that cannot be read hold', 'hold', 'witness-unreadable', {}, {}, silent('dnat')],
  ['load balancers that cannot be read hold', 'hold', 'witness-unreadable', {}, {}, silent('load-balancer')],
  ['virtual IPs that cannot be read hold', 'hold', 'witness-unreadable', {}, {}, silent('virtual-ip')],
  ['NICs that cannot be read hold', 'hold', 'witness-unreadable', {}, {}, silent('port')],
  ['instances that cannot be read hold', 'hold', 'witness-unreadable', {}, {}, silent('instance')],
  [
    'they hold what is still within its grace, too',
    'hold',
    'witness-unreadable',
    {},
    {},
    { ...silent('snat'), watch: null },
  ],
  ['what was ordered with a VM is left alone', 'keep', 'packaged', { packaged: true }],
  ['a deleted one is gone', 'keep', 'gone', { status: 'DELETED' }],
  ['an exempt name is kept', 'keep', 'exempt-name', { name: 'keep-this' }],
  ['a name that only contains the pattern is not exempt', 'act', 'orphan', { name: 'do-keep-this' }],
  ['an exempt address is kept', 'keep', 'exempt-address', {}, exempt({ addresses: ['203.0.113.10'] })],
  ['another exempt address changes nothing', 'act', 'orphan', {}, exempt({ addresses: ['203.0.113.1'] })],
  [
    'an exempt IPv6 address counts in any spelling',
    'keep',
    'exempt-address',
    { address: '2001:DB8:0::1' },
    exempt({ addresses: ['2001:db8::1'] }),
  ],
  ['an exempting label keeps', 'keep', 'exempt-label', {}, {}, { labelled: new Set(['eip-0000000001']) }],
  ['a label on the resource id keeps', 'keep', 'exempt-label', { resourceId: 'r' }, {}, { labelled: new Set(['r']) }],
  ['a label of another EIP changes nothing', 'act', 'orphan', {}, {}, { labelled: new Set(['eip-9']) }],
  ['labels that cannot be read hold', 'hold', 'labels-unreadable', {}, {}, { labelled: { unreadable: 'down' } }],
  ['a frozen EIP is held', 'hold', 'state', { status: 'FREEZING' }],
  ['an expired one is held', 'hold', 'state', { status: 'EXPIRED' }],
  ['one in error is held', 'hold', 'state', { status: 'ERROR' }],
  ['one that is being changed is held', 'hold', 'state', { status: 'UPDATING' }],
  ['one that is being bound is held', 'hold', 'state', { status: 'BANDING_OR_UNBANGDING' }],
  ['in either spelling', 'hold', 'state', { status: 'BANGDING_OR_UNBANDING' }],
  ['one that is being deleted is held', 'hold', 'state', { status: 'DELETING' }],
  ['one in a state that nobody knows is held', 'hold', 'state', { status: 'SHINY' }],
  ['one without a state is held', 'hold', 'state', { status: '' }],
  ['one without an address is held', 'hold', 'address-missing', { address: '' }],
  ['an unknown way of billing is not guessed', 'hold', 'billing-unknown', { billing: 'unknown' }],
  ['on demand is released only where asked', 'hold', 'idle-not-asked', {}, { billing: [] }],
  ['a periodic one is reported with its term', 'hold', 'idle-periodic', periodic(20)],
  ['also in its last days', 'hold', 'idle-periodic', periodic(1)],
  ['in its last days it is released where asked', 'act', 'orphan', periodic(1), EXPIRING],
  ['exactly on the last day that counts, too', 'act', 'orphan', periodic(2), EXPIRING],
  ['earlier it is reported', 'hold', 'idle-periodic', periodic(2.01), EXPIRING],
  ['after its term it is held', 'hold', 'expired-idle', periodic(-0.1), EXPIRING],
  ['at the very instant, too', 'hold', 'expired-idle', periodic(0), EXPIRING],
  ['a periodic one without an expiry is not guessed', 'hold', 'expiry-missing', { billing: 'periodic' }, EXPIRING],
  [
    'an unreadable expiry is not guessed',
    'hold',
    'expiry-unreadable',
    { billing: 'periodic', expiryText: 'soon' },
    EXPIRING,
  ],
  ['a periodic one needs grace and warning as well', 'hold', 'idle', periodic(1), EXPIRING, { watch: null }],
  ['what is seen unused for the first time waits', 'hold', 'idle', {}, {}, { watch: null }],
  ['within its grace it waits', 'hold', 'idle', {}, {}, watch({ firstSeen: inHours(-100), warnedAt: null })],
  [
    'a warning is due its hours before the end',
    'hold',
    'idle-warned',
    {},
    {},
    watch({ firstSeen: inHours(-144), warnedAt: null }),
  ],
  [
    'a millisecond earlier it is not',
    'hold',
    'idle',
    {},
    {},
    watch({ firstSeen: new Date(inHours(-144).getTime() + 1), warnedAt: null }),
  ],
  ['a warned one waits for its deadline', 'hold', 'idle-warned', {}, {}, watch({ warnedAt: inHours(-23.9) })],
  [
    'exactly at the deadline it is released',
    'act',
    'orphan',
    {},
    {},
    watch({ firstSeen: inHours(-168), warnedAt: inHours(-24) }),
  ],
  [
    'a late warning moves the deadline',
    'hold',
    'idle-warned',
    {},
    {},
    watch({ firstSeen: inHours(-5000), warnedAt: null }),
  ],
  [
    'without a grace the warning alone counts',
    'act',
    'orphan',
    {},
    { graceHours: 0 },
    watch({ firstSeen: inHours(-24), warnedAt: inHours(-24) }),
  ],
  ['without a warning the grace alone counts', 'act', 'orphan', {}, { warnHours: 0 }, watch({ warnedAt: null })],
  [
    'without either, two sightings are needed',
    'hold',
    'seen-once',
    {},
    { graceHours: 0, warnHours: 0 },
    { watch: null },
  ],
  [
    'and are enough',
    'act',
    'orphan',
    {},
    { graceHours: 0, warnHours: 0 },
    watch({ sightings: 1, firstSeen: inHours(-1), warnedAt: null }),
  ],
  [
    'the same instant seen twice is one sighting',
    'hold',
    'seen-once',
    {},
    { graceHours: 0, warnHours: 0 },
    watch({ sightings: 1, firstSeen: NOW, lastSeen: NOW, warnedAt: null }),
  ],
  ['a gap as long as the grace is no gap', 'act', 'orphan', {}, {}, watch({ lastSeen: inHours(-168) })],
  [
    'a longer one starts the clock again',
    'hold',
    'idle',
    {},
    {},
    watch({ lastSeen: new Date(inHours(-168).getTime() - 1) }),
  ],
  ['a change of the EIP makes it later', 'hold', 'idle-warned', { updatedAt: inHours(-150) }],
  [
    'and never earlier',
    'hold',
    'idle',
    { updatedAt: inHours(-9000) },
    {},
    watch({ firstSeen: inHours(-1), warnedAt: null }),
  ],
  ['a change in the future holds', 'hold', 'idle', { updatedAt: inHours(1) }],
  ['a name that points at it holds', 'hold', 'dns-points-here', {}, {}, POINTED],
  [
    'also within its grace, so that nobody is warned for nothing',
    'hold',
    'dns-points-here',
    {},
    {},
    { ...POINTED, watch: null },
  ],
  ['a reverse name of a given domain holds', 'hold', 'dns-points-here', {}, asked('*.example.com'), REVERSE],
  ['one of another domain does not', 'act', 'orphan', {}, asked('*.example.org'), REVERSE],
  [
    'a name that points elsewhere does not',
    'act',
    'orphan',
    {},
    {},
    dns({ pointers: new Map([['203.0.113.1', 'a']]) }),
  ],
  ['a resolver that fails holds', 'hold', 'dns-unreadable', {}, {}, { facts: { dns: { unreadable: 'TIMEOUT' } } }],
  ['too small an inventory holds everything', 'hold', 'inventory-floor', {}, { inventoryFloor: 2 }],
  ['an inventory at the floor does not', 'act', 'orphan', {}, { inventoryFloor: 1 }],
  [
    'a ledger that cannot be read holds',
    'hold',
    'memory-unreadable',
    {},
    {},
    { facts: { memory: { unreadable: 'down' } } },
  ],
  ['one EIP of one is no jump, however large its share', 'act', 'orphan', {}, {}, share(0)],
];

const verdictOf = (
  change: Partial<Eip> = {},
  policy: Partial<OrphanPolicy> = {},
  known: Known = {},
  mode: 'plan' | 'apply' = 'apply',
) => planReleases(orphanFacts(idleEip(change), known), orphanPolicy(policy), NOW, mode)[0]!.verdict;

describe('the verdict of release-orphans', () => {
  it.each(ROWS)('%s', (_sentence, decision, code, change, policy, known) => {
    const verdict = verdictOf(change, policy, known);
    expect([verdict.decision, verdict.reason.code]).toEqual([decision, code]);
  });

  it('has at least sixty rows', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(60);
  });

  it('a plan warns nobody, and shows when an apply that began now would be over', () => {
    const { decision, reason } = verdictOf({}, {}, watch({ warnedAt: null }), 'plan');
    expect([decision, reason.code, reason.facts]).toEqual([
      'hold',
      'idle',
      {
        since: inHours(-200).toISOString(),
        ageHours: 200,
        deadline: inHours(24).toISOString(),
        warnedAt: null,
        perMonth: '219.00',
      },
    ]);
  });

  it('tells a price only where there is one', () => {
    expect(verdictOf({}, {}, { facts: { costs: new Map() } }).reason.facts.perMonth).toBeNull();
  });
});

describe('the inventory', () => {
  const many = (unused: number, total: number, before: number, hoursAgo = 24) => {
    const eips = Array.from({ length: total }, (_, i) =>
      idleEip({ id: `eip-${i}`, ...(i < unused ? {} : { portId: 'p', bound: true }) }),
    );
    const base = orphanFacts(eips[0]!);
    const memory = {
      watched: Object.fromEntries(eips.map(({ id }) => [id, watched()])),
      share: { percent: before, at: inHours(-hoursAgo) },
    };
    const items = planReleases({ ...base, seen: { ...base.seen, eips }, memory }, orphanPolicy(), NOW, 'apply');
    return items[0]!.verdict.reason;
  };
  it('a share that jumped holds everything, with its numbers', () => {
    expect(many(10, 20, 10)).toEqual({ code: 'unbound-jump', facts: { before: 10, now: 50, limit: 25 } });
  });
  it('one that rose by the limit does not', () => {
    expect(many(7, 20, 10).code).toBe('orphan');
  });
  it('one that fell does not', () => {
    expect(many(7, 20, 90).code).toBe('orphan');
  });
  it('three EIPs are no jump, four are', () => {
    expect([many(3, 5, 0).code, many(4, 5, 0).code]).toEqual(['orphan', 'unbound-jump']);
  });
});

describe('the action', () => {
  const actionOf = (change: Partial<Eip> = {}, known: Known = {}) => {
    const verdict = verdictOf(change, {}, known);
    return verdict.decision === 'act' && verdict.action.kind === 'release' ? verdict.action : undefined;
  };
  it('carries what it rests on, and what keeps it', () => {
    expect(actionOf()).toMatchObject({
      kind: 'release',
      price: 0,
      expects: { status: 'DOWN', bound: false, address: '203.0.113.10', firstSeen: inHours(-200) },
      unless: { exempt: { labels: { autopilot: 'off' } }, dns: { names: [] } },
    });
  });
  it('has one token for one idle period', () => {
    expect(actionOf()?.token).toBe(actionOf({ name: 'renamed' }, watch({ sightings: 40 }))?.token);
    expect(actionOf()?.token).not.toBe(actionOf({}, watch({ firstSeen: inHours(-300) }))?.token);
    expect(actionOf()?.token).not.toBe(actionOf({ address: '203.0.113.11' })?.token);
    expect(actionOf()?.token).toMatch(/^release-[0-9a-f]{48}$/);
  });
});

const anyEip = fc.record({
  status: fc.constantFrom(
    'ACTIVE',
    'DOWN',
    'DOWN',
    'DOWN',
    'DOWN',
    'EXPIRED',
    'FREEZING',
    'UPDATING',
    'ERROR',
    'DELETED',
    '?',
  ),
  billing: fc.constantFrom('periodic' as const, 'on_demand' as const, 'on_demand' as const, 'unknown' as const),
  expiresAt: fc.option(fc.double({ min: -3, max: 5, noNaN: true }).map(inDays)),
  packaged: fc.boolean(),
  name: fc.constantFrom('web', 'keep-web'),
  updatedAt: fc.option(fc.double({ min: -400, max: 1, noNaN: true }).map(inHours)),
});
const hour = (least: number) => fc.double({ min: least, max: 0, noNaN: true }).map(inHours);
const anyWatch = fc.option(
  fc.record({
    firstSeen: hour(-400),
    lastSeen: hour(-40),
    sightings: fc.integer({ min: 1, max: 3 }),
    warnedAt: fc.option(hour(-60)),
  }),
);
const anyPolicy = fc.record({
  graceHours: fc.constantFrom(0, 24, 168),
  warnHours: fc.constantFrom(0, 24),
  periodic: fc.constantFrom('report' as const, 'release-when-expiring' as const),
});
const anyUse = fc.constantFrom<Use['witness']>('snat', 'dnat', 'load-balancer', 'virtual-ip', 'port', 'instance');

describe('for all EIPs', () => {
  const released = (change: Partial<Eip>, policy: Partial<OrphanPolicy>, known: Known): boolean =>
    verdictOf(change, policy, known).decision === 'act';

  it('adding a witness of use never turns keep or hold into release, and always prevents one', () => {
    fc.assert(
      fc.property(anyEip, anyPolicy, anyWatch, anyUse, (change, policy, known, witness) => {
        expect(released(change, policy, { watch: known, ...use(witness) })).toBe(false);
        expect(released({ ...change, portId: 'p' }, policy, { watch: known })).toBe(false);
        expect(released(change, policy, { watch: known, ...silent(witness) })).toBe(false);
      }),
    );
  });
  it('an exemption never releases', () => {
    fc.assert(
      fc.property(anyEip, anyPolicy, anyWatch, (change, policy, known) => {
        const named = { ...change, name: 'keep-x' };
        expect(released(named, policy, { watch: known })).toBe(false);
        expect(released(change, policy, { watch: known, labelled: new Set(['eip-0000000001']) })).toBe(false);
        expect(released(change, { ...policy, ...exempt({ addresses: ['203.0.113.10'] }) }, { watch: known })).toBe(
          false,
        );
      }),
    );
  });
  it('only a DOWN EIP with two sightings, its grace over and a warning given, is ever released', () => {
    let count = 0;
    fc.assert(
      fc.property(anyEip, anyPolicy, anyWatch, (change, policy, known) => {
        if (!released(change, policy, { watch: known })) return;
        count += 1;
        expect(change).toMatchObject({ status: 'DOWN', packaged: false, name: 'web' });
        const since = Math.max(known!.firstSeen.getTime(), change.updatedAt?.getTime() ?? 0);
        expect(NOW.getTime() - since).toBeGreaterThanOrEqual(policy.graceHours * 3600_000);
        if (policy.warnHours > 0) expect(known!.warnedAt! <= inHours(-policy.warnHours)).toBe(true);
      }),
      { numRuns: 5000, seed: 1 },
    );
    expect(count).toBeGreaterThan(10);
  });
});

describe('whom the names and prices are asked for', () => {
  it('what nothing uses and nothing exempts', () => {
    const one = idleEip();
    expect(idleOf(orphanFacts(one), orphanPolicy())).toEqual([one]);
    expect(idleOf(orphanFacts(one, use('snat')), orphanPolicy())).toEqual([]);
    expect(idleOf(orphanFacts(idleEip({ name: 'keep-1' })), orphanPolicy())).toEqual([]);
  });
});
