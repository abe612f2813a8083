/** IPv4 gateways and the route table that each may be bound to. */
import * as z from 'zod/mini';
import { id, instant, pageOf, said } from '../answers.ts';
import { change, look, nothing, objectOf } from '../operation.ts';
import { optionalText, regionID, someText } from '../parameters.ts';

/** `routeTableID` is `null` while none is bound. */
const wireGateway = /* @__PURE__ */ z.object({
  id,
  name: said,
  description: said,
  vpcID: said,
  routeTableID: said,
  createdAt: instant,
  updatedAt: instant,
});

/** The older parameter `id` is to be retired: use `ipv4GwID`. */
export const vpcIpv4GwShow = /* @__PURE__ */ look(
  'vpcIpv4GwShow',
  '查看IPv4网关详情',
  '/v4/vpc/ipv4-gw/show',
  { regionID, ipv4GwID: someText, id: optionalText },
  /* @__PURE__ */ objectOf(wireGateway),
);

export const vpcIpv4GwList = /* @__PURE__ */ look(
  'vpcIpv4GwList',
  '获取IPv4网关列表',
  '/v4/vpc/ipv4-gw/list',
  { regionID, vpcID: optionalText },
  /* @__PURE__ */ pageOf(wireGateway),
);

export const vpcIpv4GwAddRouteTableBinding = /* @__PURE__ */ change(
  'vpcIpv4GwAddRouteTableBinding',
  'IPv4网关绑定网关路由表',
  '/v4/vpc/ipv4-gw/add-route-table-binding',
  { regionID, ipv4GwID: someText, routeTableID: someText },
  nothing,
);

export const vpcIpv4GwRemoveRouteTableBinding = /* @__PURE__ */ change(
  'vpcIpv4GwRemoveRouteTableBinding',
  'IPv4网关解绑网关路由表',
  '/v4/vpc/ipv4-gw/remove-route-table-binding',
  { regionID, ipv4GwID: someText },
  nothing,
);
