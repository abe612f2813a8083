/** Places orders: paid at once, finished later, the same token giving the same order again. */
import { type Answer, failure, PLACEHOLDER, success } from './answers.ts';
import { pay } from './money.ts';
import { newOrder } from './new-order.ts';
import { changePrice } from './prices.ts';
import { EIP, found, isPeriodic, notFound, type Product, refused } from './products.ts';
import type { OrderKind, OrderRecord } from './records.ts';
import type { Row } from './resource-state.ts';
import { type Call, sameParams, withoutToken } from './route.ts';

/** What a person wants: `make` says what comes into being, `find` what is to be changed. */
export type Wish = {
  readonly product: Product;
  readonly kind: OrderKind;
  readonly make?: (call: Call) => readonly Row[] | Answer;
  readonly find?: (call: Call) => Row | undefined;
};

const STATUS_WORD: Readonly<Record<OrderKind, string>> = {
  create: 'started',
  renew: 'renewed',
  'modify-spec': 'changed',
  delete: 'started',
  'change-to-cycle': 'changed',
};

function orderAnswer(order: OrderRecord, { product }: Wish): Answer {
  const { masterOrderID, masterOrderNO, masterResourceID, regionID, resourceID, kind, status } = order;
  // Alone among orders, the billing conversion spells its answer so.
  if (kind === 'change-to-cycle') return success({ masterOrderId: masterOrderID, masterOrderNo: masterOrderNO });
  const masterResourceStatus = status === '3' ? STATUS_WORD[kind] : status === '5' ? 'failed' : 'starting';
  const base = { masterOrderID, masterOrderNO, masterResourceStatus, regionID };
  if (product.param === 'resourceID') return success({ ...base, masterResourceID });
  const shownID = kind === 'create' && status !== '3' ? null : resourceID;
  return success(kind === 'delete' ? base : { ...base, masterResourceID, [product.param]: shownID });
}

/** What speaks against an order in this state of a thing; the allowed states are an inference (FACTS D1). */
function objection({ kind, product }: Wish, row: Row, { account, cloud }: Call): Answer | undefined {
  if (kind === 'renew' && !isPeriodic(product, row)) return refused(product, 'NotPeriodic', 'has no term');
  if (kind === 'change-to-cycle' && isPeriodic(product, row)) return refused(product, 'Periodic', 'has a term');
  if (kind === 'renew' && Number.isNaN(Date.parse(String(row[product.expiry]))))
    return refused(product, 'StateInvalid', 'has no expiry');
  if (kind === 'delete' && product === EIP && !cloud.state.settings.refuseBoundDelete) return undefined;
  if (kind === 'delete' && product.used(account, row)) return refused(product, 'Bound', 'is in use');
  if (kind === 'modify-spec' && product === EIP && row.bandwidthID)
    return refused(product, 'InSharedBandwidth', 'has the bandwidth of its pool');
  if (!product.allowed[kind]?.includes(row.status))
    return refused(product, 'StateInvalid', `not in state ${String(row.status)}`);
  return undefined;
}

function sameToken({ cloud, account, params }: Call, wish: Wish): Answer | undefined {
  const { clientToken } = params;
  if (clientToken === undefined || !cloud.state.settings.tokenIdempotency) return undefined;
  const before = cloud.orders.find(order => order.account === account.name && order.clientToken === clientToken);
  if (!before) return undefined;
  const same =
    before.kind === wish.kind &&
    before.product === wish.product.list &&
    sameParams(before.params, withoutToken(params));
  return same ? orderAnswer(before, wish) : failure(PLACEHOLDER.token, 'the token belongs to another order');
}

/** @returns the order that was placed, or the one that the token already stands for, or why there is none */
export function place(call: Call, wish: Wish): Answer {
  const again = sameToken(call, wish);
  if (again) return again;
  const made = wish.make?.(call) ?? [];
  if (!isRows(made)) return made;
  const { cloud, account } = call;
  const row = wish.make ? made[0] : subject(call, wish);
  if (!row) return notFound(wish.product);
  const running = cloud.running(account, String(row[wish.product.key]));
  if (running) {
    const { masterOrderID, masterOrderNO } = running;
    return failure('Openapi.Order.Inprogress', 'order in progress', { masterOrderID, masterOrderNO });
  }
  return (wish.make ? undefined : objection(wish, row, call)) ?? bought(call, wish, row, made);
}

function bought(call: Call, wish: Wish, row: Row, made: readonly Row[]): Answer {
  const price = changePrice(call, wish.kind, wish.product, row);
  if (call.fault('insufficient-balance') || !pay(call.account, price))
    return failure(PLACEHOLDER.balance, 'insufficient balance');
  const order = newOrder(call, wish, row, price);
  call.cloud.orders.push(order);
  if (made.length > 0) call.cloud.awaited.set(order.masterOrderID, made);
  const passing = wish.product.passing[wish.kind];
  if (passing) row.status = passing;
  call.cloud.settle();
  return orderAnswer(order, wish);
}

const isRows = (made: readonly Row[] | Answer): made is readonly Row[] => Array.isArray(made);

const subject = (call: Call, { product, find }: Wish): Row | undefined =>
  find ? find(call) : found(call.account, product, call.params.regionID, call.params[product.param]);
