import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPERATIONS, operationNamed } from '../../shared/ctyun/api/catalogue.ts';
import { checkedParams } from '../../shared/ctyun/check.ts';
import type { Envelope } from '../../shared/ctyun/envelope.ts';
import { renewEip } from '../../shared/ctyun/orders.ts';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { REGION } from '../stand.ts';
import { examples, keysOf, read } from './vectors.ts';
import { type Whole, whole, wholeCloud } from './whole-cloud.ts';

type Field = { type: string; nullable?: boolean; note?: string; fields?: Fields; items?: Fields | string };
type Fields = { [name: string]: Field };
type Call = { name: string; group: string; params: { name: string }[]; response: Fields };
const calls = read('api.json') as Call[];

const month = { cycleType: 'month', cycleCount: 1 };
const when = { startTime: '2026-11-22 00:00:00', endTime: '2026-11-24 10:00:00' };
const device = { deviceIDs: ['203.0.113.1'] };
const eipID = 'eip-bound';
const pool = { bandwidthID: 'bandwidth-1' };
const six = { bandwidthID: 'bandwidth-6' };
const packages = { cycleType: 'MONTH', cycleCount: 1, count: 2, spec: 10 };
const onDemand = { resourceID: 'ord-od', resourceType: 'NETWORK' };
const periodic = { resourceID: 'ord-term', resourceType: 'NETWORK' };
const label = { resourceType: 'eip', resourceID: eipID };

/** What each call is asked with, beside the region. Reads that need no more are not listed. */
const PARAMS: Readonly<Record<string, Record<string, unknown>>> = {
  createEip: { ...month, name: 'fresh', bandwidth: 5 },
  createEipWithIpAddress: { ...month, name: 'fresh', ipAddress: '198.51.100.77' },
  associateEip: { eipID: 'eip-free', associationID: 'vm-1', associationType: 1 },
  disassociateEip: { eipID },
  modifyEipSpec: { eipID, bandwidth: 20 },
  renewEip: { eipID, ...month },
  deleteEip: { eipID: 'eip-free' },
  attachEipToVmPort: { eipID: 'eip-free', sourceID: 'vm-1', portID: 'port-1' },
  attachEipToBmPort: { eipID: 'eip-free', sourceID: 'bm-1', portID: 'port-1' },
  changeEipName: { eipID, name: '新名字' },
  getEipFilingStatus: { eipID },
  showEip: { eipID },
  eipQueryHistoryMonitor: { ...device, ...when, metricNames: ['ingressThroughput'] },
  eipNewQueryHistoryMonitor: { ...device, ...when, metricNames: ['ingressThroughput'], period: 3600 },
  eipQueryRealtimeMonitor: device,
  eipNewQueryRealtimeMonitor: device,
  checkEipAddress: { eipAddress: '203.0.113.1' },
  checkEipAddresses: { eipAddresses: ['203.0.113.1', '203.0.113.99'] },
  eipBandwidthUtilization: { eipID },
  eipIngressBandwidthUtilization: { eipID },
  eipEgressBandwidthUtilization: { eipID },
  eipQueryCreatePrice: { ...month, name: 'fresh', bandwidth: 5 },
  eipQueryModifyPrice: { eipID, bandwidth: 20 },
  eipQueryRenewPrice: { eipID, ...month },
  vpcCreateIpv6Gateway: { vpcID: 'vpc-3' },
  vpcDeleteIpv6Gateway: { ipv6GatewayID: 'ipv6gw-2' },
  vpcGetIpv6GatewayAttribute: { ipv6GatewayID: 'ipv6gw-1' },
  ipv6Ipv6Show: { ipv6ID: 'ipv6-1' },
  ipv6BandwidthShow: six,
  ipv6BandwidthCreate: { ...month, name: 'fresh', bandwidth: 3 },
  ipv6BandwidthUpdate: { ...six, name: 'renamed' },
  ipv6BandwidthDelete: six,
  ipv6BandwidthModifySpec: { ...six, bandwidth: 9 },
  ipv6BandwidthAddIpv6: { ...six, ip: '2001:db8::1' },
  ipv6BandwidthRemoveIpv6: { bandwidthID: 'bandwidth-6b', ip: '2001:db8::2' },
  ipv6BandwidthRenew: { ...six, ...month },
  ipv6BandwidthQueryCreatePrice: { ...month, name: 'fresh', bandwidth: 3 },
  ipv6BandwidthQueryModifyPrice: { ...six, bandwidth: 9 },
  ipv6BandwidthQueryRenewPrice: { ...six, ...month },
  flowPackageBuy: packages,
  flowPackageQueryPrice: { ...packages, resourceType: 'flow_pkg' },
  flowPackageRefund: { resourceID: 'bundle-1' },
  flowPackageShow: { sdpID: 'sdp-1' },
  flowPackageMetric: { sdpID: 'sdp-1', ...when },
  vpcIpv4GwShow: { ipv4GwID: 'igw-1' },
  vpcIpv4GwAddRouteTableBinding: { ipv4GwID: 'igw-1', routeTableID: 'rtb-1' },
  vpcIpv4GwRemoveRouteTableBinding: { ipv4GwID: 'igw-2' },
  bandwidthCreate: { ...month, name: 'fresh', bandwidth: 5 },
  bandwidthDelete: { bandwidthID: 'bandwidth-empty' },
  bandwidthDescribe: pool,
  bandwidthModifySpec: { ...pool, bandwidth: 50 },
  bandwidthModifyAttribute: { ...pool, name: 'renamed' },
  bandwidthAssociateEip: { ...pool, eipIDs: ['eip-free', eipID] },
  bandwidthDisassociateEip: { ...pool, eipIDs: ['eip-in'] },
  bandwidthRenew: { ...pool, ...month },
  bandwidthQueryCreatePrice: { ...month, name: 'fresh', bandwidth: 5 },
  bandwidthQueryModifyPrice: { ...pool, bandwidth: 50 },
  bandwidthQueryRenewPrice: { ...pool, ...month },
  bandwidthBandwidthUtilization: pool,
  bandwidthIngressBandwidthUtilization: pool,
  bandwidthEgressBandwidthUtilization: pool,
  orderChangeToCycle: { ...onDemand, ...month },
  orderChangeToNeed: { ...periodic, autoToNeed: true },
  orderQueryToCyclePrice: { ...onDemand, ...month },
  orderQueryToNeedPrice: periodic,
  orderTerminateCycle: periodic,
  labelsQueryLabelsByResource: label,
  labelsQueryResourcesByLabel: { labelKey: 'team' },
  labelsResourceBindLabel: { ...label, labelKey: 'env', labelValue: 'prod' },
  labelsResourceUnbindLabel: { ...label, labelID: 'label-none' },
};

