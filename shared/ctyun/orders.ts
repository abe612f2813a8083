import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';
import { change, look, objectOf } from './operation.ts';
import { cycleCount, cycleType, eipID, eipMbps, payVoucherPrice, projectID, regionID, someText } from './parameters.ts';

// Examples carry more (resource, status, EIP id), but only the order's id is promised for every order call.
const wireOrder = z.object({ masterOrderID: z.string().check(z.minLength(1)) });

/** @returns the id of the order; the same token gives the same order again */
const orderOf = (envelope: Envelope): { orderId: string } => ({
  orderId: objectOf(wireOrder)(envelope).masterOrderID,
});

/** 续订: periodic EIPs only; 1 to 11 months or 1 to 3 years. Asynchronous. */
export const renewEip = /* @__PURE__ */ change(
  'renewEip',
  '续订弹性 IP',
  '/v4/eip/renew',
  { regionID, projectID, eipID, cycleType, cycleCount, payVoucherPrice },
  orderOf,
);

/** 变配: another bandwidth, in Mbps. Asynchronous. */
export const modifyEipSpec = /* @__PURE__ */ change(
  'modifyEipSpec',
  '修改弹性 IP 带宽',
  '/v4/eip/modify-spec',
  { regionID, projectID, eipID, bandwidth: eipMbps, payVoucherPrice },
  orderOf,
);

/** 删除 (on demand) or 退订 (periodic). The address does not come back. Asynchronous. */
export const deleteEip = /* @__PURE__ */ change(
  'deleteEip',
  '删除弹性 IP',
  '/v4/eip/delete',
  { regionID, eipID },
  orderOf,
);

/**
 * Where an order stands. `awaits-person`: it must be paid or reviewed in the console. `failed`: it has surely ended and
 * bought nothing. `unclear`: any other word; it is not known whether it can still act.
 */
export type OrderPhase = 'running' | 'awaits-person' | 'finished' | 'failed' | 'unclear';

const PHASES: Readonly<Record<string, OrderPhase>> = {
  '1': 'awaits-person', // to pay
  '2': 'running', // paid
  '3': 'finished',
  '4': 'failed', // cancelled
  '5': 'failed',
  '7': 'running', // paying
  '8': 'awaits-person', // pending review
  '9': 'running', // approved
  '10': 'failed', // rejected
  '11': 'failed', // revoked
  '13': 'failed', // unsubscribed
  '14': 'running', // provisioning
  '22': 'failed', // the payment failed
  '999': 'failed', // deleted
};

const wireOrderState = z.object({ orderStatus: z.union([z.string(), z.number()]) });

export type OrderState = { readonly status: string; readonly phase: OrderPhase };

/** 订单查询. Status numbers are the official provider's; those that are not listed above are unclear. */
export const queryOrder = /* @__PURE__ */ look(
  'queryOrder',
  '根据订单号查询 uuid',
  '/v4/ecs/order/query-uuid',
  { masterOrderID: someText },
  orderStateOf,
  { product: 'ctecs' },
);

/** @returns the order's status as the API numbers it, and what that means; an unknown number is unclear */
export function orderStateOf(envelope: Envelope): OrderState {
  const status = String(objectOf(wireOrderState)(envelope).orderStatus);
  return { status, phase: PHASES[status] ?? 'unclear' };
}
