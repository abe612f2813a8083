import * as z from 'zod/mini';
import type { Cycle } from '../model/ask.ts';
import { type Fen, fenOf } from '../model/money.ts';
import type { EipParams } from './eip-write.ts';
import type { Envelope } from './envelope.ts';
import { CtyunError } from './errors.ts';
import { type Operation, objectOf } from './operation.ts';

// Totals are numbers in the official examples and strings in parts of the schema; `finalPrice` is what is paid.
const wirePrice = z.object({ finalPrice: z.union([z.number(), z.string()]) });

/** @returns the payable amount in fen. Units by billing: periodic CNY for the term, on demand CNY/hour or CNY/GB. */
function priceOf(envelope: Envelope): Fen {
  const { finalPrice } = objectOf(wirePrice)(envelope);
  try {
    const price = fenOf(finalPrice);
    if (price >= 0) return price;
  } catch {
    // Falls through to the same complaint as a negative price: neither is a price.
  }
  throw new CtyunError({ kind: 'unreadable', code: 'UNEXPECTED_ANSWER', message: 'finalPrice is not an amount' });
}

type PriceQuery<P extends Record<string, string | number | undefined>> = Operation<P, Fen>;

const query = <P extends Record<string, string | number | undefined>>(name: string, path: string): PriceQuery<P> => ({
  name,
  method: 'POST',
  product: 'ctvpc',
  path,
  effect: 'read',
  token: 'any',
  answer: priceOf,
});

type CycleParams = { cycleType: Cycle['type']; cycleCount: number };

/** 询价: a new EIP. `name` is required though nothing is made; `demandBillingType` is for `on_demand`. */
export const queryCreatePrice = query<{
  regionID: string;
  name: string;
  cycleType: Cycle['type'] | 'on_demand';
  cycleCount: number | undefined;
  bandwidth: number;
  demandBillingType: 'bandwidth' | 'upflowc' | undefined;
}>('queryCreatePrice', '/v4/eip/query-create-price');

/** 变配询价: another bandwidth, in Mbps. */
export const queryModifyPrice = query<EipParams & { bandwidth: number }>(
  'queryModifyPrice',
  '/v4/eip/query-modify-price',
);

/** 续订询价: one more term of 1 to 11 months or 1 to 3 years. */
export const queryRenewPrice = query<EipParams & CycleParams>('queryRenewPrice', '/v4/eip/query-renew-price');
