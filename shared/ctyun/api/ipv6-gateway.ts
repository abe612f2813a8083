/** IPv6 gateways: one of them opens a VPC to IPv6. */
import * as z from 'zod/mini';
import { id, pageOf, said } from '../answers.ts';
import { change, look, nothing, objectOf } from '../operation.ts';
import { optionalText, pageNo, pageSize, projectID, regionID, someText } from '../parameters.ts';

/** The answer has no id: list the gateways of the VPC to find it. */
export const vpcCreateIpv6Gateway = /* @__PURE__ */ change(
  'vpcCreateIpv6Gateway',
  '创建IPv6网关',
  '/v4/vpc/create-ipv6-gateway',
  { regionID, projectID, vpcID: someText, description: optionalText },
  nothing,
);

export const vpcDeleteIpv6Gateway = /* @__PURE__ */ change(
  'vpcDeleteIpv6Gateway',
  '删除IPv6网关',
  '/v4/vpc/delete-ipv6-gateway',
  { regionID, projectID, ipv6GatewayID: someText },
  nothing,
);

const wireGateway = /* @__PURE__ */ z.object({
  ipv6GatewayID: id,
  name: said,
  status: said,
  vpcID: said,
  vpcCidr: said,
  vpcName: said,
  projectIdEcs: said,
  creationTime: said,
});

export const vpcListIpv6Gateway = /* @__PURE__ */ look(
  'vpcListIpv6Gateway',
  '查询IPv6网关列表',
  '/v4/vpc/list-ipv6-gateway',
  { regionID, projectID, pageNo, pageNumber: pageNo, pageSize },
  /* @__PURE__ */ pageOf(wireGateway),
);

export const vpcGetIpv6GatewayAttribute = /* @__PURE__ */ look(
  'vpcGetIpv6GatewayAttribute',
  '查询IPv6网关详情',
  '/v4/vpc/get-ipv6-gateway-attribute',
  { regionID, projectID, ipv6GatewayID: someText },
  /* @__PURE__ */ objectOf(wireGateway),
);
