/**
 * Billing conversions, and the newer order query. `resourceID` is the ORDER's resource (`masterResourceID`), not the id of
 * an EIP; the values of `resourceType` are not documented. None of them takes a `clientToken`: sent twice, it is done twice.
 */
import * as z from 'zod/mini';
import { placedOrder, said } from '../answers.ts';
import type { Envelope } from '../envelope.ts';
import { BARE_QUESTION, change, look, nothing, objectOf, TOKENLESS } from '../operation.ts';
import { orderStateOf } from '../orders.ts';
import { wholePer } from '../parameter.ts';
import { cycleType, flag, regionID, someText } from '../parameters.ts';
import { priceOf } from '../prices.ts';

const wireOrdered = /* @__PURE__ */ z.object({
  resourceType: said,
  resourceUuid: /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.array(/* @__PURE__ */ z.string())),
});

const orderedOf = (envelope: Envelope) => {
  const { resourceType, resourceUuid } = objectOf(wireOrdered)(envelope);
  return { ...orderStateOf(envelope), resourceType, resourceIds: resourceUuid ?? [] };
};

/** Where an order stands and what it made. Note the parameter's spelling, `masterOrderId`. */
export const orderQueryUuid = /* @__PURE__ */ look(
  'orderQueryUuid',
  '根据订单号查询资源 uuid',
  '/v4/order/query-uuid',
  { masterOrderId: someText },
  orderedOf,
  { product: 'ctecs' },
);

const resource = { regionID, resourceID: someText, resourceType: someText };
/** 1 to 12 months here, where new terms have at most 11. */
const cycleCount = /* @__PURE__ */ wholePer('cycleType', { month: { min: 1, max: 12 }, year: { min: 1, max: 3 } });
const cycle = { regionID, resourceID: someText, resourceType: someText, cycleType, cycleCount };

/** From on demand to a term. */
export const orderChangeToCycle = /* @__PURE__ */ change(
  'orderChangeToCycle',
  '按需转包周期',
  '/v4/order/change-to-cycle',
  cycle,
  placedOrder,
  TOKENLESS,
);

/** `autoToNeed`: true goes on as on demand when the term ends, false takes that back. */
export const orderChangeToNeed = /* @__PURE__ */ change(
  'orderChangeToNeed',
  '包周期到期转按需',
  '/v4/order/change-to-need',
  { regionID, resourceID: someText, resourceType: someText, autoToNeed: flag },
  nothing,
  TOKENLESS,
);

export const orderTerminateCycle = /* @__PURE__ */ change(
  'orderTerminateCycle',
  '终止包周期',
  '/v4/order/terminate-cycle',
  resource,
  nothing,
  TOKENLESS,
);

/** Fen for the term. */
export const orderQueryToCyclePrice = /* @__PURE__ */ change(
  'orderQueryToCyclePrice',
  '按需转包周期询价',
  '/v4/order/query-to-cycle-price',
  cycle,
  priceOf,
  BARE_QUESTION,
);

/** Fen; the unit is not documented, CNY/hour by analogy with on-demand prices. */
export const orderQueryToNeedPrice = /* @__PURE__ */ change(
  'orderQueryToNeedPrice',
  '包周期转按需询价',
  '/v4/order/query-to-need-price',
  resource,
  priceOf,
  BARE_QUESTION,
);
