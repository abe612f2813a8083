/** What an order does when it ends, and what a term does when it runs out. */
import { addCycle, isoSeconds } from './clock.ts';
import { add } from './money.ts';
import { resizePool, settleInPool } from './pools.ts';
import {
  EIP,
  FLOW_PACKAGE,
  found,
  PRODUCTS,
  type Product,
  restingStatus,
  rowsOf,
  SHARED_BANDWIDTH,
} from './products.ts';
import type { OrderRecord } from './records.ts';
import type { Row } from './resource-state.ts';
import type { SimAccount } from './state.ts';

/**
 * @param created what comes into being with the order
 * @param now when it ended
 */
export function finishOrder(order: OrderRecord, account: SimAccount, created: readonly Row[], now: Date): void {
  const product = PRODUCTS.find(({ list }) => list === order.product) ?? EIP;
  // A failed order has bought nothing: what was paid when it was placed comes back.
  if (order.fails) add(account, Number(order.price));
  else rowsOf(account, product).push(...created);
  const row = found(account, product, order.regionID, order.resourceID);
  if (!row) return;
  if (Object.values(product.passing).some(status => status === row.status)) row.status = restingStatus(product, row);
  if (order.fails) return;
  if ('updatedAt' in row) row.updatedAt = isoSeconds(now);
  EFFECTS[order.kind]({ order, account, product, row, now });
}

type Ended = { order: OrderRecord; account: SimAccount; product: Product; row: Row; now: Date };

const EFFECTS: Readonly<Record<OrderRecord['kind'], (ended: Ended) => void>> = {
  create: ({ account, product, row }) => {
    if (product === EIP) settleInPool(account, row);
  },
  'modify-spec': ({ order, account, product, row }) => {
    row.bandwidth = order.params.bandwidth;
    if (product === SHARED_BANDWIDTH) resizePool(account, row);
  },
  renew: ({ order, product, row }) => extend(product, row, order, new Date(String(row[product.expiry]))),
  'change-to-cycle': ({ order, product, row }) => {
    if (product === EIP) row.billingMethod = 'periodic';
    extend(product, row, order, order.createdAt);
  },
  delete: ({ account, product, row }) => {
    const rows = rowsOf(account, product);
    if (product === FLOW_PACKAGE) unsubscribe(account, row);
    else rows.splice(rows.indexOf(row), 1);
  },
};

/** A term follows the old one; where that has run out, it starts with the order. */
function extend(product: Product, row: Row, { params, createdAt }: OrderRecord, old: Date): void {
  const from = Number.isNaN(old.getTime()) || old < createdAt ? createdAt : old;
  row[product.expiry] = isoSeconds(addCycle(from, String(params.cycleType), Number(params.cycleCount)));
  row.status = restingStatus(product, row);
}

/** Gives back the share of the price that is left in the package: a rule of ours. */
function unsubscribe(account: SimAccount, row: Row): void {
  row.status = 5;
  const share = Number(row.leftVolumn) / Number(row.totalVolumn);
  add(account, Math.round(100 * Number(row.price) * share) / 100);
}

/**
 * Ends what has run out. What is to go on as on demand does so.
 *
 * @returns when the next term ends, in milliseconds since the epoch; infinite if none does
 */
export function expireAll(account: SimAccount, now: Date): number {
  let next = Number.POSITIVE_INFINITY;
  for (const product of PRODUCTS)
    for (const row of rowsOf(account, product)) next = Math.min(next, expire(product, row, now));
  return next;
}

function expire(product: Product, row: Row, now: Date): number {
  const text = row[product.expiry];
  const ends = typeof text === 'string' && product.alive.includes(row.status) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ends)) return Number.POSITIVE_INFINITY;
  if (ends > now.getTime()) return ends;
  if (row.autoToNeed === true) toOnDemand(product, row);
  else row.status = product.expired;
  return Number.POSITIVE_INFINITY;
}

/** Goes on without a term. */
export function toOnDemand(product: Product, row: Row): void {
  row[product.expiry] = null;
  if (product === EIP) row.billingMethod = 'on_demand';
  delete row.autoToNeed;
}
