import * as z from 'zod/mini';
import { type Fen, fenOf } from '../model/money.ts';
import type { Envelope } from './envelope.ts';
import { CtyunError } from './errors.ts';
import { objectOf } from './operation.ts';
import { queryCreatePrice } from './prices.ts';

/** Hours of a month, as bills of on-demand resources are estimated: 365 × 24 / 12. */
export const HOURS_PER_MONTH = 730;

const wirePrice = z.object({ finalPrice: z.union([z.number(), z.string()]) });

/** CNY an hour, as it is printed, times the hours of a month; rounded down, for a saving is never overstated. */
function monthOf(envelope: Envelope): Fen {
  const { finalPrice } = objectOf(wirePrice)(envelope);
  try {
    // Millionths of a yuan: what `fenOf` takes for fen of ten thousand times the price.
    const hour = fenOf(`${finalPrice}e4`);
    if (hour >= 0) return Math.floor((hour * HOURS_PER_MONTH) / 10_000) as Fen;
  } catch {
    // Not an amount, as below.
  }
  throw new CtyunError({ kind: 'unreadable', code: 'UNEXPECTED_ANSWER', message: 'finalPrice is not an amount' });
}

/** 创建询价 of an on-demand EIP: what one of this bandwidth costs in a month of `HOURS_PER_MONTH` hours, in fen. */
export const queryMonthlyCost = /* @__PURE__ */ Object.assign({}, queryCreatePrice, { answer: monthOf });
