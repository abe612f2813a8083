import { afterAll, describe, expect, it } from 'vitest';
import { closeStands, due, outcomeOf, REGION, stand } from '../stand.ts';

afterAll(closeStands);

const PLAN = { mode: 'plan' };

describe('a run', () => {
  it('plans without changing anything', async () => {
    const { autoRenew, orders, simulator } = await stand([due('eip-a'), due('eip-b', { expiredAt: '+90d' })]);
    const report = await autoRenew(PLAN);
    expect([outcomeOf(report, 'eip-a'), outcomeOf(report, 'eip-b')]).toEqual(['planned', 'keep: not-due']);
    expect(orders()).toEqual([]);
    expect(simulator.calls().every(({ path }) => !/renew$|modify-spec|delete|associate/.test(path))).toBe(true);
    expect(report.health).toBe('ok');
  });

  it('renews exactly the due EIPs, and the second run orders nothing', async () => {
    const { autoRenew, orders } = await stand([
      due('eip-a'),
      due('eip-b', { expiredAt: '+90d' }),
      due('eip-c', { expiredAt: '+1d' }),
    ]);
    const report = await autoRenew();
    expect(
      orders()
        .map(({ eipID }) => eipID)
        .toSorted(),
    ).toEqual(['eip-a', 'eip-c']);
    expect([outcomeOf(report, 'eip-a'), outcomeOf(report, 'eip-c')]).toEqual(['done: renewed', 'done: renewed']);
    const second = await autoRenew();
    expect([orders().length, second.outcomes.size, second.health]).toEqual([2, 0, 'ok']);
  });

  it('starts with the most urgent', async () => {
    const { autoRenew } = await stand([
      due('eip-a', { expiredAt: '+5d' }),
      due('eip-b', { expiredAt: '+1d' }),
      due('eip-c', { expiredAt: '+90d' }),
    ]);
    const report = await autoRenew(PLAN);
    expect(report.plan.items.map(({ eip }) => eip.id)).toEqual(['eip-b', 'eip-a', 'eip-c']);
  });

  it('gives plan and apply of the same moment the same tokens', async () => {
    const { autoRenew, simulator } = await stand([due('eip-a')]);
    const planned = (await autoRenew(PLAN)).plan.items[0]?.verdict;
    await autoRenew();
    expect(simulator.orders()[0]?.clientToken).toBe(planned?.decision === 'act' && planned.action.token);
  });

  it('holds the whole plan where a cap would be crossed', async () => {
    const { autoRenew, orders } = await stand([due('eip-a'), due('eip-b')]);
    const report = await autoRenew({ limits: { maxActions: 1, maxSharePercent: 100 } });
    expect([report.plan.held.map(({ cap }) => cap), orders(), report.health, report.threw]).toEqual([
      ['maxActions'],
      [],
      'failed',
      true,
    ]);
    expect((await autoRenew({ mode: 'plan', limits: { maxActions: 1, maxSharePercent: 100 } })).health).toBe('ok');
  });

  it('obeys exempting labels', async () => {
    const { autoRenew, orders } = await stand([
      due('eip-a', { labels: { autopilot: 'off' } }),
      due('eip-b', { labels: { autopilot: 'on' } }),
    ]);
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 }, exempt: { labels: { autopilot: 'off' } } };
    const report = await autoRenew({ renew });
    expect([outcomeOf(report, 'eip-a'), outcomeOf(report, 'eip-b')]).toEqual(['keep: exempt-label', 'done: renewed']);
    const any = await autoRenew({ renew: { ...renew, withinDays: 60, exempt: { labels: { autopilot: '*' } } } });
    expect([outcomeOf(any, 'eip-b'), orders().length]).toEqual(['keep: exempt-label', 1]);
  });

  it('holds what is due while the labels cannot be read, and says so', async () => {
    const { autoRenew, orders, simulator } = await stand([due('eip-a')]);
    simulator.faults([{ kind: 'business-error', path: '/v4/labels/*', code: 'Openapi.Label.Broken' }]);
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 }, exempt: { labels: { autopilot: 'off' } } };
    const report = await autoRenew({ renew });
    expect([outcomeOf(report, 'eip-a'), orders().length, report.health]).toEqual([
      'hold: labels-unreadable',
      0,
      'failed',
    ]);
  });

  it('reads many pages, and labels of many pages', async () => {
    const eips = Array.from({ length: 130 }, (_, i) =>
      due(`eip-${String(i).padStart(3, '0')}`, { expiredAt: '+90d', labels: { team: 'x' } }),
    );
    const { autoRenew, simulator } = await stand(eips);
    const report = await autoRenew({
      ...PLAN,
      renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, exempt: { labels: { team: 'x' } } },
    });
    expect(report.plan.items.filter(({ verdict }) => verdict.reason.code === 'exempt-label')).toHaveLength(130);
    expect(simulator.calls().filter(({ path }) => path === '/v4/eip/new-list')).toHaveLength(3);
  });

  it('looks into every region with "*", and into a region named twice once', async () => {
    const regions = [
      { regionID: REGION, regionName: '华东1' },
      { regionID: 'region-2', regionName: '华南2' },
      { regionID: 'region-3', regionName: '关闭', openapiAvailable: false },
    ];
    const { autoRenew, orders } = await stand([due('eip-a'), due('eip-b', { regionID: 'region-2' })], { regions });
    const targets = [
      { account: 'main', regions: ['*'] },
      { account: 'main', regions: [REGION] },
    ];
    const report = await autoRenew({ targets });
    expect(report.targets.map(({ region, seen }) => [region, seen])).toEqual([
      [REGION, 1],
      ['region-2', 1],
    ]);
    expect(orders()).toHaveLength(2);
  });

  it('an unknown region is one clear problem, and the other regions go on', async () => {
    const { autoRenew, orders } = await stand([due('eip-a')]);
    const report = await autoRenew({ targets: [{ account: 'main', regions: ['nowhere', REGION] }] });
    expect(report.targets.map(({ problem }) => problem?.code ?? null)).toEqual(['no-access', null]);
    expect([orders().length, report.health, report.threw]).toEqual([1, 'mistake', true]);
  });

  it('an EIP that vanishes, is unbound or is renewed after the plan is skipped', async () => {
    const { autoRenew, simulator } = await stand([due('eip-a')]);
    simulator.faults([{ kind: 'business-error', path: '/v4/eip/show', code: 'Openapi.Eip.NotFound' }]);
    expect(outcomeOf(await autoRenew(), 'eip-a')).toBe('skipped: gone');
  });

  it('a price that rose after the plan is not paid', async () => {
    const { autoRenew, orders, simulator } = await stand([due('eip-a')]);
    simulator.faults([{ kind: 'price-changes', path: '/v4/eip/query-renew-price', after: 1, factor: 1.2 }]);
    expect([outcomeOf(await autoRenew(), 'eip-a'), orders()]).toEqual(['skipped: price-rose', []]);
  });

  it('a price that vanished after the plan is not guessed', async () => {
    const { autoRenew, orders, simulator } = await stand([due('eip-a')]);
    simulator.faults([{ kind: 'price-error', path: '/v4/eip/query-renew-price', after: 1 }]);
    const report = await autoRenew();
    expect([outcomeOf(report, 'eip-a'), orders(), report.health]).toEqual(['skipped: no-quote', [], 'failed']);
  });

  it('renews an expired EIP, where asked to, into a new term', async () => {
    const { autoRenew, simulator } = await stand([due('eip-a', { expiredAt: '-2d', status: 'EXPIRED' })]);
    expect(outcomeOf(await autoRenew(), 'eip-a')).toBe('hold: expired');
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 }, expired: 'renew' };
    expect(outcomeOf(await autoRenew({ renew }), 'eip-a')).toBe('done: renewed');
    expect(simulator.orders()).toHaveLength(1);
  });

  it('two accounts with the same key do not buy twice: what both see is held', async () => {
    const { autoRenew, orders } = await stand([due('eip-a')]);
    const report = await autoRenew({
      targets: [
        { account: 'main', regions: [REGION] },
        { account: 'again', regions: [REGION] },
      ],
    });
    expect([outcomeOf(report, 'eip-a'), orders(), report.health]).toEqual(['hold: seen-twice', [], 'failed']);
  });

  it('keeps every secret out of logs and reports', async () => {
    const { autoRenew, logged, simulator } = await stand([due('eip-a')]);
    simulator.faults([
      { kind: 'business-error', path: '/v4/eip/renew', code: 'X', message: `echo ${'s'.repeat(32)} ${'a'.repeat(32)}` },
    ]);
    const report = await autoRenew();
    const everything = JSON.stringify([logged, report, [...report.outcomes.values()]]);
    expect(everything).toContain('echo *** ***');
    expect(everything).not.toContain('s'.repeat(32));
  });
});
