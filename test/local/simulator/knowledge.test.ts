import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { closeAll, eip, REGION, stand } from './stand.ts';

closeAll();

const UTILISATION = 'GET /v4/eip/bandwidth-utilization';
const REALTIME = 'POST /v4/eip/new-query-realtime-monitor';
const HISTORY = 'POST /v4/eip/new-query-history-monitor';
const step = {
  points: [
    { at: '-15m', egressMbps: 95, ingressMbps: 1 },
    { at: '-5m', egressMbps: 20 },
  ],
};
const loaded = (load: Body, change: Body = {}) => [eip('eip-1', { bandwidth: 100, load, ...change })];

describe('utilisation', () => {
  it.each([
    ['a constant load', { egressMbps: 40, ingressMbps: 3 }, '40%', '3%'],
    ['the step that holds now', step, '20%', '0%'],
    ['the step of ten minutes ago, where data are late', { ...step, staleSeconds: 600 }, '95%', '1%'],
    ['nothing before the first step', { ...step, staleSeconds: 3600 }, '0%', '0%'],
  ])('is of %s', async (_, load, egressBandwidthUtilization, ingressBandwidthUtilization) => {
    const { call } = await stand(loaded(load));
    const found = async (operation: string) => (await call(operation, { eipID: 'eip-1' })).body.returnObj;
    expect(await found(UTILISATION)).toEqual({ egressBandwidthUtilization, ingressBandwidthUtilization });
    expect(await found('GET /v4/eip/egress-bandwidth-utilization')).toEqual({ egressBandwidthUtilization });
    expect(await found('GET /v4/eip/ingress-bandwidth-utilization')).toEqual({ ingressBandwidthUtilization });
  });

  it('is 0% of an EIP of which the state says nothing', async () => {
    const { call } = await stand([eip('eip-1')]);
    const { body } = await call(UTILISATION, { eipID: 'eip-1' });
    expect(body.returnObj).toMatchObject({ egressBandwidthUtilization: '0%' });
  });

  it.each([
    ['missing data', { missing: true }, {}],
    ['a bandwidth that is no number', { egressMbps: 1 }, { bandwidth: 'wide' }],
  ])('of %s is an error, not idleness', async (_, load, change) => {
    const { verdict } = await stand(loaded(load, change));
    expect(await verdict(UTILISATION, { eipID: 'eip-1' })).toBe('Monitor.DataQuery.QueryError');
  });
});

describe('the monitor', () => {
  it('knows devices by address; values are text, bandwidth in Mb/s, throughput in MB/min', async () => {
    const { call } = await stand(loaded({ egressMbps: 40, ingressMbps: 3 }));
    const { body } = await call(REALTIME, { deviceIDs: ['198.51.100.5'] });
    const { monitors } = body.returnObj as { monitors: { itemList: Body; lastUpdated: string }[] };
    const values = { egressBandwidth: '40', ingressBandwidth: '3', egressThroughput: '300', ingressThroughput: '22.5' };
    expect(monitors[0]?.itemList).toMatchObject(values);
    expect(monitors[0]?.lastUpdated).toContain('2026-11-24 10:00:0');
  });

  it.each([
    ['an EIP without data', { missing: true }, ['198.51.100.5']],
    ['an address that is not the account’s', { egressMbps: 1 }, ['192.0.2.1']],
  ])('leaves out %s', async (_, load, deviceIDs) => {
    const { call } = await stand(loaded(load));
    expect((await call(REALTIME, { deviceIDs })).body.returnObj).toMatchObject({ totalCount: 0, monitors: [] });
  });

  const hour = { startTime: '2026-11-24 09:40:00', endTime: '2026-11-24 11:00:00', deviceIDs: ['198.51.100.5'] };
  const metricNames = ['egressBandwidth', 'unheardOf'];
  it('tells the past in steps of the period, and nothing of the future', async () => {
    const { call } = await stand(loaded(step));
    const { body } = await call(HISTORY, { ...hour, metricNames, period: 300 });
    const { monitor } = body.returnObj as { monitor: { itemAggregateList: Record<string, { value: string }[]> }[] };
    const { egressBandwidth, unheardOf } = monitor[0]!.itemAggregateList;
    expect(egressBandwidth?.map(({ value }) => value)).toEqual(['0', '95', '95', '20', '20']);
    expect(unheardOf).toEqual([]);
  });

  it.each([
    ['a period below the least', { period: 59 }],
    ['an end before the start', { endTime: '2026-11-24 09:00:00' }],
    ['a time that is none', { startTime: 'yesterday' }],
  ])('refuses %s', async (_, change) => {
    const { verdict } = await stand(loaded(step));
    expect(await verdict(HISTORY, { ...hour, metricNames, ...change })).toBe('Openapi.Parameter.Error');
  });
});

