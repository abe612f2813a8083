import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { closeAll, eip, REGION, type Stand, stand } from './stand.ts';

closeAll();

const JOIN = 'POST /v4/bandwidth/associate-eip';
const LEAVE = 'POST /v4/bandwidth/disassociate-eip';
const row = (values: Body): Body => ({ regionID: REGION, ...values });
const pool = (change: Body = {}) =>
  row({ id: 'bandwidth-1', name: 'pool', bandwidth: 50, expireAt: '+10d', ...change });
const one = { bandwidthID: 'bandwidth-1' };
const month = { cycleType: 'month', cycleCount: 1 };
const open = (sharedBandwidths: Body[], eips: Body[] = [eip('eip-1'), eip('eip-2')], settings: Body = {}) =>
  stand(eips, { account: { sharedBandwidths, balance: '90000' }, settings: { orderSeconds: 0, ...settings } });
const described = async ({ call }: Stand) => (await call('GET /v4/bandwidth/describe', one)).body.returnObj as Body;
const balanceOf = ({ simulator }: Stand) =>
  Number((simulator.state() as { accounts: { balance: string }[] }).accounts[0]?.balance);

describe('an EIP in a shared bandwidth', () => {
  it('shows the pool and its bandwidth, and has its own again when it leaves', async () => {
    const cloud = await open([pool()]);
    expect(await cloud.verdict(JOIN, { ...one, eipIDs: ['eip-1', 'eip-2'] })).toBe('ok');
    expect(await cloud.show()).toMatchObject({ bandwidthID: 'bandwidth-1', bandwidth: 50 });
    expect((await described(cloud)).eips).toHaveLength(2);
    await cloud.call('POST /v4/bandwidth/modify-spec', { ...one, bandwidth: 80 });
    expect((await cloud.show()).bandwidth).toBe(80);
    await cloud.call(LEAVE, { ...one, eipIDs: ['eip-1'] });
    expect(await cloud.show()).toMatchObject({ bandwidthID: '', bandwidth: 5 });
    expect(await cloud.show()).not.toHaveProperty('own');
    expect((await described(cloud)).eips).toEqual([{ ip: '198.51.100.5', eipID: 'eip-2' }]);
  });

  it('cannot be resized, nor join twice; a pool with EIPs cannot be deleted', async () => {
    const cloud = await open([pool()]);
    await cloud.call(JOIN, { ...one, eipIDs: ['eip-1'] });
    expect(await cloud.verdict('POST /v4/eip/modify-spec', { eipID: 'eip-1', bandwidth: 9 })).toBe(
      'Sim.Eip.InSharedBandwidth',
    );
    expect(await cloud.verdict(JOIN, { ...one, eipIDs: ['eip-1'] })).toBe('Sim.Eip.StateInvalid');
    expect(await cloud.verdict('POST /v4/bandwidth/delete', one)).toBe('Sim.Sharedbandwidth.Bound');
    await cloud.call(LEAVE, { ...one, eipIDs: ['eip-1'] });
    expect(await cloud.verdict('POST /v4/bandwidth/delete', one)).toBe('ok');
    expect(await cloud.verdict('GET /v4/bandwidth/describe', one)).toBe('Openapi.Sharedbandwidth.NotFound');
  });

  it('that was made inside falls to 1 Mbps when it leaves', async () => {
    const cloud = await open([pool()]);
    const inside = { name: 'inside', cycleType: 'on_demand', ...one };
    const { eipID = '' } = (await cloud.call('POST /v4/eip/create', inside)).body.returnObj as { eipID?: string };
    expect(await cloud.show(eipID)).toMatchObject({
      bandwidth: 50,
      bandwidthID: 'bandwidth-1',
      billingMethod: 'on_demand',
    });
    await cloud.call(LEAVE, { ...one, eipIDs: [eipID] });
    expect((await cloud.show(eipID)).bandwidth).toBe(1);
  });

  it.each([
    ['none', [], 'Openapi.Parameter.Error'],
    ['51', Array.from({ length: 51 }, () => 'eip-1'), 'Openapi.Parameter.Error'],
    ['one that is not there', ['eip-1', 'eip-9'], 'Openapi.Eip.NotFound'],
  ])('%s: nothing joins', async (_, eipIDs, code) => {
    const cloud = await open([pool()]);
    expect(await cloud.verdict(JOIN, { ...one, eipIDs })).toBe(code);
    expect((await described(cloud)).eips).toEqual([]);
  });

  it('cannot join a frozen pool, but can leave it', async () => {
    const cloud = await open(
      [pool({ status: 'FREEZING' })],
      [eip('eip-1', { bandwidthID: 'bandwidth-1' }), eip('eip-2')],
    );
    expect(await cloud.verdict(JOIN, { ...one, eipIDs: ['eip-2'] })).toBe('Sim.Sharedbandwidth.StateInvalid');
    expect(await cloud.verdict(LEAVE, { ...one, eipIDs: ['eip-1'] })).toBe('ok');
  });

  it('joins once for one token, and the token is not another call’s', async () => {
    const cloud = await open([pool()]);
    const join = { ...one, eipIDs: ['eip-1'], clientToken: 'same' };
    expect([await cloud.verdict(JOIN, join), await cloud.verdict(JOIN, join)]).toEqual(['ok', 'ok']);
    expect(await cloud.verdict(JOIN, { ...join, eipIDs: ['eip-2'] })).toBe('Sim.ClientToken.ParametersDiffer');
  });

  it('gets back what it had, whatever joins and leaves in whatever order', async () => {
    const step = fc.record({
      eipID: fc.constantFrom('eip-1', 'eip-22'),
      join: fc.boolean(),
      pool: fc.constantFrom('bandwidth-1', 'bandwidth-2'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
        const pools = [pool(), pool({ id: 'bandwidth-2', bandwidth: 9 })];
        const cloud = await open(pools, [eip('eip-1', { bandwidth: 3 }), eip('eip-22', { bandwidth: 7 })]);
        for (const { eipID, join, pool: bandwidthID } of steps)
          await cloud.call(join ? JOIN : LEAVE, { bandwidthID, eipIDs: [eipID] });
        for (const [eipID, own] of [
          ['eip-1', 3],
          ['eip-22', 7],
        ] as const) {
          const { bandwidthID, bandwidth } = await cloud.show(eipID);
          expect(bandwidth).toBe(bandwidthID === 'bandwidth-1' ? 50 : bandwidthID === 'bandwidth-2' ? 9 : own);
        }
        await cloud.simulator.close();
      }),
      { numRuns: 25 },
    );
  });
});

