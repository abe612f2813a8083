import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { closeAll, eip, REGION, type Stand, stand } from './stand.ts';

closeAll();

const BUY = 'POST /v4/flow_package/buy';
const REFUND = 'POST /v4/flow_package/refund';
const packages = { cycleType: 'MONTH', cycleCount: 1, count: 2, spec: 100 };
const kept = { regionID: REGION, id: 'sdp-1', totalVolumn: '100', leftVolumn: '25', price: '40.00' };
const open = (flowPackages: Body[] = [], settings: Body = {}) =>
  stand([], { account: { flowPackages, balance: '1000.00' }, settings: { orderSeconds: 0, ...settings } });
const balanceOf = ({ simulator }: Stand) =>
  (simulator.state() as { accounts: { balance: string }[] }).accounts[0]?.balance;
const show = async ({ call }: Stand, sdpID: string) =>
  (await call('GET /v4/flow_package/show', { sdpID })).body.returnObj as Body;
const list = async ({ call }: Stand) =>
  (await call('GET /v4/flow_package/list')).body.returnObj as { id: string; status: number; leftVolumn: string }[];

describe('a traffic package', () => {
  it('is bought at the price that was quoted, once for one token', async () => {
    const cloud = await open();
    const quote = (await cloud.call('POST /v4/flow_package/query-price', { ...packages, resourceType: 'flow_pkg' }))
      .body.returnObj as { finalPrice: number; isSucceed: boolean };
    expect(quote).toMatchObject({ finalPrice: 80, isSucceed: true });
    const first = await cloud.call(BUY, { ...packages, clientToken: 'same' });
    const again = await cloud.call(BUY, { ...packages, clientToken: 'same' });
    expect(again.body.returnObj).toEqual(first.body.returnObj);
    expect(balanceOf(cloud)).toBe('920.00');
    const bought = await list(cloud);
    expect(bought.map(({ status, leftVolumn }) => [status, leftVolumn])).toEqual([
      [1, '100'],
      [1, '100'],
    ]);
    const { masterOrderID } = first.body.returnObj as Body;
    const { body } = await cloud.call('GET /v4/order/query-uuid', { masterOrderId: masterOrderID });
    expect((body.returnObj as Body).resourceUuid).toEqual(bought.map(({ id }) => id));
  });

  it('is drained by the control, which the usage query tells', async () => {
    const cloud = await open([{ ...kept, leftVolumn: '100' }]);
    const drained = async (body: unknown) =>
      (await fetch(`${cloud.simulator.url}/_sim/flow-package`, { method: 'POST', body: JSON.stringify(body) })).status;
    expect(await drained({ id: 'sdp-1', leftGb: 3 })).toBe(200);
    expect((await show(cloud, 'sdp-1')).leftVolumn).toBe('3');
    expect([await drained({ id: 'sdp-9', leftGb: 3 }), await drained({ id: 'sdp-1', leftGb: -1 })]).toEqual([400, 400]);
  });

  it('is refunded for what is left, and only once', async () => {
    const cloud = await open([kept]);
    expect(await cloud.verdict(REFUND, { resourceID: 'sdp-1' })).toBe('ok');
    expect([await show(cloud, 'sdp-1'), balanceOf(cloud)]).toMatchObject([
      { status: 5, statusText: '已退订' },
      '1010.00',
    ]);
    expect(await cloud.verdict(REFUND, { resourceID: 'sdp-1' })).toBe('Sim.FlowPackage.StateInvalid');
    expect(await cloud.verdict(REFUND, { resourceID: 'sdp-9' })).toBe('Sim.FlowPackage.NotFound');
  });

  it('runs out with its month', async () => {
    const cloud = await open();
    await cloud.call(BUY, { ...packages, count: 1 });
    cloud.simulator.clock.advance(32 * 86_400);
    expect((await list(cloud))[0]?.status).toBe(6);
  });

  it('whose order fails is not there, and costs nothing', async () => {
    const cloud = await open([], { orderSeconds: 2 });
    cloud.simulator.faults([{ kind: 'failed-order' }]);
    await cloud.call(BUY, packages);
    expect(balanceOf(cloud)).toBe('920.00');
    cloud.simulator.clock.advance(3);
    expect([await list(cloud), balanceOf(cloud)]).toEqual([[], '1000.00']);
  });

  it.each<[string, Body]>([
    ['a lower-case cycle', { cycleType: 'month' }],
    ['two months', { cycleCount: 2 }],
    ['a size of the year', { spec: 120 }],
    ['21 at once', { count: 21 }],
    ['none', { count: 0 }],
  ])('with %s is refused', async (_, change) => {
    const cloud = await open();
    expect(await cloud.verdict(BUY, { ...packages, ...change })).toBe('Openapi.Parameter.Error');
    expect(balanceOf(cloud)).toBe('1000.00');
  });
});

