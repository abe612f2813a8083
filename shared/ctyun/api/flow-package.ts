/**
 * Shared traffic packages (共享流量包). Unlike everywhere else the cycle is upper case, `MONTH` or `YEAR`, one of them;
 * sizes in GB are fixed; the API spells volumes `Volumn` and prints them as text.
 */
import * as z from 'zod/mini';
import { amount, id, instant, pageOf, placedOrder, said } from '../answers.ts';
import type { Envelope } from '../envelope.ts';
import { BARE_QUESTION, change, checked, look, objectOf } from '../operation.ts';
import { oneOf, whole, wholePer } from '../parameter.ts';
import { regionID, someText, wallTime } from '../parameters.ts';
import { priceOf } from '../prices.ts';

/** GB of one package, by its cycle. */
export const PACKAGE_SIZES_GB = {
  MONTH: [10, 50, 100, 500, 1024, 5120, 10_240, 51_200],
  YEAR: [120, 512, 8192, 36_864, 122_880, 614_400, 1_048_576, 2_097_152],
} as const;

const cycleType = /* @__PURE__ */ oneOf('MONTH', 'YEAR');
/** One month, or one year. */
const cycleCount = /* @__PURE__ */ whole(1, 1);
/** 1 to 20 packages of one size. */
const count = /* @__PURE__ */ whole(1, 20);
/** GB. */
const spec = /* @__PURE__ */ wholePer('cycleType', {
  MONTH: { values: PACKAGE_SIZES_GB.MONTH },
  YEAR: { values: PACKAGE_SIZES_GB.YEAR },
});

/** Asynchronous. The answer's fields are not documented: the order's are expected. */
export const flowPackageBuy = /* @__PURE__ */ change(
  'flowPackageBuy',
  '购买共享流量包',
  '/v4/flow_package/buy',
  { regionID, cycleType, cycleCount, count, spec },
  placedOrder,
);

const resourceType = /* @__PURE__ */ oneOf('flow_pkg');

/** Fen for all packages together. Takes no `clientToken`. */
export const flowPackageQueryPrice = /* @__PURE__ */ change(
  'flowPackageQueryPrice',
  '共享流量包询价',
  '/v4/flow_package/query-price',
  { regionID, resourceType, cycleType, cycleCount, count, spec },
  priceOf,
  BARE_QUESTION,
);

/** Gives a package back, by its resource id. Asynchronous. */
export const flowPackageRefund = /* @__PURE__ */ change(
  'flowPackageRefund',
  '退订共享流量包',
  '/v4/flow_package/refund',
  { regionID, resourceID: someText },
  placedOrder,
);

/** `status`: 0 initial, 1 valid, 5 unsubscribed, 6 expired, 7 destroyed. Volumes in GB (presumed from the sizes). */
const wirePackage = /* @__PURE__ */ z.object({
  id,
  packageName: said,
  status: amount,
  statusText: said,
  cycleType: said,
  effectiveTime: instant,
  expireTime: instant,
  totalVolumn: amount,
  leftVolumn: amount,
  masterResourceBundleId: said,
});
export type FlowPackage = z.infer<typeof wirePackage>;

/** All of a region: there are no pages. */
export const flowPackageList = /* @__PURE__ */ look(
  'flowPackageList',
  '查询共享流量包列表',
  '/v4/flow_package/list',
  { regionID },
  /* @__PURE__ */ pageOf(wirePackage),
);

/** `sdpID` is the package's id. */
export const flowPackageShow = /* @__PURE__ */ look(
  'flowPackageShow',
  '查询共享流量包详情',
  '/v4/flow_package/show',
  { regionID, sdpID: someText },
  /* @__PURE__ */ objectOf(wirePackage),
);

const wireDeduction = /* @__PURE__ */ z.object({ deductTime: amount, deductAmount: amount });
const deductionsOf = (envelope: Envelope) => checked(z.array(wireDeduction), envelope.returnObj);

/** What was taken from a package and when. A POST whose parameters travel in the QUERY, without a body. */
export const flowPackageMetric = /* @__PURE__ */ change(
  'flowPackageMetric',
  '查询共享流量包使用明细',
  '/v4/flow_package/metric',
  { regionID, sdpID: someText, startTime: wallTime, endTime: wallTime },
  deductionsOf,
  { effect: 'read', token: 'none', place: 'query' },
);
