/** What an IPv6 bandwidth costs: fen for the term. One comment says at least 5 Mbps, copied from shared bandwidths. */
import { change, QUESTION } from '../operation.ts';
import { bandwidthID, cycleCount, cycleType, ipv6Mbps, regionID, someText } from '../parameters.ts';
import { priceOf } from '../prices.ts';

export const ipv6BandwidthQueryCreatePrice = /* @__PURE__ */ change(
  'ipv6BandwidthQueryCreatePrice',
  '创建询价',
  '/v4/ipv6_bandwidth/query-create-price',
  { regionID, bandwidth: ipv6Mbps, cycleType, cycleCount, name: someText },
  priceOf,
  QUESTION,
);

export const ipv6BandwidthQueryModifyPrice = /* @__PURE__ */ change(
  'ipv6BandwidthQueryModifyPrice',
  '变配询价',
  '/v4/ipv6_bandwidth/query-modify-price',
  { regionID, bandwidthID, bandwidth: ipv6Mbps },
  priceOf,
  QUESTION,
);

export const ipv6BandwidthQueryRenewPrice = /* @__PURE__ */ change(
  'ipv6BandwidthQueryRenewPrice',
  '续订询价',
  '/v4/ipv6_bandwidth/query-renew-price',
  { regionID, bandwidthID, cycleType, cycleCount },
  priceOf,
  QUESTION,
);
