/** Places orders: paid at once, finished later, the same token giving the same order again. */
import { randomBytes } from 'node:crypto';
import { type Answer, eipNotFound, failure, PLACEHOLDER, success } from './answers.ts';
import { addCycle, isoSeconds } from './clock.ts';
import { changePrice, withoutToken } from './prices.ts';
import type { OrderKind, OrderRecord } from './records.ts';
import type { Call, Params, Route } from './route.ts';
import type { SimAccount, SimEip } from './state.ts';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

const STATUS_WORD: Readonly<Record<OrderKind, string>> = {
  create: 'started',
  renew: 'renewed',
  'modify-spec': 'changed',
  delete: 'started',
};

function orderAnswer(order: OrderRecord): Answer {
  const { masterOrderID, masterOrderNO, masterResourceID, regionID, eipID, kind, status } = order;
  const masterResourceStatus = status === '3' ? STATUS_WORD[kind] : status === '5' ? 'failed' : 'starting';
  const shownID = kind === 'create' && status !== '3' ? null : eipID;
  const base = { masterOrderID, masterOrderNO, masterResourceStatus, regionID };
  return success(kind === 'delete' ? base : { ...base, masterResourceID, eipID: shownID });
}

/** What speaks against an order in this state of the EIP; the allowed states are an inference (FACTS D1). */
function objection(kind: OrderKind, eip: SimEip): Answer | undefined {
  const allowed: Readonly<Record<OrderKind, readonly string[]>> = {
    create: [],
    renew: ['ACTIVE', 'DOWN', 'EXPIRED', 'FREEZING'],
    'modify-spec': ['ACTIVE', 'DOWN'],
    delete: ['DOWN', 'EXPIRED', 'FREEZING'],
  };
  if (kind === 'renew' && eip.billingMethod !== 'periodic') return failure(PLACEHOLDER.billing, 'not a periodic eip');
  if (kind === 'renew' && Number.isNaN(Date.parse(String(eip.expiredAt))))
    return failure(PLACEHOLDER.state, 'the eip has no expiry');
  if (kind === 'delete' && eip.associationID) return failure(PLACEHOLDER.bound, 'the eip is bound');
  if (!allowed[kind].includes(String(eip.status)))
    return failure(PLACEHOLDER.state, `not in state ${String(eip.status)}`);
  return undefined;
}

const inOrder = (params: Params): string =>
  JSON.stringify(Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function sameToken({ cloud, account, params }: Call, kind: OrderKind): Answer | undefined {
  const { clientToken } = params;
  if (!cloud.state.settings.tokenIdempotency) return undefined;
  const before = cloud.orders.find(order => order.account === account.name && order.clientToken === clientToken);
  if (!before) return undefined;
  const same = before.kind === kind && inOrder(before.params) === inOrder(withoutToken(params));
  return same ? orderAnswer(before) : failure(PLACEHOLDER.token, 'the token belongs to another order');
}

function place(call: Call, kind: OrderKind, path: string): Answer {
  const { cloud, account, params, fault } = call;
  const again = sameToken(call, kind);
  if (again) return again;
  const eip = kind === 'create' ? newEip(call) : cloud.eip(account, params.regionID, params.eipID);
  if (!eip) return eipNotFound();
  const running = cloud.running(account, eip.ID);
  if (running) {
    const { masterOrderID, masterOrderNO } = running;
    return failure('Openapi.Order.Inprogress', 'order in progress', { masterOrderID, masterOrderNO });
  }
  const objected = kind === 'create' ? undefined : objection(kind, eip);
  if (objected) return objected;
  const price = changePrice(call, path);
  if (fault('insufficient-balance') || !pay(account, price))
    return failure(PLACEHOLDER.balance, 'insufficient balance');
  const order = record(call, kind, eip, price);
  if (kind === 'create') cloud.awaited.set(order.masterOrderID, eip);
  if (kind === 'modify-spec') eip.status = 'UPDATING';
  if (kind === 'delete') eip.status = 'DELETING';
  cloud.settle();
  return orderAnswer(order);
}

function record({ cloud, account, params, fault }: Call, kind: OrderKind, eip: SimEip, price: number): OrderRecord {
  const createdAt = cloud.clock.now();
  const order: OrderRecord = {
    masterOrderID: hex(16),
    masterOrderNO: `${createdAt.toISOString().replaceAll(/\D/g, '')}${cloud.orders.length}`,
    masterResourceID: hex(16),
    account: account.name,
    kind,
    regionID: eip.regionID,
    eipID: eip.ID,
    clientToken: String(params.clientToken),
    price: price.toFixed(2),
    params: withoutToken(params),
    createdAt,
    endsAt: fault('stuck-order') ? null : new Date(createdAt.getTime() + cloud.state.settings.orderSeconds * 1000),
    fails: fault('failed-order') !== undefined,
    status: '14',
    finishedAt: null,
  };
  cloud.orders.push(order);
  return order;
}

/** Takes the money when the order is placed. Refunds are not simulated. */
function pay(account: SimAccount, price: number): boolean {
  const left = Math.round(Number(account.balance) * 100) - Math.round(price * 100);
  if (left < 0) return false;
  account.balance = (left / 100).toFixed(2);
  return true;
}

function newEip({ cloud, params, account }: Call): SimEip {
  const now = cloud.clock.now();
  const createdAt = isoSeconds(now);
  const onDemand = params.cycleType === 'on_demand';
  return {
    regionID: String(params.regionID),
    ID: `eip-${hex(5)}`,
    eipAddress: `198.51.100.${account.eips.length % 256}`,
    name: params.name,
    associationID: '',
    associationType: null,
    bandwidth: Number(params.bandwidth ?? 1),
    bandwidthID: '',
    status: 'DOWN',
    createdAt,
    updatedAt: createdAt,
    expiredAt: onDemand ? null : isoSeconds(addCycle(now, String(params.cycleType), Number(params.cycleCount ?? 1))),
    billingMethod: onDemand ? 'on_demand' : 'periodic',
    labels: {},
    omit: [],
  };
}

const orderRoute = (kind: OrderKind, required: Route['required']): Route => ({
  method: 'POST',
  path: `/v4/eip/${kind}`,
  required: { clientToken: 'string', regionID: 'string', ...required },
  handle: call => place(call, kind, `/v4/eip/${kind}`),
});

export const orderRoutes: readonly Route[] = [
  orderRoute('create', { cycleType: 'string', name: 'string' }),
  orderRoute('renew', { eipID: 'string', cycleType: 'string', cycleCount: 'number' }),
  orderRoute('modify-spec', { eipID: 'string', bandwidth: 'number' }),
  orderRoute('delete', { eipID: 'string' }),
];
