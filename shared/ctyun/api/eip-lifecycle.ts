/** EIPs: what makes, names and binds one. Renewing, resizing and deleting are in ../orders.ts, binding in ../binding.ts. */
import * as z from 'zod/mini';
import { pageOf, placedOrder, truth } from '../answers.ts';
import { change, look, nothing, objectOf } from '../operation.ts';
import {
  anyCycleType,
  demandBillingType,
  eipID,
  lineType,
  name,
  optionalCycleCount,
  optionalEipMbps,
  optionalText,
  payVoucherPrice,
  projectID,
  regionID,
  someText,
} from '../parameters.ts';

/** `bandwidthID` joins a shared bandwidth, on demand only; segment and exclusive name are those of a dedicated pool. */
const newEip = {
  regionID,
  projectID,
  cycleType: anyCycleType,
  cycleCount: optionalCycleCount,
  name,
  bandwidth: optionalEipMbps,
  bandwidthID: optionalText,
  demandBillingType,
  payVoucherPrice,
  lineType,
  segmentID: optionalText,
  exclusiveName: optionalText,
};

/** A new EIP, `bandwidth` in Mbps (1 unless given). Asynchronous: it has an id when its order has started. */
export const createEip = /* @__PURE__ */ change('createEip', '创建弹性 IP', '/v4/eip/create', newEip, placedOrder);

/** The same with the public IPv4 address that is wanted. */
export const createEipWithIpAddress = /* @__PURE__ */ change(
  'createEipWithIpAddress',
  '指定 IP 地址创建弹性 IP',
  '/v4/eip/create-with-ipaddress',
  /* @__PURE__ */ Object.assign({ ipAddress: someText }, newEip),
  placedOrder,
);

/** Binds to one NIC of a bare metal machine; see `attachEipToVmPort`. Asynchronous. */
export const attachEipToBmPort = /* @__PURE__ */ change(
  'attachEipToBmPort',
  '弹性 IP 绑定到物理机网卡',
  '/v4/eip/attach-port-bm',
  { regionID, eipID, sourceID: someText, portID: someText },
  nothing,
);

/** Done when it is answered. */
export const changeEipName = /* @__PURE__ */ change(
  'changeEipName',
  '修改弹性 IP 名字',
  '/v4/eip/change-name',
  { regionID, projectID, eipID, name },
  nothing,
);

const wireFiling = /* @__PURE__ */ z.object({ accessControl: truth });

/** `accessControl`: whether the port filing control (备案) is on. */
export const getEipFilingStatus = /* @__PURE__ */ look(
  'getEipFilingStatus',
  '获取EIP端口备案状态',
  '/v4/eip/get-filing-status',
  { regionID, eipID },
  /* @__PURE__ */ objectOf(wireFiling),
);

const wireSegment = /* @__PURE__ */ z.looseObject({});

/** Dedicated address pools. Comments name it, but no contract was found: GET and the lack of parameters are guesses. */
export const eipOwnSegments = /* @__PURE__ */ look(
  'eipOwnSegments',
  '查询专属地址池（契约未公开）',
  '/v4/eip/own-segments',
  {},
  /* @__PURE__ */ pageOf(wireSegment),
);
