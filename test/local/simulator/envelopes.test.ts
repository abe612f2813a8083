import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { bound, closeAll, DELETE, eip, LIST, MODIFY, month, REGION, RENEW, SHOW, stand } from './stand.ts';

closeAll();

const file = new URL('../../vectors/examples.json', import.meta.url);
const examples = JSON.parse(readFileSync(file, 'utf8')) as { requestsResponses: { api: string; response: Body }[] };
const example = (api: string): Body => examples.requestsResponses.find(one => one.api === api)!.response;

/** All key paths of an answer; items of arrays as `[]`, label-like series left open. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(item => keysOf(item, `${path}[]`)))].toSorted();
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.entries(value).flatMap(([key, item]) => [`${path}.${key}`, ...keysOf(item, `${path}.${key}`)]);
  return keys.toSorted();
}

const olderKeys = ['description', 'projectID', 'lineType', 'portID', 'isPackaged', 'billingMethod'];
const omit = [...olderKeys, 'enableSecondLevelMonitor'];
const device = { deviceIDs: ['198.51.100.5'] };
const past = { startTime: '2026-11-24 11:00:00', endTime: '2026-11-24 12:00:00', metricNames: ['ingressThroughput'] };
const instance = { displayName: 'a', instanceName: 'a', instanceStatus: 'running' };

describe('answers have exactly the keys of the official example', () => {
  it.each([
    ['newListEips', LIST, {}],
    ['showEip', SHOW, { eipID: 'eip-old' }],
    ['eipBandwidthUtilization', 'GET /v4/eip/bandwidth-utilization', { eipID: 'eip-1' }],
    ['modifyEipSpec', MODIFY, { eipID: 'eip-1', bandwidth: 6 }],
    ['deleteEip', DELETE, { eipID: 'eip-1' }],
    ['bandwidthQueryRenewPrice', 'POST /v4/eip/query-renew-price', month],
    ['eipQueryHistoryMonitor', 'POST /v4/eip/query-history-monitor', { ...device, ...past }],
    ['eipNewQueryHistoryMonitor', 'POST /v4/eip/new-query-history-monitor', { ...device, ...past }],
    ['listRegions', 'GET /v4/region/list-regions', {}],
    ['ecsListInstances', 'POST /v4/ecs/list-instances', {}],
  ])('%s', async (api, operation, params) => {
    const eips = operation === LIST || operation === SHOW ? [eip('eip-1'), eip('eip-old', { omit })] : [eip('eip-1')];
    const instances = [{ regionID: REGION, instanceID: 'vm-1', ...instance }];
    const { call } = await stand(operation === LIST ? [eip('eip-1')] : eips, { account: { instances } });
    const { body } = await call(operation, params);
    expect(body.statusCode).toBe(800);
    expect(keysOf(body)).toEqual(keysOf(example(api)));
  });

  it('the items of a realtime answer', async () => {
    const { call } = await stand([eip('eip-1')]);
    const { body } = await call('POST /v4/eip/query-realtime-monitor', device);
    const rows = body.returnObj as { itemList: Body }[];
    const item = example('eipQueryRealtimeMonitor').itemList as Body;
    expect(Object.keys(rows[0]!.itemList).toSorted()).toEqual(Object.keys(item).toSorted());
  });
});

describe('a call that is wrong', () => {
  it.each([
    [
      'without anything names all that is missing',
      RENEW,
      { clientToken: '' },
      /clientToken.*eipID.*cycleType.*cycleCount/,
    ],
    ['with a number as text', RENEW, { ...month, cycleCount: '1' }, /cycleCount/],
    ['with twelve months', RENEW, { ...month, cycleCount: 12 }, /cycleCount/],
    ['with four years', RENEW, { ...month, cycleType: 'year', cycleCount: 4 }, /cycleCount/],
    ['with a term of weeks', RENEW, { ...month, cycleType: 'week' }, /cycleType/],
    ['with a bandwidth of nothing', MODIFY, { eipID: 'eip-1', bandwidth: 0 }, /bandwidth/],
    ['with a token of 65 characters', RENEW, { ...month, clientToken: 'x'.repeat(65) }, /clientToken/],
    ['with a page of 51', LIST, { pageSize: 51 }, /pageSize/],
    ['with page 0', LIST, { pageNo: 0 }, /pageNo/],
  ])('%s is a parameter error', async (_, operation, params, problems) => {
    const open = await stand([eip('eip-1')]);
    const { status, body } = await open.call(operation, params);
    expect([status, body.statusCode, body.errorCode]).toEqual([200, 900, 'Openapi.Parameter.Error']);
    expect(body.message).toMatch(problems);
    expect(open.simulator.orders()).toEqual([]);
  });

  it('whose body is no JSON is a parameter error', async () => {
    const { call } = await stand([]);
    expect((await call(LIST, {}, { text: '{"regionID":' })).body.errorCode).toBe('Openapi.Parameter.Error');
  });

  it.each([
    ['an unknown region', SHOW, { regionID: 'r-9', eipID: 'eip-1' }, 'Openapi.RegionInfo.AccessFailed'],
    ['a region closed to the account', SHOW, { regionID: 'r-2', eipID: 'eip-1' }, 'Openapi.RegionInfo.AccessFailed'],
    ['a region without OpenAPI', SHOW, { regionID: 'r-shut', eipID: 'eip-1' }, 'Openapi.RegionInfo.AccessFailed'],
    ['an unknown EIP', SHOW, { eipID: 'eip-9' }, 'Openapi.Eip.NotFound'],
    ['renewing an unknown EIP', RENEW, { ...month, eipID: 'eip-9' }, 'Openapi.Eip.NotFound'],
    ['a quote for an unknown EIP', 'POST /v4/eip/query-renew-price', { ...month, eipID: 'x' }, 'Openapi.Eip.NotFound'],
  ])('%s is told by its code', async (_, operation, params, code) => {
    const { verdict } = await stand([eip('eip-1', bound)], { account: { deniedRegions: ['r-2'] } });
    expect(await verdict(operation, params)).toBe(code);
  });

  it('at an unknown path gets 404 from the gateway', async () => {
    const { call } = await stand([]);
    const { status, body } = await call('GET /v4/eip/nothing');
    expect([status, String(body.statusCode).slice(0, 6)]).toEqual([404, 'CTAPI_']);
  });
});

describe('lists', () => {
  const many = Array.from({ length: 53 }, (_, i) => eip(`eip-${i}`, i === 7 ? bound : {}));

  it.each([
    [{}, 10, 6],
    [{ pageSize: 50 }, 50, 2],
    [{ pageNo: 2, pageSize: 50 }, 3, 2],
    [{ pageNo: 3, pageSize: 50 }, 0, 2],
    [{ pageNo: 2, page: 1, pageSize: 50 }, 3, 2],
  ])('page %j has %i rows of %i pages', async (page, currentCount, totalPage) => {
    const { call } = await stand(many);
    const { eips, ...counts } = (await call(LIST, page)).body.returnObj as { eips: unknown[] };
    expect(eips).toHaveLength(currentCount);
    expect(counts).toEqual({ totalCount: 53, currentCount, totalPage });
  });

  it('have their counts at the top in the older call', async () => {
    const { call } = await stand(many);
    const { body } = await call('POST /v4/eip/list');
    expect([body.totalCount, body.currentCount, body.totalPage]).toEqual([53, 10, 6]);
  });

  it.each([
    [{ status: 'ACTIVE' }, ['eip-7']],
    [{ ids: ['eip-3', 'eip-9'] }, ['eip-3', 'eip-9']],
    [{ ip: '198.51.100.9' }, []],
    [{ ipType: 'ipv6' }, []],
  ])('pass the filter %j only', async (filter, ids) => {
    const { call } = await stand(many);
    const { eips } = (await call(LIST, filter)).body.returnObj as { eips: { ID: string }[] };
    expect(eips.map(({ ID }) => ID)).toEqual(ids);
  });

  it('show values that make no sense as they were loaded', async () => {
    const odd = { expiredAt: 'garbage', status: 'WEIRD', bandwidth: '5' };
    expect(await (await stand([eip('eip-1', odd)])).show()).toMatchObject(odd);
  });
});
