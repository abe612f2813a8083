/** IPv6 addresses and the bandwidths that give them a way out. One bandwidth carries one address. */
import { type Answer, failure, success } from './answers.ts';
import { found, IPV6_BANDWIDTH, notFound, refused } from './products.ts';
import type { Row } from './resource-state.ts';
import { type Call, faultyPage, isAnswer, type Route } from './route.ts';
import { matches } from './shared-bandwidths.ts';

const OURS = new Set(['regionID', 'labels', 'resourceID', 'autoToNeed']);
export const printedRow = (row: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !OURS.has(name)));

const unknownAddress = (): Answer => failure('Sim.Ipv6.NotFound', 'ipv6 not found');

/** A list in both forms: the older call answers the list with counts beside it, the newer one an object with both. */
export const listRoutes = (
  paths: { older: string; newer?: string; key: string },
  rowsOf: (call: Call) => readonly Row[],
): Route[] =>
  [paths.older, paths.newer].flatMap(path => {
    if (path === undefined) return [];
    const handle = (call: Call): Answer => {
      const rows = rowsOf(call).filter(({ regionID }) => regionID === call.params.regionID);
      const cut = faultyPage(rows, call);
      if (isAnswer(cut)) return cut;
      const shown = cut.rows.map(printedRow);
      return path === paths.older ? success(shown, cut.counts) : success({ [paths.key]: shown, ...cut.counts });
    };
    return [{ method: 'GET', path, required: { regionID: 'string' }, handle }];
  });

const isAsked = (asked: unknown, value: unknown): boolean => asked === undefined || asked === value;

const addresses = ({ account, params: { vpcID, subnetID, ipAddress } }: Call): readonly Row[] =>
  account.ipv6s.filter(
    row => isAsked(vpcID, row.vpcID) && isAsked(subnetID, row.subnetID) && isAsked(ipAddress, row.ipAddress),
  );

const bandwidths = ({ account, params }: Call): readonly Row[] =>
  account.ipv6Bandwidths.filter(row => matches(row, params) && isAsked(params.bandwidthID, row.id));

/** On a bandwidth and the address that is named with it. */
const onAddress = (call: Call, act: (bandwidth: Row, address: Row) => Answer): Answer => {
  const { account, params } = call;
  const bandwidth = found(account, IPV6_BANDWIDTH, params.regionID, params.bandwidthID);
  if (!bandwidth) return notFound(IPV6_BANDWIDTH);
  const address = account.ipv6s.find(row => row.regionID === params.regionID && row.ipAddress === params.ip);
  return address ? act(bandwidth, address) : unknownAddress();
};

const ONE = { regionID: 'string', bandwidthID: 'string' } as const;
const onBandwidth = (call: Call, act: (row: Row) => Answer): Answer => {
  const row = found(call.account, IPV6_BANDWIDTH, call.params.regionID, call.params.bandwidthID);
  return row ? act(row) : notFound(IPV6_BANDWIDTH);
};

export const ipv6Routes: readonly Route[] = [
  ...listRoutes({ older: '/v4/ipv6/ipv6-list', newer: '/v4/ipv6/new-ipv6-list', key: 'ipv6s' }, addresses),
  {
    ...{ method: 'GET', path: '/v4/ipv6/ipv6-show', required: { regionID: 'string', ipv6ID: 'string' } },
    handle: ({ account, params }) => {
      const row = account.ipv6s.find(({ regionID, ID }) => regionID === params.regionID && ID === params.ipv6ID);
      return row ? success(printedRow(row)) : unknownAddress();
    },
  },
  ...listRoutes(
    { older: '/v4/ipv6_bandwidth/list', newer: '/v4/ipv6_bandwidth/new-list', key: 'bandwidths' },
    bandwidths,
  ),
  {
    ...{ method: 'GET', path: '/v4/ipv6_bandwidth/show', required: ONE },
    handle: call => onBandwidth(call, row => success(printedRow(row))),
  },
  {
    ...{ method: 'POST', path: '/v4/ipv6_bandwidth/update', required: { ...ONE, name: 'string' } },
    handle: call =>
      onBandwidth(call, row => {
        row.name = call.params.name;
        return success();
      }),
  },
  {
    ...{ method: 'POST', path: '/v4/ipv6_bandwidth/add-ipv6', required: { ...ONE, ip: 'string' } },
    handle: call =>
      onAddress(call, (bandwidth, address) => {
        if (bandwidth.status !== 'ACTIVE')
          return refused(IPV6_BANDWIDTH, 'StateInvalid', 'the bandwidth is not active');
        if (bandwidth.ipAddress || address.bandwidthID) return refused(IPV6_BANDWIDTH, 'Bound', 'one of them is taken');
        const gateway = call.account.ipv6Gateways.find(({ vpcID }) => vpcID === address.vpcID);
        Object.assign(bandwidth, { ipAddress: address.ipAddress, ipv6GatewayID: gateway?.ipv6GatewayID ?? '' });
        address.bandwidthID = bandwidth.id;
        return success();
      }),
  },
  {
    ...{ method: 'POST', path: '/v4/ipv6_bandwidth/remove-ipv6', required: { ...ONE, ip: 'string' } },
    handle: call =>
      onAddress(call, (bandwidth, address) => {
        if (address.bandwidthID !== bandwidth.id) return refused(IPV6_BANDWIDTH, 'NotBound', 'it is not there');
        Object.assign(bandwidth, { ipAddress: '', ipv6GatewayID: '' });
        address.bandwidthID = '';
        return success();
      }),
  },
];
