import * as z from 'zod/mini';
import { type Fen, fenOf } from '../model/money.ts';
import type { Envelope } from './envelope.ts';
import { CtyunError } from './errors.ts';
import { change, objectOf, QUESTION } from './operation.ts';
import {
  anyCycleType,
  cycleCount,
  cycleType,
  demandBillingType,
  eipID,
  eipMbps,
  name,
  optionalCycleCount,
  optionalEipMbps,
  optionalText,
  projectID,
  regionID,
} from './parameters.ts';

// Totals are numbers in the official examples and strings in parts of the schema; `finalPrice` is what is paid.
const wirePrice = z.object({ finalPrice: z.union([z.number(), z.string()]) });

/** @returns the payable amount in fen. Units by billing: periodic CNY for the term, on demand CNY/hour or CNY/GB. */
export function priceOf(envelope: Envelope): Fen {
  const { finalPrice } = objectOf(wirePrice)(envelope);
  try {
    const price = fenOf(finalPrice);
    if (price >= 0) return price;
  } catch {
    // Falls through to the same complaint as a negative price: neither is a price.
  }
  throw new CtyunError({ kind: 'unreadable', code: 'UNEXPECTED_ANSWER', message: 'finalPrice is not an amount' });
}

/** 创建询价: a new EIP. `name` is required though nothing is made; `demandBillingType` is for `on_demand`. */
export const queryCreatePrice = /* @__PURE__ */ change(
  'queryCreatePrice',
  '创建询价',
  '/v4/eip/query-create-price',
  {
    regionID,
    projectID,
    name,
    cycleType: anyCycleType,
    cycleCount: optionalCycleCount,
    bandwidth: optionalEipMbps,
    bandwidthID: optionalText,
    demandBillingType,
  },
  priceOf,
  QUESTION,
);

/** 变配询价: another bandwidth, in Mbps. */
export const queryModifyPrice = /* @__PURE__ */ change(
  'queryModifyPrice',
  '变配询价',
  '/v4/eip/query-modify-price',
  { regionID, projectID, eipID, bandwidth: eipMbps },
  priceOf,
  QUESTION,
);

/** 续订询价: one more term of 1 to 11 months or 1 to 3 years. */
export const queryRenewPrice = /* @__PURE__ */ change(
  'queryRenewPrice',
  '续订询价',
  '/v4/eip/query-renew-price',
  { regionID, projectID, eipID, cycleType, cycleCount },
  priceOf,
  QUESTION,
);
