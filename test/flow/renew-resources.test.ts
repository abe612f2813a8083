import { afterAll, describe, expect, it } from 'vitest';
import { historyOf } from '../../shared/ledger/history.ts';
import type { ResourceKind } from '../../shared/model/eip.ts';
import { historyJson, historyText } from '../../shared/report/history.ts';
import { reportJson } from '../../shared/report/json.ts';
import { reportText } from '../../shared/report/text.ts';
import { call } from '../local/simulator/signing-caller.ts';
import { closeStands, due, KEY, outcomeOf, REGION, type Stand, stand } from '../stand.ts';

afterAll(closeStands);

const row = (id: string, change: object) => ({ regionID: REGION, id, ...change });
const six = (id: string, change: object = {}) =>
  row(id, { name: 'six', bandwidth: 5, ipAddress: '2001:db8::1', expiredTime: '+3d', ...change });
const pool = (id: string, change: object = {}) => row(id, { name: 'pool', bandwidth: 5, expireAt: '+3d', ...change });
const pack = (id: string, change: object = {}) =>
  row(id, { packageName: '流量包', totalVolumn: '100', leftVolumn: '5', ...change });

const renew = (change: object = {}) => ({
  renew: {
    resources: ['eip', 'ipv6-bandwidth', 'shared-bandwidth'],
    withinDays: 7,
    cycle: { type: 'month', count: 1 },
    settleWithinSeconds: 3,
    ...change,
  },
});
const REBUY = renew({ trafficPackage: { rebuyBelowPercent: 10 } });
const WARN = renew({ trafficPackage: {} });

/** Of each kind: what the account holds, what is asked, where it is bought, and what an order of it is told as. */
type Kind = {
  kind: ResourceKind;
  id: string;
  account: object;
  ask: Record<string, unknown>;
  path: string;
  done: string;
};
const KINDS: readonly Kind[] = [
  {
    ...{ kind: 'ipv6-bandwidth', id: 'bandwidth-6', account: { ipv6Bandwidths: [six('bandwidth-6')] } },
    ...{ ask: renew(), path: '/v4/ipv6_bandwidth/renew', done: 'done: renewed' },
  },
  {
    ...{ kind: 'shared-bandwidth', id: 'bandwidth-s', account: { sharedBandwidths: [pool('bandwidth-s')] } },
    ...{ ask: renew(), path: '/v4/bandwidth/renew', done: 'done: renewed' },
  },
  {
    ...{ kind: 'traffic-package', id: 'sdp-1', account: { flowPackages: [pack('sdp-1')] } },
    ...{ ask: REBUY, path: '/v4/flow_package/buy', done: 'done: rebought' },
  },
];
const EACH = KINDS.map(kind => [kind.kind, kind] as const);

const bought = ({ simulator }: Stand) => simulator.orders().filter(({ status }) => status !== '5');
const open = ({ account }: Kind, settings = {}) => stand([], { account, settings });

