/** What a shared bandwidth costs (fen; on demand per hour), and how much of it is used (percent). */

import { utilisationOf } from '../monitor.ts';
import { change, look, QUESTION } from '../operation.ts';
import {
  anyCycleType,
  bandwidthID,
  cycleCount,
  cycleType,
  optionalCycleCount,
  optionalText,
  projectID,
  regionID,
  sharedMbps,
} from '../parameters.ts';
import { priceOf } from '../prices.ts';

export const bandwidthQueryCreatePrice = /* @__PURE__ */ change(
  'bandwidthQueryCreatePrice',
  '共享带宽创建询价',
  '/v4/bandwidth/query-create-price',
  {
    regionID,
    projectID,
    bandwidth: sharedMbps,
    cycleType: anyCycleType,
    cycleCount: optionalCycleCount,
    name: optionalText,
  },
  priceOf,
  QUESTION,
);

export const bandwidthQueryModifyPrice = /* @__PURE__ */ change(
  'bandwidthQueryModifyPrice',
  '共享带宽变配询价',
  '/v4/bandwidth/query-modify-price',
  { regionID, projectID, bandwidthID, bandwidth: sharedMbps },
  priceOf,
  QUESTION,
);

export const bandwidthQueryRenewPrice = /* @__PURE__ */ change(
  'bandwidthQueryRenewPrice',
  '共享带宽续订询价',
  '/v4/bandwidth/query-renew-price',
  { regionID, projectID, bandwidthID, cycleType, cycleCount },
  priceOf,
  QUESTION,
);

export const bandwidthBandwidthUtilization = /* @__PURE__ */ look(
  'bandwidthBandwidthUtilization',
  '查看共享带宽使用率',
  '/v4/bandwidth/bandwidth-utilization',
  { regionID, bandwidthID },
  utilisationOf,
);

export const bandwidthIngressBandwidthUtilization = /* @__PURE__ */ look(
  'bandwidthIngressBandwidthUtilization',
  '查看共享带宽入向使用率',
  '/v4/bandwidth/ingress-bandwidth-utilization',
  { regionID, bandwidthID },
  utilisationOf,
);

export const bandwidthEgressBandwidthUtilization = /* @__PURE__ */ look(
  'bandwidthEgressBandwidthUtilization',
  '查看共享带宽出向使用率',
  '/v4/bandwidth/egress-bandwidth-utilization',
  { regionID, bandwidthID },
  utilisationOf,
);
