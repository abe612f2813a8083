/** IPv6 bandwidths: 1 to 1000 Mbps for one address, periodic only. */
import * as z from 'zod/mini';
import { amount, id, instant, pageOf, placedOrder, said } from '../answers.ts';
import { change, look, nothing, objectOf, TOKENLESS } from '../operation.ts';
import {
  bandwidthID,
  cycleCount,
  cycleType,
  ipv6Mbps,
  name,
  optionalIpv6Mbps,
  optionalText,
  pageNo,
  pageSize,
  payVoucherPrice,
  regionID,
  someText,
} from '../parameters.ts';

/** `bandwidth` in Mbps; the status words are ACTIVE, EXPIRED, FREEZING and CREATEING (the API's spelling). */
const wireIpv6Bandwidth = /* @__PURE__ */ z.object({
  id,
  name: said,
  status: said,
  bandwidth: amount,
  resourceSpec: said,
  paymentType: said,
  createdTime: instant,
  expiredTime: instant,
  ipAddress: said,
  ipv6GatewayID: said,
});
export type Ipv6Bandwidth = z.infer<typeof wireIpv6Bandwidth>;

/** `queryContent` finds by a part of name or id. */
const filters = {
  regionID,
  queryContent: optionalText,
  bandwidthID: optionalText,
  pageNo,
  pageNumber: pageNo,
  pageSize,
};

/** Counts at the top level. */
export const ipv6BandwidthList = /* @__PURE__ */ look(
  'ipv6BandwidthList',
  '查看 IPv6 带宽列表',
  '/v4/ipv6_bandwidth/list',
  filters,
  /* @__PURE__ */ pageOf(wireIpv6Bandwidth),
);

/** Counts inside `returnObj`; the list's key is not documented. */
export const ipv6BandwidthNewList = /* @__PURE__ */ look(
  'ipv6BandwidthNewList',
  '查看 IPv6 带宽列表（新）',
  '/v4/ipv6_bandwidth/new-list',
  filters,
  /* @__PURE__ */ pageOf(wireIpv6Bandwidth),
);

export const ipv6BandwidthShow = /* @__PURE__ */ look(
  'ipv6BandwidthShow',
  '查看 IPv6 带宽详情',
  '/v4/ipv6_bandwidth/show',
  { regionID, bandwidthID },
  /* @__PURE__ */ objectOf(wireIpv6Bandwidth),
);

/** Asynchronous. */
export const ipv6BandwidthCreate = /* @__PURE__ */ change(
  'ipv6BandwidthCreate',
  '创建 IPv6 带宽',
  '/v4/ipv6_bandwidth/create',
  { regionID, bandwidth: optionalIpv6Mbps, cycleType, cycleCount, name, payVoucherPrice },
  placedOrder,
);

/** 1 to 11 months or 1 to 3 years more. Asynchronous. */
export const ipv6BandwidthRenew = /* @__PURE__ */ change(
  'ipv6BandwidthRenew',
  '续订 IPv6 带宽',
  '/v4/ipv6_bandwidth/renew',
  { regionID, bandwidthID, cycleType, cycleCount, payVoucherPrice },
  placedOrder,
);

/** Another size in Mbps. Asynchronous. */
export const ipv6BandwidthModifySpec = /* @__PURE__ */ change(
  'ipv6BandwidthModifySpec',
  '修改 IPv6 带宽规格',
  '/v4/ipv6_bandwidth/modify-spec',
  { regionID, bandwidthID, bandwidth: ipv6Mbps, payVoucherPrice },
  placedOrder,
);

/** Unsubscribes. Asynchronous. */
export const ipv6BandwidthDelete = /* @__PURE__ */ change(
  'ipv6BandwidthDelete',
  '删除IPv6带宽',
  '/v4/ipv6_bandwidth/delete',
  { regionID, bandwidthID },
  placedOrder,
);

/** Another name. Takes no `clientToken`. */
export const ipv6BandwidthUpdate = /* @__PURE__ */ change(
  'ipv6BandwidthUpdate',
  '更新 IPv6 带宽信息',
  '/v4/ipv6_bandwidth/update',
  { regionID, bandwidthID, name },
  nothing,
  TOKENLESS,
);

/** `ip` is the IPv6 address. Takes no `clientToken`. */
export const ipv6BandwidthAddIpv6 = /* @__PURE__ */ change(
  'ipv6BandwidthAddIpv6',
  'IPv6 带宽添加 IPv6 地址',
  '/v4/ipv6_bandwidth/add-ipv6',
  { regionID, bandwidthID, ip: someText },
  nothing,
  TOKENLESS,
);

/** `ip` is the IPv6 address. Takes no `clientToken`. */
export const ipv6BandwidthRemoveIpv6 = /* @__PURE__ */ change(
  'ipv6BandwidthRemoveIpv6',
  'IPv6 带宽移除 IPv6 地址',
  '/v4/ipv6_bandwidth/remove-ipv6',
  { regionID, bandwidthID, ip: someText },
  nothing,
  TOKENLESS,
);
