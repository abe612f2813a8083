/**
 * Who uses an EIP without being the EIP: NAT rules, load balancers, virtual IPs, NICs, instances. Lists only. Rows are read
 * tolerantly, but a list that is not there is an error: it must not look like "nobody uses it".
 */
import * as z from 'zod/mini';
import { id, pageOf, said } from './answers.ts';
import type { Envelope } from './envelope.ts';
import { BARE_QUESTION, change, look, QUESTION } from './operation.ts';
import { optionalText, pageNo, pageSize, projectID, regionID, someText } from './parameters.ts';

const many = <T>(row: z.ZodMiniType<T>) => z.nullish(z.array(row));

const wireGateway = /* @__PURE__ */ z.object({ natGatewayID: id });

/** Counts stand beside `returnObj`. */
export const describeNatGateways = /* @__PURE__ */ look(
  'describeNatGateways',
  '查询 NAT 网关列表',
  '/v4/vpc/describe-nat-gateways',
  { regionID, natGatewayID: optionalText, pageNo, pageSize },
  /* @__PURE__ */ pageOf(wireGateway),
);

const wireSnat = /* @__PURE__ */ z.object({
  sNatID: said,
  eips: /* @__PURE__ */ many(z.object({ eipID: said, ipAddress: said })),
});

/** Of all gateways of the region, unless one is named. */
export const listSnats = /* @__PURE__ */ look(
  'listSnats',
  '查询 SNAT 列表',
  '/v4/vpc/list-snats',
  { regionID, natGatewayID: optionalText, pageNumber: pageNo, pageSize },
  /* @__PURE__ */ pageOf(wireSnat, 'results'),
);

const wireDnat = /* @__PURE__ */ z.object({ dNatID: said, id: said, externalID: said, externalIp: said });

/** Of one gateway; the whole list at once. */
export const describeDnatEntries = /* @__PURE__ */ look(
  'describeDnatEntries',
  '查询 DNAT 列表',
  '/v4/vpc/describe-dnat-entries',
  { regionID, natGatewayID: someText },
  /* @__PURE__ */ pageOf(wireDnat),
);

const wireBalancer = /* @__PURE__ */ z.object({
  ID: said,
  eipInfo: /* @__PURE__ */ many(z.object({ eipID: said })),
});

/** The whole list at once. */
export const listLoadBalancers = /* @__PURE__ */ look(
  'listLoadBalancers',
  '查询负载均衡列表',
  '/v4/elb/list-loadbalancer',
  { regionID },
  /* @__PURE__ */ pageOf(wireBalancer),
  { product: 'ctelb' },
);

const wireHavip = /* @__PURE__ */ z.object({
  id: said,
  networkInfo: /* @__PURE__ */ many(z.object({ eipID: said })),
  instanceInfo: /* @__PURE__ */ many(z.object({ publicIp: said })),
});

/** The whole list at once. */
export const listHavips = /* @__PURE__ */ change(
  'listHavips',
  '查询高可用虚 IP 列表',
  '/v4/vpc/havip/list',
  { regionID, projectID },
  /* @__PURE__ */ pageOf(wireHavip),
  QUESTION,
);

const wirePort = /* @__PURE__ */ z.object({
  networkInterfaceID: said,
  // Documented for one port; a region that tells it in the list, too, is believed.
  associatedEip: /* @__PURE__ */ z.nullish(z.object({ id: said })),
});

export const listPorts = /* @__PURE__ */ look(
  'listPorts',
  '查询弹性网卡列表',
  '/v4/ports/new-list',
  { regionID, pageNo, pageSize },
  /* @__PURE__ */ pageOf(wirePort, 'ports'),
);

const wireInstance = /* @__PURE__ */ z.object({ instanceID: said, floatingIP: said });

/** The addresses of instances; ../instances.ts reads other fields of the same call. */
export const listInstanceAddresses = /* @__PURE__ */ change(
  'listInstanceAddresses',
  '查询云主机列表',
  '/v4/ecs/list-instances',
  { regionID, pageNo, pageSize },
  (envelope: Envelope) => pageOf(wireInstance, 'results')(envelope),
  { ...BARE_QUESTION, product: 'ctecs' },
);
