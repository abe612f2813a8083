/** Shared bandwidths (共享带宽): 5 to 1000 Mbps that several EIPs use together. */
import * as z from 'zod/mini';
import { amount, id, instant, pageOf, placedOrder, said } from '../answers.ts';
import { change, look, nothing, objectOf } from '../operation.ts';
import {
  anyCycleType,
  bandwidthID,
  cycleCount,
  cycleType,
  eipIDs,
  name,
  optionalCycleCount,
  optionalName,
  optionalText,
  pageNo,
  pageSize,
  payVoucherPrice,
  projectID,
  regionID,
  sharedMbps,
} from '../parameters.ts';

const wireMember = /* @__PURE__ */ z.object({ eipID: said, ip: said });

/** Mbps; ACTIVE, EXPIRED or FREEZING. The expiry is `expireAt` here, where an EIP has `expiredAt`. */
const wireSharedBandwidth = /* @__PURE__ */ z.object({
  id,
  name: said,
  status: said,
  bandwidth: amount,
  createdAt: instant,
  expireAt: instant,
  eips: /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.array(wireMember)),
});
export type SharedBandwidth = z.infer<typeof wireSharedBandwidth>;

/** `queryContent` finds by a part of name or id. */
const filters = { regionID, queryContent: optionalText, projectID, pageNo, pageNumber: pageNo, pageSize };

/** `returnObj` is the list, counts stand beside it. */
export const bandwidthList = /* @__PURE__ */ look(
  'bandwidthList',
  '查询共享带宽列表',
  '/v4/bandwidth/list',
  filters,
  /* @__PURE__ */ pageOf(wireSharedBandwidth),
);

/** `returnObj` holds `bandwidths` and the counts. */
export const bandwidthNewList = /* @__PURE__ */ look(
  'bandwidthNewList',
  '查询共享带宽列表（新）',
  '/v4/bandwidth/new-list',
  filters,
  /* @__PURE__ */ pageOf(wireSharedBandwidth, 'bandwidths'),
);

export const bandwidthDescribe = /* @__PURE__ */ look(
  'bandwidthDescribe',
  '查看共享带宽详情',
  '/v4/bandwidth/describe',
  { regionID, projectID, bandwidthID },
  /* @__PURE__ */ objectOf(wireSharedBandwidth),
);

/** Asynchronous. */
export const bandwidthCreate = /* @__PURE__ */ change(
  'bandwidthCreate',
  '创建共享带宽',
  '/v4/bandwidth/create',
  {
    regionID,
    projectID,
    bandwidth: sharedMbps,
    cycleType: anyCycleType,
    cycleCount: optionalCycleCount,
    name,
    payVoucherPrice,
  },
  placedOrder,
);

/** 1 to 11 months or 1 to 3 years more. Asynchronous. */
export const bandwidthRenew = /* @__PURE__ */ change(
  'bandwidthRenew',
  '续订共享带宽',
  '/v4/bandwidth/renew',
  { regionID, projectID, bandwidthID, cycleType, cycleCount, payVoucherPrice },
  placedOrder,
);

/** Another size in Mbps. Asynchronous. */
export const bandwidthModifySpec = /* @__PURE__ */ change(
  'bandwidthModifySpec',
  '修改共享带宽规格',
  '/v4/bandwidth/modify-spec',
  { regionID, bandwidthID, bandwidth: sharedMbps, payVoucherPrice },
  placedOrder,
);

/** Asynchronous. */
export const bandwidthDelete = /* @__PURE__ */ change(
  'bandwidthDelete',
  '删除共享带宽',
  '/v4/bandwidth/delete',
  { regionID, projectID, bandwidthID },
  placedOrder,
);

/** Another name. */
export const bandwidthModifyAttribute = /* @__PURE__ */ change(
  'bandwidthModifyAttribute',
  '修改共享带宽属性',
  '/v4/bandwidth/modify-attribute',
  { regionID, bandwidthID, name: optionalName },
  nothing,
);

/** 1 to 50 EIPs join; not while the bandwidth is frozen. Asynchronous. */
export const bandwidthAssociateEip = /* @__PURE__ */ change(
  'bandwidthAssociateEip',
  '共享带宽添加弹性 IP',
  '/v4/bandwidth/associate-eip',
  { regionID, bandwidthID, eipIDs },
  nothing,
);

/** 1 to 50 EIPs leave, and get their own bandwidth back; one that was made inside falls to 1 Mbps. Asynchronous. */
export const bandwidthDisassociateEip = /* @__PURE__ */ change(
  'bandwidthDisassociateEip',
  '共享带宽移除弹性 IP',
  '/v4/bandwidth/disassociate-eip',
  { regionID, bandwidthID, eipIDs },
  nothing,
);