describe('everything that has a term', () => {
  const account = {
    ipv6Bandwidths: [six('bandwidth-6'), six('bandwidth-later', { ipAddress: '', expiredTime: '+90d' })],
    sharedBandwidths: [pool('bandwidth-s'), pool('bandwidth-od', { expireAt: null })],
    flowPackages: [pack('sdp-1')],
  };
  it('is renewed in one run, once, and told by its kind', async () => {
    const one = await stand([due('eip-a')], { account });
    const report = await one.autoRenew(renew());
    const ids = ['eip-a', 'bandwidth-6', 'bandwidth-later', 'bandwidth-s', 'bandwidth-od', 'sdp-1'];
    expect(ids.map(id => outcomeOf(report, id))).toEqual([
      'done: renewed',
      'done: renewed',
      'keep: not-due',
      'done: renewed',
      'keep: on-demand',
      'undefined: undefined',
    ]);
    expect(report.targets).toMatchObject([{ seen: 5, problem: null }]);
    await one.autoRenew(renew());
    expect(
      one.simulator
        .orders()
        .map(({ product }) => product)
        .toSorted(),
    ).toEqual(['eips', 'ipv6Bandwidths', 'sharedBandwidths']);
    const six6 = reportJson(report).items.find(({ eip }) => eip.id === 'bandwidth-6');
    expect(six6).toMatchObject({
      eip: { resource: 'ipv6-bandwidth', address: '2001:db8::1', bandwidthMbps: 5, bound: true },
      outcome: { state: 'done', spent: '115.00' },
    });
    const text = reportText(report, { lang: 'zh-CN', color: false });
    expect(text).toMatch(/共看到 5 个资源/);
    expect(text).toMatch(/pool +共享带宽 +bandwidth-s/);
  });
  it('is not even looked at unless it is asked for', async () => {
    const one = await stand([due('eip-a')], { account });
    await one.autoRenew();
    expect(one.simulator.calls().filter(({ path }) => /bandwidth|flow/.test(path))).toEqual([]);
  });
  it('can be looked after without EIPs', async () => {
    const one = await stand([due('eip-a')], { account });
    const report = await one.autoRenew(renew({ resources: ['shared-bandwidth'] }));
    expect(report.plan.items.map(({ eip }) => eip.id).toSorted()).toEqual(['bandwidth-od', 'bandwidth-s']);
  });
  it('obeys names, labels and use, each kind like EIPs', async () => {
    const labels = { autopilot: 'off' };
    const one = await stand([], {
      account: {
        ipv6Bandwidths: [six('bandwidth-6', { name: 'keep-it' }), six('bandwidth-free', { ipAddress: '' })],
        sharedBandwidths: [pool('bandwidth-s', { labels }), pool('bandwidth-empty')],
      },
    });
    const report = await one.autoRenew(renew({ onlyBound: true, exempt: { names: ['keep-*'], labels } }));
    const ids = ['bandwidth-6', 'bandwidth-free', 'bandwidth-s', 'bandwidth-empty'];
    expect(ids.map(id => outcomeOf(report, id))).toEqual([
      'keep: exempt-name',
      'keep: unbound',
      'keep: exempt-label',
      'keep: unbound',
    ]);
  });
  it('of a kind that cannot be looked at takes no other kind with it', async () => {
    const one = await stand([due('eip-a')], { account });
    one.simulator.faults([{ kind: 'business-error', path: '/v4/ipv6_bandwidth/list', code: 'Openapi.X' }]);
    const report = await one.autoRenew(renew());
    expect([outcomeOf(report, 'eip-a'), outcomeOf(report, 'bandwidth-s')]).toEqual(['done: renewed', 'done: renewed']);
    expect(report.targets).toMatchObject([{ seen: 3, problem: { code: 'refused' } }]);
    expect([report.health, report.threw]).toEqual(['failed', true]);
  });
  it.each([
    ['ipv6-bandwidth', '/v4/ipv6_bandwidth/list'],
    ['shared-bandwidth', '/v4/bandwidth/new-list'],
  ])('whose list does not add up is not believed: %s', async (_kind, path) => {
    for (const fault of [{ kind: 'short-page' }, { kind: 'wrong-count', delta: 1 }]) {
      const one = await stand([due('eip-a')], { account });
      one.simulator.faults([{ ...fault, path }]);
      expect((await one.autoRenew(renew())).targets).toMatchObject([{ problem: { code: 'INVENTORY_MISMATCH' } }]);
    }
  });
  it('is read to the last page', async () => {
    const ipv6Bandwidths = Array.from({ length: 117 }, (_, i) => six(`bandwidth-${i}`, { expiredTime: '+90d' }));
    const one = await stand([], { account: { ipv6Bandwidths } });
    expect((await one.autoRenew(renew())).plan.items).toHaveLength(117);
  });
});

