import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { associateEip, attachEipToVmPort, disassociateEip } from '../../shared/ctyun/binding.ts';
import { type CtyunClient, createClient } from '../../shared/ctyun/client.ts';
import { showEip } from '../../shared/ctyun/eips.ts';
import { endpointOf } from '../../shared/ctyun/hosts.ts';
import { listInstances } from '../../shared/ctyun/instances.ts';
import { resourcesLabelled } from '../../shared/ctyun/labels.ts';
import {
  BANDWIDTH_METRICS,
  beijingWallTime,
  queryHistoryMonitor,
  queryRealtimeMonitor,
  queryUtilisation,
} from '../../shared/ctyun/monitor.ts';
import { deleteEip, modifyEipSpec, queryOrder, renewEip } from '../../shared/ctyun/orders.ts';
import { queryCreatePrice, queryModifyPrice, queryRenewPrice } from '../../shared/ctyun/prices.ts';
import { listRegions } from '../../shared/ctyun/regions.ts';
import { PATIENT } from '../../shared/ctyun/retry.ts';
import { sendOverHttp } from '../../shared/edge/network.ts';
import { systemClock } from '../../shared/edge/system.ts';
import { due, KEY, REGION } from '../stand.ts';

const NOW = '2026-11-24T02:00:00Z';
const on = (eipID: string) => ({ regionID: REGION, eipID });
const free = { status: 'DOWN', associationID: '', associationType: null };

let simulator: Simulator;
let client: CtyunClient;

beforeAll(async () => {
  simulator = await startSimulator();
  client = createClient({
    credentials: { current: async () => KEY, refresh: async () => KEY },
    endpoint: endpointOf(simulator.url),
    wire: sendOverHttp,
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    random: () => 0,
    concurrency: 4,
    timeoutMs: 2000,
    retry: PATIENT,
    deadline: new Date(Date.now() + 60_000),
  });
  simulator.load({
    now: NOW,
    regions: [
      { regionID: REGION, regionName: '华东1' },
      { regionID: 'closed', regionName: '关', openapiAvailable: false },
    ],
    accounts: [
      {
        name: 'main',
        ...KEY,
        eips: [
          due('eip-a', {
            eipAddress: '203.0.113.1',
            bandwidth: 10,
            load: { egressMbps: 8, ingressMbps: 0.5 },
            labels: { team: 'x' },
          }),
          due('eip-b', {
            eipAddress: '203.0.113.2',
            load: {
              points: [
                { at: '-20m', egressMbps: 1, ingressMbps: 0 },
                { at: '-11m', egressMbps: 4, ingressMbps: 2 },
              ],
            },
          }),
          due('eip-free', { eipAddress: '203.0.113.3', ...free }),
          due('eip-port', { eipAddress: '203.0.113.4', ...free }),
          due('eip-gone', { eipAddress: '203.0.113.5', ...free, expiredAt: null, billingMethod: 'on_demand' }),
        ],
        instances: [
          {
            regionID: REGION,
            instanceID: 'vm-1',
            displayName: '主机',
            instanceStatus: 'running',
            networkCardList: [
              { networkCardID: 'nic-2', isMaster: false },
              { networkCardID: 'nic-1', isMaster: true },
              {},
            ],
          },
          { regionID: REGION, instanceID: 'vm-2' },
        ],
      },
    ],
    settings: { orderSeconds: 0, bindSeconds: 0 },
  });
});
afterAll(() => simulator.close());

describe('the hosts', () => {
  it('are those of the products, unless replaced', () => {
    expect(endpointOf(undefined)('ctvpc')).toBe('https://ctvpc-global.ctapi.ctyun.cn');
    expect(endpointOf(undefined)('ctecs')).toBe('https://ctecs-global.ctapi.ctyun.cn');
    expect(endpointOf('http://127.0.0.1:1')('ctecs')).toBe('http://127.0.0.1:1');
  });
});

