import { randomBytes } from 'node:crypto';
import type { Wish } from './orders.ts';
import { EIP } from './products.ts';
import type { OrderRecord } from './records.ts';
import type { Row } from './resource-state.ts';
import { type Call, withoutToken } from './route.ts';

export const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The record of an order that is being placed, with the faults that strike its end. */
export function newOrder(call: Call, { kind, product }: Wish, row: Row, price: number): OrderRecord {
  const { cloud, account, params, fault } = call;
  const createdAt = cloud.clock.now();
  const resourceID = String(row[product.key]);
  const ends = new Date(createdAt.getTime() + cloud.state.settings.orderSeconds * 1000);
  return {
    masterOrderID: hex(16),
    masterOrderNO: `${createdAt.toISOString().replaceAll(/\D/g, '')}${cloud.orders.length}`,
    // A thing that says what its order's resource is keeps it.
    masterResourceID: typeof row.resourceID === 'string' ? row.resourceID : hex(16),
    account: account.name,
    kind,
    product: product.list,
    regionID: row.regionID,
    resourceID,
    eipID: product === EIP ? resourceID : '',
    clientToken: String(params.clientToken ?? ''),
    price: price.toFixed(2),
    params: withoutToken(params),
    createdAt,
    endsAt: fault('stuck-order') ? null : ends,
    fails: fault('failed-order') !== undefined,
    status: '14',
    finishedAt: null,
  };
}