describe.each(EACH)('one %s', (_kind, kind) => {
  type Row = [sentence: string, fault: Record<string, unknown>, outcome: string, settings?: object];
  const ROWS: Row[] = [
    ['an answer lost after acting', { kind: 'reset-after', path: kind.path, times: 1 }, kind.done],
    ['every answer lost after acting', { kind: 'reset-after', path: kind.path }, kind.done],
    [
      'an answer lost before acting',
      { kind: 'reset-before', path: kind.path, times: 1 },
      kind.kind === 'traffic-package' ? 'unknown: answer-lost' : kind.done,
    ],
    ['every order lost before acting', { kind: 'reset-before', path: kind.path }, 'unknown: answer-lost'],
    ['garbage after acting', { kind: 'garbage', acted: true, path: kind.path }, kind.done],
    ['an order that is refused', { kind: 'business-error', path: kind.path, code: 'X' }, 'failed: refused'],
    ['an order that never ends', { kind: 'stuck-order' }, 'ordered: settling'],
    ['an order that fails', { kind: 'failed-order' }, 'failed: order-failed'],
    ['too little balance', { kind: 'insufficient-balance' }, 'failed: refused'],
    ['no price', { kind: 'price-error' }, 'hold: no-quote'],
    [
      'an answer lost by an API that ignores tokens, while the order runs',
      { kind: 'reset-after', path: kind.path, times: 1 },
      kind.done,
      { tokenIdempotency: false, orderSeconds: 0.5 },
    ],
  ];
  it.concurrent.each(ROWS)('%s: told truly, bought once', async (_sentence, fault, outcome, settings) => {
    const one = await open(kind, settings);
    one.simulator.faults([fault]);
    expect(outcomeOf(await one.autoRenew(kind.ask), kind.id)).toBe(outcome);
    one.simulator.faults([]);
    await one.autoRenew(kind.ask);
    // The product's clock is the machine's: what waits for minutes before it is repeated is shown by the crash points.
    const isLater = kind.kind === 'traffic-package' && fault.kind === 'reset-before';
    expect(bought(one)).toHaveLength(isLater ? 0 : 1);
  });
  it('an order of ours that still runs holds it', async () => {
    const one = await open(kind, { orderSeconds: 60 });
    expect(outcomeOf(await one.autoRenew(kind.ask), kind.id)).toBe('ordered: settling');
    expect(outcomeOf(await one.autoRenew(kind.ask), kind.id)).toBe('hold: under-way');
    one.simulator.clock.advance(120);
    await one.autoRenew(kind.ask);
    expect(bought(one)).toHaveLength(1);
    const [past] = await historyOf(one.ledger, kind.id, new Date(0));
    expect(past).toMatchObject({ intent: { state: 'DONE', outcome: { state: 'done' } } });
    expect(historyJson([past!])).toMatchObject([{ eip: { resource: kind.kind, id: kind.id }, reverse: 'no' }]);
    expect(historyText([past!], 'en')).toMatch(kind.kind === 'traffic-package' ? /buy again DONE/ : /renew DONE/);
  });
  it('a price that rose after the plan is not paid', async () => {
    const one = await open(kind);
    const path = kind.path.replace(
      /\/(renew|buy)$/,
      kind.kind === 'traffic-package' ? '/query-price' : '/query-renew-price',
    );
    one.simulator.faults([{ kind: 'price-changes', path, after: 1, factor: 1.2 }]);
    expect(outcomeOf(await one.autoRenew(kind.ask), kind.id)).toBe('skipped: price-rose');
    expect(bought(one)).toEqual([]);
  });
  it('is held by a cap like everything else', async () => {
    const one = await open(kind);
    const report = await one.autoRenew({ ...kind.ask, limits: { maxSharePercent: 100, maxSpendPerRun: '1.00' } });
    expect([report.plan.held[0]?.cap, bought(one)]).toEqual(['maxSpendPerRun', []]);
  });
  it('two runs at once buy it once', async () => {
    const one = await open(kind);
    await Promise.all([one.autoRenew(kind.ask), one.autoRenew(kind.ask)]);
    expect(bought(one)).toHaveLength(1);
  });
  it('a plan changes nothing', async () => {
    const one = await open(kind);
    expect(outcomeOf(await one.autoRenew({ ...kind.ask, mode: 'plan' }), kind.id)).toBe('planned');
    expect(bought(one)).toEqual([]);
  });
});

describe('a bandwidth on which something else happens', () => {
  it('that is renewed by somebody else after the plan is skipped', async () => {
    const one = await stand([], {
      account: { sharedBandwidths: [pool('bandwidth-s')] },
      settings: { orderSeconds: 60 },
    });
    const params = {
      clientToken: 'theirs',
      regionID: REGION,
      bandwidthID: 'bandwidth-s',
      cycleType: 'month',
      cycleCount: 2,
    };
    await call(one.simulator.url, new Date(), 'POST /v4/bandwidth/renew', params, { key: KEY });
    expect(outcomeOf(await one.autoRenew(renew()), 'bandwidth-s')).toBe('skipped: other-order');
    one.simulator.clock.advance(120);
    expect(outcomeOf(await one.autoRenew(renew()), 'bandwidth-s')).toBe('keep: not-due');
    expect(one.simulator.orders()).toHaveLength(1);
  });
  it.each([
    ['ipv6-bandwidth', '/v4/ipv6_bandwidth/show', 'Sim.Ipv6Bandwidth.NotFound', 'bandwidth-6'],
    ['shared-bandwidth', '/v4/bandwidth/describe', 'Openapi.Sharedbandwidth.NotFound', 'bandwidth-s'],
  ])('that is gone is skipped: %s', async (kind, path, code, id) => {
    const one = await open(KINDS.find(one => one.kind === kind)!);
    one.simulator.faults([{ kind: 'business-error', path, code }]);
    expect(outcomeOf(await one.autoRenew(renew()), id)).toBe('skipped: gone');
  });
  it('an expired one starts a new term only where a person says so', async () => {
    const lapsed = { expireAt: '-2d', status: 'EXPIRED' };
    const one = await stand([], { account: { sharedBandwidths: [pool('bandwidth-s', lapsed)] } });
    expect(outcomeOf(await one.autoRenew(renew()), 'bandwidth-s')).toBe('hold: expired');
    expect(outcomeOf(await one.autoRenew(renew({ expired: 'renew' })), 'bandwidth-s')).toBe('done: renewed');
  });
});