describe('every operation, through real HTTP', () => {
  it('listRegions leaves out what does not answer the API', async () => {
    expect(await client.call(listRegions, {})).toEqual([{ id: REGION, name: '华东1' }]);
  });

  it('the three prices, in fen', async () => {
    const create = { regionID: REGION, name: 'x', bandwidth: 5, cycleCount: 1, demandBillingType: undefined };
    expect(await client.call(queryCreatePrice, { ...create, cycleType: 'month' })).toBe(11_500);
    expect(await client.call(queryRenewPrice, { ...on('eip-b'), cycleType: 'year', cycleCount: 1 })).toBe(115_000);
    expect(await client.call(queryModifyPrice, { ...on('eip-b'), bandwidth: 10 })).toBe(40_000);
  });

  it('an order, its end, and the same order for the same token', async () => {
    const change = { ...on('eip-a'), bandwidth: 20 };
    const { orderId } = await client.call(modifyEipSpec, change, 'token-modify');
    expect(await client.call(modifyEipSpec, change, 'token-modify')).toEqual({ orderId });
    expect(await client.call(queryOrder, { masterOrderID: orderId })).toEqual({ status: '3', phase: 'finished' });
    expect((await client.call(showEip, on('eip-a'))).bandwidthMbps).toBe(20);
  });

  it('a renewal moves the expiry by the calendar', async () => {
    await client.call(renewEip, { ...on('eip-b'), cycleType: 'month', cycleCount: 2 }, 'token-renew');
    expect((await client.call(showEip, on('eip-b'))).expiresAt).toEqual(new Date('2027-01-27T02:00:00Z'));
  });

  it('an order without a token is a bug, not a purchase', async () => {
    await expect(client.call(deleteEip, on('eip-b'))).rejects.toThrow('deleteEip needs a token');
  });

  it('binding, to an instance and to a NIC, and unbinding', async () => {
    await client.call(associateEip, { ...on('eip-free'), associationID: 'vm-1', associationType: 1 }, 't1');
    expect((await client.call(showEip, on('eip-free'))).association).toEqual({ type: 'INSTANCE', id: 'vm-1' });
    await client.call(disassociateEip, on('eip-free'), 't2');
    expect((await client.call(showEip, on('eip-free'))).bound).toBe(false);
    await client.call(attachEipToVmPort, { ...on('eip-port'), sourceID: 'vm-1', portID: 'nic-2' }, 't3');
    expect(await client.call(showEip, on('eip-port'))).toMatchObject({ bound: true, portId: 'nic-2' });
  });

  it('a deleted EIP is not found', async () => {
    await client.call(deleteEip, on('eip-gone'), 'token-delete');
    await expect(client.call(showEip, on('eip-gone'))).rejects.toMatchObject({
      kind: 'not-found',
      code: 'Openapi.Eip.NotFound',
    });
  });

  it('labels, by key and by value', async () => {
    expect(await resourcesLabelled(client, REGION, 'team', 'x')).toEqual(['eip-a']);
    expect(await resourcesLabelled(client, REGION, 'team', '*')).toEqual(['eip-a']);
    expect(await resourcesLabelled(client, REGION, 'team', 'y')).toEqual([]);
  });

  it('instances, the main NIC first', async () => {
    const query = { regionID: REGION, instanceIDList: 'vm-1', pageNo: 1, pageSize: 50 };
    expect(await client.call(listInstances, query)).toEqual({
      totalCount: 1,
      instances: [{ id: 'vm-1', name: '主机', status: 'running', portIds: ['nic-1', 'nic-2'] }],
    });
    const all = await client.call(listInstances, { ...query, instanceIDList: undefined });
    expect(all.instances[1]).toEqual({ id: 'vm-2', name: null, status: null, portIds: [] });
  });
});

describe('metrics, by address', () => {
  const devices = { regionID: REGION, deviceIDs: ['203.0.113.2'], pageNo: 1, pageSize: 50 };

  it('the latest', async () => {
    const [metrics] = await client.call(queryRealtimeMonitor, { ...devices, deviceIDs: ['203.0.113.1'] });
    expect(metrics?.address).toBe('203.0.113.1');
    expect(metrics?.samples.egress[0]?.mbps).toBe(8);
    expect(metrics?.samples.ingress[0]?.mbps).toBe(0.5);
    expect(Math.abs((metrics?.samples.egress[0]?.at?.getTime() ?? 0) - simulator.clock.now().getTime())).toBeLessThan(
      2000,
    );
  });

  it('a history, in Beijing wall time', async () => {
    const now = simulator.clock.now();
    const startTime = beijingWallTime(new Date(now.getTime() - 15 * 60_000));
    const query = { ...devices, metricNames: BANDWIDTH_METRICS, startTime, endTime: beijingWallTime(now), period: 300 };
    const [metrics] = await client.call(queryHistoryMonitor, query);
    expect(metrics?.samples.egress.map(({ mbps }) => mbps).slice(-2)).toEqual([4, 4]);
    expect(metrics?.samples.egress.length).toBeGreaterThanOrEqual(3);
    expect(metrics?.samples.ingress.at(-1)?.mbps).toBe(2);
  });

  it('writes an instant as Beijing does', () => {
    expect(beijingWallTime(new Date('2022-11-07T09:42:27Z'))).toBe('2022-11-07 17:42:27');
  });

  it('utilisation in percent', async () => {
    expect(await client.call(queryUtilisation, on('eip-b'))).toEqual({ ingress: 40, egress: 80 });
  });

  it.each<[string, unknown, { at: Date | null; mbps: number | null }[]]>([
    [
      'an item in an array, as the schema has it',
      [{ egressBandwidth: '6', samplingTime: '1667796584' }],
      [{ at: new Date(1_667_796_584_000), mbps: 6 }],
    ],
    ['what is no number', { egressBandwidth: 'n/a', samplingTime: null }, [{ at: null, mbps: null }]],
    ['an empty text', { egressBandwidth: '' }, [{ at: null, mbps: null }]],
    ['no item', null, []],
  ])('reads %s', (_sentence, itemList, expected) => {
    const [metrics] = queryRealtimeMonitor.answer({ returnObj: [{ deviceID: '1.2.3.4', itemList }] });
    expect(metrics?.samples.egress).toEqual(expected);
  });

  it.each(['monitor', 'monitors'])('reads a history under the key %s', key => {
    const row = { deviceID: '1.2.3.4', itemAggregateList: [{ egressBandwidth: [{ samplingTime: 1, value: '2' }] }] };
    const [metrics] = queryHistoryMonitor.answer({ returnObj: { [key]: [row] } });
    expect(metrics?.samples).toEqual({ ingress: [], egress: [{ at: new Date(1000), mbps: 2 }] });
  });

  it('an answer without a list is not believed', () => {
    expect(() => queryHistoryMonitor.answer({ returnObj: {} })).toThrow('not as documented');
    expect(() => queryRealtimeMonitor.answer({})).toThrow('not as documented');
  });
});
