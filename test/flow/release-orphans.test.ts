import { afterAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan } from '../../shared/flow/approvals.ts';
import { reportJson } from '../../shared/report/json.ts';
import { reportText } from '../../shared/report/text.ts';
import { closeOrphanStands, DAY, dnsOf, HOUR, idle, orphanAsk, orphanStand } from '../orphan-stand.ts';
import { outcomeOf, REGION } from '../stand.ts';

afterAll(closeOrphanStands);

const bound = { status: 'ACTIVE', associationID: 'vm-1', associationType: 'INSTANCE' };
const NOW_ONCE = { graceHours: 0, warnHours: 0 };
const at0 = (change: Record<string, unknown> = {}, orphans: Record<string, unknown> = {}) =>
  orphanAsk(change, { ...NOW_ONCE, ...orphans });
const PLAN = { mode: 'plan' };

describe('the days of an idle EIP', () => {
  it('are counted, warned of and over, and then it is released, once', async () => {
    const { later, run, ids, simulator } = await orphanStand([idle('eip-a'), idle('eip-b', bound)]);
    const days = [await run()];
    for (let day = 1; day <= 4; day++) days.push(await later(DAY));
    expect(days.map(report => outcomeOf(report, 'eip-a'))).toEqual([
      'hold: idle',
      'hold: idle',
      'hold: idle-warned',
      'done: released',
      'undefined: undefined',
    ]);
    expect([ids(), simulator.orders().map(({ kind, eipID }) => [kind, eipID])]).toEqual([
      ['eip-b'],
      [['delete', 'eip-a']],
    ]);
    expect(days.map(({ health }) => health)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('a plan counts them and warns nobody', async () => {
    const { later, run, ids } = await orphanStand([idle('eip-a')]);
    await run(orphanAsk(PLAN));
    for (let day = 1; day <= 5; day++) await later(DAY, orphanAsk(PLAN));
    const warned = await later(DAY);
    expect([outcomeOf(warned, 'eip-a'), warned.plan.items[0]?.verdict.reason.facts.ageHours]).toEqual([
      'hold: idle-warned',
      144,
    ]);
    expect(outcomeOf(await later(DAY - 60), 'eip-a')).toBe('hold: idle-warned');
    expect([outcomeOf(await later(60), 'eip-a'), ids()]).toEqual(['done: released', []]);
  });

  it('start again where it was seen bound', async () => {
    const { later, run, simulator } = await orphanStand([idle('eip-a')]);
    const change = (fields: object) => {
      const state = simulator.kept() as { accounts: { eips: object[] }[] };
      Object.assign(state.accounts[0]!.eips[0]!, fields);
    };
    await run();
    await later(DAY);
    change(bound);
    expect(outcomeOf(await later(DAY), 'eip-a')).toBe('keep: in-use');
    change({ status: 'DOWN', associationID: '', associationType: null });
    expect((await later(DAY)).plan.items[0]?.verdict.reason).toMatchObject({ code: 'idle', facts: { ageHours: 0 } });
  });

  it('start again later a gap longer than the grace', async () => {
    const { later, run } = await orphanStand([idle('eip-a')]);
    await run();
    await later(DAY);
    expect((await later(3 * DAY + 60)).plan.items[0]?.verdict.reason).toMatchObject({ facts: { ageHours: 0 } });
  });

  it('do not pass while a witness cannot be asked', async () => {
    const { later, run, simulator } = await orphanStand([idle('eip-a')]);
    await run(at0());
    simulator.faults([{ kind: 'business-error', path: '/v4/elb/list-loadbalancer', code: 'X' }]);
    const blind = await later(HOUR, at0());
    expect([outcomeOf(blind, 'eip-a'), blind.health]).toEqual(['hold: witness-unreadable', 'failed']);
    simulator.faults([]);
    expect(outcomeOf(await later(HOUR, at0()), 'eip-a')).toBe('done: released');
  });

  it('0 hours for both still take two runs', async () => {
    const { later, run, ids } = await orphanStand([idle('eip-a')]);
    expect(outcomeOf(await run(at0()), 'eip-a')).toBe('hold: seen-once');
    expect([outcomeOf(await later(60, at0()), 'eip-a'), ids()]).toEqual(['done: released', []]);
  });

  it('nothing is released where its sighting cannot be written', async () => {
    const { later, run, ids, ledger } = await orphanStand([idle('eip-a')]);
    await run(at0());
    const put = ledger.put.bind(ledger);
    Object.assign(ledger, {
      put: (row: { pk: string }, ...rest: []) =>
        row.pk === 'memo#orphans' ? Promise.resolve(false) : put(row as never, ...rest),
    });
    const report = await later(60, at0());
    expect([report.mode, report.ledgerProblem, report.health, ids()]).toEqual([
      'plan',
      expect.stringContaining('another run has looked'),
      'failed',
      ['eip-a'],
    ]);
  });
});

const GATEWAY = { regionID: REGION, natGatewayID: 'nat-1' };
const USERS: readonly [string, object][] = [
  ['a SNAT rule', { natGateways: [{ ...GATEWAY, snats: [{ sNatID: 's', eips: [{ eipID: 'eip-a' }] }] }] }],
  [
    'a SNAT rule by address',
    { natGateways: [{ ...GATEWAY, snats: [{ sNatID: 's', eips: [{ ipAddress: '203.0.113.9' }] }] }] },
  ],
  ['a DNAT rule', { natGateways: [{ ...GATEWAY, dnats: [{ dNatID: 'd', externalID: 'eip-a' }] }] }],
  ['a DNAT rule by address', { natGateways: [{ ...GATEWAY, dnats: [{ dNatID: 'd', externalIp: '203.0.113.9' }] }] }],
  ['a load balancer', { loadBalancers: [{ regionID: REGION, ID: 'lb', eipInfo: [{ eipID: 'eip-a' }] }] }],
  ['a virtual IP', { havips: [{ regionID: REGION, id: 'vip', networkInfo: [{ eipID: 'eip-a' }] }] }],
  ['a NIC', { ports: [{ regionID: REGION, networkInterfaceID: 'port-1', associatedEip: { id: 'eip-a' } }] }],
  ['an instance', { instances: [{ regionID: REGION, instanceID: 'vm-9', floatingIP: '203.0.113.9' }] }],
];
const ASKED = [
  ...['/v4/vpc/list-snats', '/v4/vpc/describe-nat-gateways', '/v4/vpc/describe-dnat-entries'],
  ...['/v4/elb/list-loadbalancer', '/v4/vpc/havip/list', '/v4/ports/new-list', '/v4/ecs/list-instances'],
];

describe('every witness', () => {
  it.each(USERS)('%s keeps an EIP whose own fields say nothing', async (_sentence, account) => {
    const { later, run, ids, simulator } = await orphanStand([idle('eip-a', { eipAddress: '203.0.113.9' })], {
      account,
      settings: { refuseBoundDelete: false },
    });
    await run(at0());
    expect([outcomeOf(await later(60, at0()), 'eip-a'), ids(), simulator.orders()]).toEqual([
      'keep: in-use',
      ['eip-a'],
      [],
    ]);
  });

  it.each(ASKED)('%s that cannot be read holds the region', async path => {
    const { later, run, ids, simulator } = await orphanStand([idle('eip-a')], { account: { natGateways: [GATEWAY] } });
    await run(at0());
    simulator.faults([{ kind: 'garbage', path }]);
    expect([outcomeOf(await later(60, at0()), 'eip-a'), ids()]).toEqual(['hold: witness-unreadable', ['eip-a']]);
  });

  it.each([
    ['short-page', {}],
    ['duplicate-row', {}],
    ['wrong-count', { delta: 3 }],
  ])('a list of NICs with a %s is not believed', async (kind, more) => {
    const ports = ['port-1', 'port-2'].map(networkInterfaceID => ({ regionID: REGION, networkInterfaceID }));
    const { later, run, simulator } = await orphanStand([idle('eip-a')], { account: { ports } });
    await run(at0());
    simulator.faults([{ kind, path: '/v4/ports/new-list', ...more }]);
    expect(outcomeOf(await later(60, at0()), 'eip-a')).toBe('hold: witness-unreadable');
  });

  it('is asked with lists, however many EIPs there are; and not at all where all are bound', async () => {
    const many = Array.from({ length: 60 }, (_, i) => idle(`eip-${i}`, { eipAddress: `203.0.113.${i}` }));
    const { run, paths } = await orphanStand(many);
    await run(orphanAsk(PLAN));
    expect(
      paths()
        .filter(path => ASKED.includes(path))
        .toSorted(),
    ).toEqual(ASKED.filter(path => !path.includes('dnat')).toSorted());
    expect(paths().filter(path => path.includes('price'))).toHaveLength(1);
    const all = await orphanStand([idle('eip-a', bound)]);
    await all.run();
    expect(all.paths().filter(path => path !== '/v4/eip/new-list' && !path.includes('label'))).toEqual([]);
  });

  it('reads many pages', async () => {
    const ports = Array.from({ length: 120 }, (_, i) => ({ regionID: REGION, networkInterfaceID: `port-${i}` }));
    const last = { ...ports[119]!, associatedEip: { id: 'eip-a' } };
    const { run } = await orphanStand([idle('eip-a')], { account: { ports: [...ports.slice(0, 119), last] } });
    expect((await run()).plan.items[0]?.verdict.reason).toEqual({
      code: 'in-use',
      facts: { witness: 'port', by: 'port-119' },
    });
  });
});

describe('exemptions and guards', () => {
  it('a label keeps, one that cannot be read holds', async () => {
    const { run, simulator } = await orphanStand([
      idle('eip-a', { labels: { autopilot: 'off' } }),
      idle('eip-b', { isPackaged: true }),
    ]);
    const report = await run();
    expect([outcomeOf(report, 'eip-a'), outcomeOf(report, 'eip-b')]).toEqual(['keep: exempt-label', 'keep: packaged']);
    simulator.faults([{ kind: 'business-error', path: '/v4/labels/*', code: 'X' }]);
    expect(outcomeOf(await run(), 'eip-a')).toBe('hold: labels-unreadable');
  });

  const dns = (change: object) => ({ dns: { names: ['www.example.com', '*.example.org'], ...change } });
  it.each([
    ['a name that points at it', dnsOf({ 'www.example.com': ['203.0.113.9'] }), 'hold: dns-points-here'],
    ['a reverse name of a given domain', dnsOf({ '203.0.113.9': ['x.example.org'] }), 'hold: dns-points-here'],
    ['a resolver that fails', dnsOf({ 'www.example.com': new Error('queryA ETIMEOUT') }), 'hold: dns-unreadable'],
    ['a reverse look-up that fails', dnsOf({ '203.0.113.9': new Error('ESERVFAIL') }), 'hold: dns-unreadable'],
  ])('%s holds', async (_sentence, resolver, expected) => {
    const { run, later, ids } = await orphanStand([idle('eip-a', { eipAddress: '203.0.113.9' })], { resolver });
    await run(at0({}, dns({})));
    expect([outcomeOf(await later(60, at0({}, dns({}))), 'eip-a'), ids()]).toEqual([expected, ['eip-a']]);
  });

  it('a zone file that names it holds, and where its CNAMEs lead is asked', async () => {
    const resolver = dnsOf({ 'lb.other.net': ['203.0.113.8'] });
    const eips = ['8', '9', '7'].map(n => idle(`eip-${n}`, { eipAddress: `203.0.113.${n}` }));
    const { run } = await orphanStand(eips, { resolver });
    const zones = [{ origin: 'example.com', text: 'www A 203.0.113.9\nshop CNAME lb.other.net.' }];
    const report = await run(at0({}, dns({ zones })));
    expect(['eip-8', 'eip-9', 'eip-7'].map(id => outcomeOf(report, id))).toEqual([
      'hold: dns-points-here',
      'hold: dns-points-here',
      'hold: seen-once',
    ]);
  });

  it('an inventory that is too small, or whose unused share jumped, holds everything', async () => {
    const eips = Array.from({ length: 8 }, (_, i) =>
      idle(`eip-${i}`, { eipAddress: `203.0.113.${i}`, ...(i < 2 ? {} : bound) }),
    );
    const { run, later, simulator, ids } = await orphanStand(eips);
    const small = await run(at0({ limits: { inventoryFloor: 9, maxSharePercent: 100 } }));
    expect([outcomeOf(small, 'eip-0'), small.health]).toEqual(['hold: inventory-floor', 'failed']);
    const state = simulator.kept() as { accounts: { eips: object[] }[] };
    for (const eip of state.accounts[0]!.eips)
      Object.assign(eip, { status: 'DOWN', associationID: '', associationType: null });
    const jumped = await later(HOUR, at0());
    expect([outcomeOf(jumped, 'eip-0'), jumped.health, ids().length]).toEqual(['hold: unbound-jump', 'failed', 8]);
    expect(outcomeOf(await later(DAY, at0()), 'eip-0')).toBe('hold: unbound-jump');
    expect(outcomeOf(await later(HOUR, at0()), 'eip-0')).toBe('done: released');
  });
});

describe('the caps', () => {
  const capped = { limits: { maxActions: 1, maxSharePercent: 100 } };
  it('above them everything waits for a person, who knows what it means; then exactly that is done', async () => {
    const { run, later, ids, ledger, simulator, world } = await orphanStand([idle('eip-a'), idle('eip-b')]);
    await run(at0(capped));
    const held = await later(60, at0(capped));
    expect([held.plan.held.map(({ cap }) => cap), ids().length, held.approval]).toEqual([
      ['maxActions'],
      2,
      { approvers: 1 },
    ]);
    const text = reportText(held, { lang: 'en', color: false });
    expect(text).toMatch(/2 would be given back, saving ¥438\.00 a month .*This cannot be undone/);
    expect(text).toMatch(/闲置-eip-a .*203\.0\.113\..*cannot be undone \(¥219\.00 a month\)/);
    expect(reportText(held, { lang: 'zh-CN', color: false })).toMatch(/释放不可撤销/);
    await approvePlan(held.plan.hash, { ledger, who: 'li-na', clock: simulator.clock as never });
    const done = await applyPlan(held.plan.hash, world('zhang-wei'));
    expect([[...done.outcomes.values()].map(({ reason }) => reason.code), ids()]).toEqual([
      ['released', 'released'],
      [],
    ]);
  });

  it('what was labelled, pointed at or seen in use later the approval is not released', async () => {
    const names: Record<string, string[]> = {};
    const eips = ['a', 'b', 'c'].map(n => idle(`eip-${n}`));
    const { run, later, ids, ledger, simulator, world } = await orphanStand(eips, { resolver: dnsOf(names) });
    const ask = at0(capped, { dns: { names: ['late.example.com'] } });
    await run(ask);
    const held = await later(60, ask);
    await approvePlan(held.plan.hash, { ledger, who: 'li-na', clock: simulator.clock as never });
    const [a, b, c] = (simulator.kept() as { accounts: { eips: Record<string, unknown>[] }[] }).accounts[0]!.eips;
    a!.labels = { autopilot: 'off' };
    names['late.example.com'] = [String(b!.eipAddress)];
    Object.assign(c!, bound);
    await later(60, orphanAsk(PLAN));
    Object.assign(c!, { status: 'DOWN', associationID: '', associationType: null });
    const report = await applyPlan(held.plan.hash, world('zhang-wei'));
    expect(['eip-a', 'eip-b', 'eip-c'].map(id => outcomeOf(report, id))).toEqual([
      'skipped: exempt-label',
      'skipped: dns-points-here',
      'skipped: changed',
    ]);
    expect(ids()).toHaveLength(3);
  });
});

describe('the last look', () => {
  it('is followed by the delete and nothing else', async () => {
    const { run, later, paths } = await orphanStand([idle('eip-a')], { account: { natGateways: [GATEWAY] } });
    await run(at0());
    const before = paths().length;
    await later(60, at0());
    const calls = paths().slice(before);
    const at = calls.indexOf('/v4/eip/delete');
    expect(calls[at - 1]).toBe('/v4/eip/show');
    expect(calls.filter(path => path === '/v4/eip/delete')).toHaveLength(1);
    const look = calls.slice(calls.lastIndexOf('/v4/eip/show', at - 2) + 1, at - 1);
    expect(look.toSorted()).toEqual([...ASKED, '/v4/labels/query_resources_by_label'].toSorted());
  });

  it.each(ASKED.filter(path => !path.includes('dnat')))('forbids it where %s fails just then', async path => {
    const { run, later, ids, simulator } = await orphanStand([idle('eip-a')]);
    await run(at0());
    simulator.faults([{ kind: 'business-error', path, code: 'X', after: 1 }]);
    const report = await later(60, at0());
    expect([outcomeOf(report, 'eip-a'), ids(), report.health]).toEqual([
      'skipped: witness-unreadable',
      ['eip-a'],
      'failed',
    ]);
  });

  it('a delete that was throttled is not sent again on an old look', async () => {
    const { run, later, paths, simulator, ids } = await orphanStand([idle('eip-a')]);
    await run(at0());
    simulator.faults([{ kind: 'throttle', path: '/v4/eip/delete', times: 1 }]);
    expect(outcomeOf(await later(60, at0()), 'eip-a')).toBe('failed: not-sent');
    expect(paths().filter(path => path === '/v4/eip/delete')).toHaveLength(1);
    expect([outcomeOf(await later(60, at0()), 'eip-a'), ids()]).toEqual(['done: released', []]);
  });

  it('after a lost answer it looks again before the same delete is sent again', async () => {
    const { run, later, paths, simulator, ids } = await orphanStand([idle('eip-a')]);
    await run(at0());
    simulator.faults([{ kind: 'reset-before', path: '/v4/eip/delete', times: 1 }]);
    const before = paths().length;
    expect(outcomeOf(await later(60, at0()), 'eip-a')).toBe('done: released');
    const calls = paths().slice(before);
    const deletes = calls.flatMap((path, i) => (path === '/v4/eip/delete' ? [i] : []));
    expect([deletes.length, deletes.every(i => calls[i - 1] === '/v4/eip/show'), ids()]).toEqual([2, true, []]);
  });
});

describe('the report', () => {
  it('lists what is idle, its age, cost and deadline, and how to keep it', async () => {
    const { run } = await orphanStand([
      idle('eip-a'),
      idle('eip-b', { billingMethod: 'periodic', expiredAt: '+20d' }),
      idle('eip-c', { bandwidthType: 'upflowc' }),
    ]);
    const report = await run();
    const text = reportText(report, { lang: 'en', color: false });
    expect(text).toMatch(/2 unused EIPs: ¥219\.00 a month \(price query × 730 h\), and 1 of unknown cost/);
    expect(text).toMatch(/To keep one: give it a label/);
    expect(text).toMatch(/unused, paid for 20\.0 more days/);
    const json = reportJson(report).items.find(({ eip }) => eip.id === 'eip-a');
    expect(json).toMatchObject({
      decision: 'hold',
      reason: { code: 'idle', ageHours: 0, perMonth: '219.00', warnedAt: null },
    });
  });

  it('an action says that it cannot be undone', async () => {
    const { run, later } = await orphanStand([idle('eip-a')]);
    await run(at0());
    const json = reportJson(await later(60, at0(PLAN)));
    expect(json.items[0]?.action).toMatchObject({ kind: 'release', irreversible: true, price: '0.00' });
  });
});