describe('a traffic package', () => {
  type Held = { accounts: { flowPackages: Record<string, unknown>[] }[] };
  const left = ({ simulator }: Stand) =>
    (simulator.state() as Held).accounts[0]!.flowPackages.map(({ id, totalVolumn, leftVolumn, cycleType }) =>
      [id === 'sdp-1' ? id : 'new', cycleType, totalVolumn, leftVolumn].join(' '),
    );
  it('is only warned of unless a person says to buy', async () => {
    const one = await stand([], { account: { flowPackages: [pack('sdp-1')] } });
    const report = await one.autoRenew(WARN);
    expect([outcomeOf(report, 'sdp-1'), report.health, bought(one)]).toEqual(['hold: package-low', 'ok', []]);
    expect(reportText(report, { lang: 'en', color: false })).toMatch(
      /traffic package +sdp-1.*only 5% left \(5 of 100 GB\)/,
    );
    const [past] = await historyOf(one.ledger, 'sdp-1', new Date(0));
    expect(past).toMatchObject({ held: { item: { verdict: { reason: { code: 'package-low' } } } } });
  });
  it('is bought again in its own size and cycle, and the new one is bought again in its turn', async () => {
    const year = { cycleType: 'YEAR', totalVolumn: '512', leftVolumn: '20', expireTime: '+200d' };
    const one = await stand([], { account: { flowPackages: [pack('sdp-1', year)] } });
    expect(outcomeOf(await one.autoRenew(REBUY), 'sdp-1')).toBe('done: rebought');
    expect(left(one)).toEqual(['sdp-1 YEAR 512 20', 'new YEAR 512 512']);
    const again = await one.autoRenew(REBUY);
    expect([outcomeOf(again, 'sdp-1'), bought(one).length]).toEqual(['keep: package-covered', 1]);
    const { resourceID } = bought(one)[0]!;
    one.simulator.drain(resourceID, 1);
    const next = await one.autoRenew(REBUY);
    expect([outcomeOf(next, 'sdp-1'), outcomeOf(next, resourceID)]).toEqual([
      'keep: package-covered',
      'done: rebought',
    ]);
    expect(bought(one)).toHaveLength(2);
  });
  it('that falls further while its order runs is the same purchase', async () => {
    const one = await stand([], { account: { flowPackages: [pack('sdp-1')] }, settings: { orderSeconds: 60 } });
    await one.autoRenew(REBUY);
    one.simulator.drain('sdp-1', 1);
    await one.autoRenew(REBUY);
    one.simulator.clock.advance(120);
    await one.autoRenew(REBUY);
    expect(bought(one)).toHaveLength(1);
  });
  it('whose successor was given back is not bought a second time', async () => {
    const one = await stand([], { account: { flowPackages: [pack('sdp-1')] } });
    await one.autoRenew(REBUY);
    const { resourceID } = bought(one)[0]!;
    const params = { clientToken: 'theirs', regionID: REGION, resourceID };
    await call(one.simulator.url, new Date(), 'POST /v4/flow_package/refund', params, { key: KEY });
    expect(outcomeOf(await one.autoRenew(REBUY), 'sdp-1')).toBe('skipped: already-done');
    expect(one.simulator.orders().filter(({ kind }) => kind === 'create')).toHaveLength(1);
  });
  it('of several that run out at once, one is bought', async () => {
    const low = { leftVolumn: '1' };
    const packs = [
      pack('sdp-1', low),
      pack('sdp-2', { ...low, expireTime: '+28d' }),
      pack('sdp-3', { ...low, expireTime: '+27d' }),
    ];
    const one = await stand([], { account: { flowPackages: packs } });
    await one.autoRenew(REBUY);
    await one.autoRenew(REBUY);
    expect(bought(one)).toHaveLength(1);
  });
  it('that somebody else bought meanwhile is not bought by us', async () => {
    const one = await stand([], { account: { flowPackages: [pack('sdp-1')] } });
    const held = await one.autoRenew({ ...REBUY, approval: 'required' });
    expect(held.plan.held).toMatchObject([{ cap: 'approval' }]);
    const theirs = { clientToken: 'theirs', regionID: REGION, cycleType: 'MONTH', cycleCount: 1, count: 1, spec: 100 };
    await call(one.simulator.url, new Date(), 'POST /v4/flow_package/buy', theirs, { key: KEY });
    expect(outcomeOf(await one.autoRenew(REBUY), 'sdp-1')).toBe('keep: package-covered');
    expect(bought(one)).toHaveLength(1);
  });
});
