/** IPv6 gateways, one for a VPC, and IPv4 gateways with the route table that each may be bound to. */
import { type Answer, failure, success } from './answers.ts';
import { isoSeconds } from './clock.ts';
import { listRoutes, printedRow } from './ipv6.ts';
import { hex } from './new-order.ts';
import type { Row } from './resource-state.ts';
import { type Call, once, type Route } from './route.ts';

const V6 = { regionID: 'string', ipv6GatewayID: 'string' } as const;
const V4 = { regionID: 'string', ipv4GwID: 'string' } as const;
const token = { clientToken: 'string' } as const;

const onV6 = ({ account, params }: Call, act: (row: Row) => Answer): Answer => {
  const row = account.ipv6Gateways.find(
    ({ regionID, ipv6GatewayID }) => regionID === params.regionID && ipv6GatewayID === params.ipv6GatewayID,
  );
  return row ? act(row) : failure('Sim.Ipv6Gateway.NotFound', 'ipv6 gateway not found');
};

const onV4 = ({ account, params }: Call, act: (row: Row) => Answer): Answer => {
  const row = account.ipv4Gateways.find(({ regionID, id }) => regionID === params.regionID && id === params.ipv4GwID);
  return row ? act(row) : failure('Sim.Ipv4Gateway.NotFound', 'ipv4 gateway not found');
};

function createV6({ cloud, account, params }: Call): Answer {
  const { vpcID, regionID } = params;
  if (account.ipv6Gateways.some(row => row.vpcID === vpcID && row.regionID === regionID))
    return failure('Sim.Ipv6Gateway.Exists', 'the vpc has one');
  account.ipv6Gateways.push({
    ...{ regionID: String(regionID), ipv6GatewayID: `ipv6gw-${hex(5)}`, name: `ipv6gw-${String(vpcID)}` },
    ...{ status: 'ACTIVE', projectIdEcs: params.projectID ?? '0', vpcID, vpcCidr: '192.168.0.0/16', vpcName: '' },
    creationTime: isoSeconds(cloud.clock.now()),
  });
  return success();
}

/** Changes a gateway's route table. */
const rebound = (call: Call, row: Row, routeTableID: unknown): Answer => {
  Object.assign(row, { routeTableID, updatedAt: isoSeconds(call.cloud.clock.now()) });
  return success();
};

export const gatewayRoutes: readonly Route[] = [
  {
    ...{ method: 'POST', path: '/v4/vpc/create-ipv6-gateway' },
    required: { ...token, regionID: 'string', vpcID: 'string' },
    handle: once(createV6),
  },
  {
    ...{ method: 'POST', path: '/v4/vpc/delete-ipv6-gateway', required: { ...token, ...V6 } },
    handle: once(call =>
      onV6(call, row => {
        const { ipv6Gateways, ipv6Bandwidths } = call.account;
        if (ipv6Bandwidths.some(({ ipv6GatewayID }) => ipv6GatewayID === row.ipv6GatewayID))
          return failure('Sim.Ipv6Gateway.Bound', 'a bandwidth goes through it');
        ipv6Gateways.splice(ipv6Gateways.indexOf(row), 1);
        return success();
      }),
    ),
  },
  ...listRoutes({ older: '/v4/vpc/list-ipv6-gateway', key: '' }, ({ account }) => account.ipv6Gateways),
  {
    ...{ method: 'GET', path: '/v4/vpc/get-ipv6-gateway-attribute', required: V6 },
    handle: call => onV6(call, row => success(printedRow(row))),
  },
  {
    ...{ method: 'GET', path: '/v4/vpc/ipv4-gw/list', required: { regionID: 'string' } },
    handle: ({ account, params: { regionID, vpcID } }) =>
      success(
        account.ipv4Gateways
          .filter(row => row.regionID === regionID && [undefined, row.vpcID].includes(vpcID))
          .map(printedRow),
      ),
  },
  {
    ...{ method: 'GET', path: '/v4/vpc/ipv4-gw/show', required: V4 },
    handle: call => onV4(call, row => success(printedRow(row))),
  },
  {
    ...{ method: 'POST', path: '/v4/vpc/ipv4-gw/add-route-table-binding' },
    required: { ...token, ...V4, routeTableID: 'string' },
    handle: once(call =>
      onV4(call, row =>
        row.routeTableID
          ? failure('Sim.Ipv4Gateway.Bound', 'it has a route table')
          : rebound(call, row, call.params.routeTableID),
      ),
    ),
  },
  {
    ...{ method: 'POST', path: '/v4/vpc/ipv4-gw/remove-route-table-binding', required: { ...token, ...V4 } },
    handle: once(call =>
      onV4(call, row =>
        row.routeTableID ? rebound(call, row, '') : failure('Sim.Ipv4Gateway.NotBound', 'it has no route table'),
      ),
    ),
  },
];