describe('a shared bandwidth', () => {
  it('is bought, listed under both calls, renewed and expires', async () => {
    const cloud = await open([]);
    const { bandwidthID = '' } = (
      await cloud.call('POST /v4/bandwidth/create', { ...month, name: 'new', bandwidth: 5 })
    ).body.returnObj as { bandwidthID?: string };
    expect(cloud.simulator.orders()[0]).toMatchObject({
      product: 'sharedBandwidths',
      resourceID: bandwidthID,
      eipID: '',
    });
    const older = (await cloud.call('GET /v4/bandwidth/list', { queryContent: 'ew' })).body;
    const newer = (await cloud.call('GET /v4/bandwidth/new-list')).body.returnObj as Body;
    expect([older.returnObj, older.totalCount]).toEqual([newer.bandwidths, newer.totalCount]);
    const [{ expireAt = '' }] = older.returnObj as [{ expireAt?: string }];
    await cloud.call('POST /v4/bandwidth/renew', { bandwidthID, ...month });
    const after = (await cloud.call('GET /v4/bandwidth/describe', { bandwidthID })).body.returnObj as {
      expireAt: string;
    };
    expect(Date.parse(after.expireAt) - Date.parse(expireAt)).toBe(31 * 86_400_000);
    cloud.simulator.clock.advance(70 * 86_400);
    expect((await cloud.call('GET /v4/bandwidth/describe', { bandwidthID })).body.returnObj).toMatchObject({
      status: 'EXPIRED',
    });
  });

  it.each([
    ['short-page', {}, 1, 2],
    ['duplicate-row', {}, 2, 2],
    ['wrong-count', { delta: 5 }, 2, 7],
  ])('is listed with the fault %s in both calls', async (kind, more, rows, totalCount) => {
    const cloud = await open([pool(), pool({ id: 'bandwidth-2' })]);
    cloud.simulator.faults([{ kind, ...more }]);
    const older = (await cloud.call('GET /v4/bandwidth/list')).body;
    const newer = (await cloud.call('GET /v4/bandwidth/new-list')).body.returnObj as Body;
    expect([older.returnObj, newer.bandwidths]).toEqual([expect.objectContaining({ length: rows }), older.returnObj]);
    expect([older.totalCount, newer.totalCount]).toEqual([totalCount, totalCount]);
  });

  it('can be struck alone by a fault, and is named in the record of calls', async () => {
    const cloud = await open([pool(), pool({ id: 'bandwidth-2' })]);
    cloud.simulator.faults([{ kind: 'business-error', bandwidthID: 'bandwidth-2', code: 'Sim.Test' }]);
    const renewed = (bandwidthID: string) => cloud.verdict('POST /v4/bandwidth/renew', { bandwidthID, ...month });
    expect([await renewed('bandwidth-1'), await renewed('bandwidth-2')]).toEqual(['ok', 'Sim.Test']);
    expect(cloud.simulator.calls().map(({ bandwidthID }) => bandwidthID)).toEqual(['bandwidth-1', 'bandwidth-2']);
  });

  it.each([4, 1001])('of %i Mbps is refused', async bandwidth => {
    const cloud = await open([pool()]);
    expect(await cloud.verdict('POST /v4/bandwidth/modify-spec', { ...one, bandwidth })).toBe(
      'Openapi.Parameter.Error',
    );
  });

  it('obeys the rules of every order: price, one at a time, token, money back', async () => {
    const cloud = await open([pool()], [], { orderSeconds: 2 });
    const quote = (await cloud.call('POST /v4/bandwidth/query-renew-price', { ...one, ...month })).body.returnObj as {
      finalPrice: number;
    };
    cloud.simulator.faults([{ kind: 'failed-order', times: 1, path: '/v4/bandwidth/renew' }]);
    await cloud.call('POST /v4/bandwidth/renew', { ...one, ...month, clientToken: 'r' });
    expect(balanceOf(cloud)).toBe(90_000 - quote.finalPrice);
    expect(await cloud.verdict('POST /v4/bandwidth/renew', { ...one, ...month })).toBe('Openapi.Order.Inprogress');
    expect(await cloud.verdict('POST /v4/bandwidth/renew', { ...one, ...month, clientToken: 'r' })).toBe('ok');
    expect(cloud.simulator.orders()).toHaveLength(1);
    cloud.simulator.clock.advance(3);
    expect(balanceOf(cloud)).toBe(90_000);
  });

  it('on demand is not renewed, and its use is that of all its EIPs', async () => {
    const load = { egressMbps: 10, ingressMbps: 5 };
    const members = ['eip-1', 'eip-22'].map(id => eip(id, { bandwidthID: 'bandwidth-1', load }));
    const cloud = await open([pool({ expireAt: null })], members);
    expect(await cloud.verdict('POST /v4/bandwidth/renew', { ...one, ...month })).toBe(
      'Sim.Sharedbandwidth.NotPeriodic',
    );
    const { body } = await cloud.call('GET /v4/bandwidth/bandwidth-utilization', one);
    expect(body.returnObj).toEqual({ ingressBandwidthUtilization: '20%', egressBandwidthUtilization: '40%' });
  });
});
