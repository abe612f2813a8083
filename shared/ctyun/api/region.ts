/** What a region is and what an account may have there. The list of regions is in ../regions.ts. */
import * as z from 'zod/mini';
import { amount, id, said, truth } from '../answers.ts';
import { look, objectOf } from '../operation.ts';
import { regionID } from '../parameters.ts';

const wireZone = /* @__PURE__ */ z.object({ name: said, azDisplayName: said });
const wireZones = /* @__PURE__ */ z.object({ zoneList: /* @__PURE__ */ z.array(wireZone) });

export const regionGetZones = /* @__PURE__ */ look(
  'regionGetZones',
  '资源池可用区查询',
  '/v4/region/get-zones',
  { regionID },
  /* @__PURE__ */ objectOf(wireZones),
  { product: 'ctecs' },
);

const wireSummary = /* @__PURE__ */ z.object({
  regionID: id,
  regionName: said,
  regionParent: said,
  regionType: said,
  regionVersion: said,
  isMultiZones: truth,
  dedicated: truth,
  province: said,
  city: said,
  openapiAvailable: truth,
});

export const regionGetSummary = /* @__PURE__ */ look(
  'regionGetSummary',
  '资源池概况信息查询',
  '/v4/region/get-summary',
  { regionID },
  /* @__PURE__ */ objectOf(wireSummary),
  { product: 'ctecs' },
);

/** Of some two hundred quotas, those that concern EIPs; bandwidth in Mbps. */
const wireQuotas = /* @__PURE__ */ z.object({
  quotas: /* @__PURE__ */ z.object({
    public_ip_limit: amount,
    public_ip_limit_each_time: amount,
    public_ip_v6_limit: amount,
    max_bandwidth_of_elastic_ip_creation: amount,
    max_bandwidth_of_elastic_ip_v6_creation: amount,
    max_duration_of_elastic_ip_creation: said,
    ip_count_per_share_bandwidth: amount,
    max_num_of_share_bandwidth_per_user: amount,
  }),
  global_quota: /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.object({ global_public_ip_limit: amount })),
});

export const regionCustomerQuotas = /* @__PURE__ */ look(
  'regionCustomerQuotas',
  '用户配额查询',
  '/v4/region/customer-quotas',
  { regionID },
  /* @__PURE__ */ objectOf(wireQuotas),
  { product: 'ctecs' },
);