/** Of an answer, what the documents themselves say may be missing or otherwise. */
const MAY_BE_ABSENT = /may be absent|same code|only first 3 ids/;
const EITHER = /accept both|string in schema|returnObj is an array|example object/;
/** On the compute product's calls; elsewhere on the same page it is absent on success. */
const ABSENT_ON_SUCCESS = new Set(['error', 'errorCode', 'description']);
/** Some two hundred quotas are documented, those of EIPs are simulated. */
const PARTIAL = new Set(['quotas']);
const ALSO: Readonly<Record<string, string>> = { monitors: 'monitor' };

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value;
const fits = ({ type, nullable, note = '' }: Field, actual: string): boolean =>
  type === actual ||
  (type === 'number' && actual === 'integer') ||
  ((nullable === true || /null/.test(note)) && actual === 'null') ||
  (EITHER.test(note) && actual !== 'null');

/** What of an answer is not as documented. */
function deviations(fields: Fields, value: Record<string, unknown>, path: string, partial = false): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const at = `${path}.${name}`;
    if (name.startsWith('<')) return [];
    const found = name in value ? value[name] : value[ALSO[name] ?? name];
    if (found === undefined)
      return partial || MAY_BE_ABSENT.test(field.note ?? '') || (path === '' && ABSENT_ON_SUCCESS.has(name))
        ? []
        : [`${at} is missing`];
    if (!fits(field, typeOf(found))) return [`${at} is ${typeOf(found)}, not ${field.type}`];
    const within = field.fields ?? (typeof field.items === 'object' ? field.items : undefined);
    const rows = Array.isArray(found) ? found : [found];
    return within ? rows.flatMap(row => deviations(within, row as Record<string, unknown>, at, PARTIAL.has(name))) : [];
  });
}

let cloud: Whole;
beforeAll(async () => {
  cloud = await whole();
});
afterAll(() => cloud.simulator.close());
beforeEach(() => {
  cloud.simulator.load(wholeCloud());
});

const region = ({ params }: Call) => (params.some(({ name }) => name === 'regionID') ? { regionID: REGION } : {});

/** Calls through the product's client over HTTP. @returns the envelope that came; the product's reading must succeed */
async function asked(call: Call): Promise<{ envelope: Envelope; answer: unknown }> {
  const operation = operationNamed(call.name)!;
  const orderId = call.name.endsWith('QueryUuid') ? await anOrder() : '';
  const id = call.name === 'ecsOrderQueryUuid' ? { masterOrderID: orderId } : orderId ? { masterOrderId: orderId } : {};
  const params = checkedParams(operation, { ...region(call), ...PARAMS[call.name], ...id });
  let envelope: Envelope = {};
  const listening = {
    ...operation,
    answer: (opened: Envelope) => {
      envelope = opened;
      return operation.answer(opened);
    },
  };
  const answer = await cloud.client.call(listening, params, operation.token === 'idempotent' ? 'token-1' : undefined);
  return { envelope, answer };
}

const anOrder = async (): Promise<string> => {
  const params = { regionID: REGION, eipID, cycleType: 'month', cycleCount: 1 } as const;
  return (await cloud.client.call(renewEip, params, 'token-0')).orderId;
};

describe.each(calls)('$group: $name, through real HTTP', call => {
  it('is answered in the documented shape, which the product reads', async () => {
    const { envelope } = await asked(call);
    expect(deviations(call.response, envelope, '')).toEqual([]);
  });

  it('is refused before anything is sent where parameters are wrong, all problems at once', () => {
    const operation = operationNamed(call.name)!;
    const before = cloud.simulator.calls().length;
    const required = Object.entries(operation.takes).flatMap(([name, { optional }]) => (optional ? [] : [name]));
    try {
      checkedParams(operation, { nonsense: 1 });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RejectedRequest);
      const { problems } = error as RejectedRequest;
      for (const name of ['nonsense', ...required])
        expect(problems.some(problem => problem.startsWith(`${name}:`))).toBe(true);
    }
    expect(cloud.simulator.calls().length).toBe(before);
  });
});

describe('answers have exactly the keys of the official example', () => {
  const names = ['checkEipAddress', 'checkEipAddresses', 'getEipFilingStatus', 'createEipWithIpAddress'];
  it.each([...names, 'bandwidthDescribe', 'bandwidthQueryRenewPrice'])('%s', async name => {
    const { envelope } = await asked(calls.find(call => call.name === name)!);
    const example = examples.requestsResponses.find(({ api }) => api === name)!;
    expect(keysOf(envelope)).toEqual(keysOf(example.response));
  });
});

it('every call is in this test', () => {
  expect(OPERATIONS.length).toBe(calls.length);
});