describe('labels', () => {
  const of = { resourceType: 'eip', resourceID: 'eip-1' };
  it('are bound, found and unbound; EIPs are found as "network"', async () => {
    const { call } = await stand([eip('eip-1', { labels: { autopilot: 'off' } }), eip('eip-2')]);
    await call('POST /v4/labels/resource_bind_label', { ...of, labelKey: 'team', labelValue: 'web' });
    const list = async () => (await call('GET /v4/labels/query_labels_by_resource', of)).body.returnObj as Body;
    const { results } = (await list()) as { results: { labelID: string; labelKey: string }[] };
    expect(results.map(({ labelKey }) => labelKey)).toEqual(['autopilot', 'team']);
    const { body } = await call('GET /v4/labels/query_resources_by_label', { labelKey: 'team' });
    expect(body.returnObj).toMatchObject({
      results: [{ resourceID: 'eip-1', resourceType: 'network' }],
      totalCount: 1,
    });
    await call('POST /v4/labels/resource_unbind_label', { ...of, labelID: results[0]!.labelID });
    expect((await list()).totalCount).toBe(1);
  });

  it('cannot be searched for without saying which', async () => {
    const { verdict } = await stand([]);
    expect(await verdict('GET /v4/labels/query_resources_by_label')).toBe('Openapi.Parameter.Error');
  });
});

it('lists regions and the instances of one', async () => {
  const instances = [
    { regionID: REGION, instanceID: 'vm-1', instanceStatus: 'running' },
    { regionID: 'r-2', instanceID: 'vm-2' },
  ];
  const { call } = await stand([], { account: { instances } });
  const { regionList } = (await call('GET /v4/region/list-regions')).body.returnObj as { regionList: Body[] };
  expect(regionList.map(({ regionID }) => regionID)).toEqual([REGION, 'r-2', 'r-shut']);
  const { body } = await call('POST /v4/ecs/list-instances');
  const only = { instanceID: 'vm-1', instanceStatus: 'running' };
  expect(body.returnObj).toEqual({ currentCount: 1, totalCount: 1, totalPage: 1, results: [only] });
});

it('quotes more for a longer term, a wider line and at list price', async () => {
  const open = await stand([eip('eip-1')], { prices: { discount: 0.5 } });
  const price = async (name: string, params: Body) =>
    ((await open.call(`POST /v4/eip/query-${name}-price`, { eipID: 'eip-1', ...params })).body.returnObj as Body)
      .finalPrice;
  const one = Number(await price('renew', { cycleType: 'month', cycleCount: 1 }));
  expect(await price('renew', { cycleType: 'month', cycleCount: 3 })).toBe(one * 3);
  expect(await price('renew', { cycleType: 'year', cycleCount: 1 })).toBe(one * 10);
  expect(await price('modify', { bandwidth: 10 })).toBe(200);
  expect(await price('create', { name: 'ab', cycleType: 'month', cycleCount: 1, bandwidth: 5 })).toBe(one);
  expect(await price('create', { name: 'ab', cycleType: 'on_demand', bandwidth: 5 })).toBe(0.15);
});