describe('what else the API does', () => {
  const od = eip('eip-od', { expiredAt: null, resourceID: 'ord-1', bandwidth: 5 });
  const resource = { resourceID: 'ord-1', resourceType: 'NETWORK' };

  it('an on-demand EIP gets a term, at the price that was quoted, and goes on without one when it is told to', async () => {
    const cloud = await stand([od], {
      ...{ settings: { orderSeconds: 0 }, account: { balance: '1000.00' } },
      prices: { discount: 0.5 },
    });
    const year = { ...resource, cycleType: 'month', cycleCount: 12 };
    const quote = (await cloud.call('POST /v4/order/query-to-cycle-price', { ...year, cycleCount: 2 })).body.returnObj;
    expect(quote).toEqual({ totalPrice: 115, finalPrice: 115 });
    expect(await cloud.verdict('POST /v4/order/change-to-cycle', { ...year, cycleCount: 13 })).toBe(
      'Openapi.Parameter.Error',
    );
    const { body } = await cloud.call('POST /v4/order/change-to-cycle', { ...year, cycleCount: 2 });
    expect(Object.keys(body.returnObj as Body)).toEqual(['masterOrderId', 'masterOrderNo']);
    expect(await cloud.show('eip-od')).toMatchObject({ billingMethod: 'periodic' });
    expect(balanceOf(cloud)).toBe('885.00');
    expect(await cloud.verdict('POST /v4/order/change-to-cycle', year)).toBe('Sim.Eip.Periodic');
    await cloud.call('POST /v4/order/change-to-need', { ...resource, autoToNeed: true });
    cloud.simulator.clock.advance(70 * 86_400);
    expect(await cloud.show('eip-od')).toMatchObject({ billingMethod: 'on_demand', expiredAt: null, status: 'DOWN' });
  });

  it('a conversion names the order’s resource, not the EIP', async () => {
    const cloud = await stand([od]);
    const wrong = { ...resource, resourceID: 'eip-od' };
    expect(await cloud.verdict('POST /v4/order/terminate-cycle', wrong)).toBe('Sim.Order.Resource.NotFound');
    expect(await cloud.verdict('POST /v4/order/terminate-cycle', resource)).toBe('Sim.Eip.NotPeriodic');
  });

  it('a new EIP has every field of an EIP, and no address that is in use', async () => {
    const cloud = await stand([eip('eip-1', { eipAddress: '198.51.100.1' })], { settings: { orderSeconds: 0 } });
    const fresh = { cycleType: 'month', cycleCount: 1, name: 'fresh' };
    const made = async () => {
      const { body } = await cloud.call('POST /v4/eip/create', fresh);
      return cloud.show((body.returnObj as { eipID: string }).eipID);
    };
    const [one, two, three] = [await made(), await made(), await made()];
    const keys = (row: Body) => Object.keys(row).toSorted();
    expect(keys(one)).toEqual(keys(await cloud.show('eip-1')));
    expect(new Set([one, two, three].map(({ eipAddress }) => eipAddress)).size).toBe(3);
    expect([one, two, three].map(({ eipAddress }) => eipAddress)).not.toContain('198.51.100.1');
    const taken = { ...fresh, ipAddress: '198.51.100.1' };
    expect(await cloud.verdict('POST /v4/eip/create-with-ipaddress', taken)).toBe('Sim.Eip.AddressTaken');
  });

  it('an EIP is renamed by the rule for names, and its address checked', async () => {
    const cloud = await stand([eip('eip-1', { eipAddress: '198.51.100.1' })]);
    expect(await cloud.verdict('POST /v4/eip/change-name', { eipID: 'eip-1', name: '1x' })).toBe(
      'Openapi.Parameter.Error',
    );
    await cloud.call('POST /v4/eip/change-name', { eipID: 'eip-1', name: '新名字' });
    expect((await cloud.show()).name).toBe('新名字');
    const used = async (eipAddress: string) =>
      ((await cloud.call('GET /v4/eip/check-address', { eipAddress })).body.returnObj as Body).used;
    expect([await used('198.51.100.1'), await used('198.51.100.2')]).toEqual([true, false]);
  });

  it('labels are kept for bandwidths, too, and found as "network"', async () => {
    const sharedBandwidths = [{ regionID: REGION, id: 'bandwidth-1' }];
    const cloud = await stand([], { account: { sharedBandwidths } });
    const label = { labelKey: 'team', labelValue: 'web' };
    await cloud.call('POST /v4/labels/resource_bind_label', {
      resourceType: 'bandwidth',
      resourceID: 'bandwidth-1',
      ...label,
    });
    const { body } = await cloud.call('GET /v4/labels/query_resources_by_label', { labelKey: 'team' });
    expect(body.returnObj).toMatchObject({ results: [{ resourceID: 'bandwidth-1', resourceType: 'network' }] });
  });

  it('a state with everything in it can be read and loaded again', async () => {
    const cloud = await stand([od], {
      account: {
        flowPackages: [kept],
        ipv6s: [{ regionID: REGION, ID: 'i', ipAddress: '::1' }],
        sharedBandwidths: [{ regionID: REGION, id: 'bandwidth-1' }],
      },
    });
    await cloud.call('POST /v4/bandwidth/associate-eip', { bandwidthID: 'bandwidth-1', eipIDs: ['eip-od'] });
    const state = JSON.parse(JSON.stringify(cloud.simulator.state())) as { accounts: unknown };
    cloud.simulator.load(state);
    expect(JSON.parse(JSON.stringify(cloud.simulator.state()))).toMatchObject({ accounts: state.accounts });
    await cloud.call('POST /v4/bandwidth/disassociate-eip', { bandwidthID: 'bandwidth-1', eipIDs: ['eip-od'] });
    expect((await cloud.show('eip-od')).bandwidth).toBe(5);
  });
});
