/** What many calls answer: pages, orders, and fields that are text, numbers or times in more than one spelling. */
import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';
import { checked } from './operation.ts';
import { readInstant } from './time.ts';
import { count } from './wire-types.ts';

const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

/** A field that may be missing, null or of another type in older regions: then it is `null`. */
function tolerant<T>(read: (value: unknown) => T | null) {
  return z.pipe(z.optional(z.unknown()), z.transform(read));
}

/** What names a thing must be there. */
export const id = /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.minLength(1));
/** Text, or `null` where there is none. */
export const said = /* @__PURE__ */ tolerant(value => (typeof value === 'string' && value !== '' ? value : null));
/** A number, also as digits. */
export const amount = /* @__PURE__ */ tolerant(numberOf);
/** A UTC time. */
export const instant = /* @__PURE__ */ tolerant(readInstant);
export const truth = /* @__PURE__ */ tolerant(value => (typeof value === 'boolean' ? value : null));

export type Page<R> = { readonly rows: readonly R[]; readonly totalCount: number | null };

/**
 * A list: `returnObj` itself with counts beside it (older calls), or an object that holds both (newer ones). Where no
 * document tells the list's key, it is the one list that is there.
 *
 * @throws CtyunError `unreadable` when there is neither a list nor a count of zero
 */
export function pageOf<R>(row: z.ZodMiniType<R>, key?: string): (envelope: Envelope) => Page<R> {
  const schema = z.array(row);
  return envelope => {
    const within = unwrapped(envelope.returnObj, key);
    const rows = within.list ?? listIn(within.fields, key);
    const read = z.safeParse(count, within.fields?.totalCount ?? envelope.totalCount);
    const totalCount = read.success ? read.data : null;
    return { rows: checked(schema, rows ?? (totalCount === 0 ? [] : undefined)), totalCount };
  };
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

// Generated structs wrap the object that holds the list in an array.
function unwrapped(
  value: unknown,
  key: string | undefined,
): { list?: readonly unknown[]; fields?: Fields | undefined } {
  if (!Array.isArray(value)) return { fields: fieldsOf(value) };
  const only = key !== undefined && value.length === 1 ? fieldsOf(value[0]) : undefined;
  return only && Array.isArray(only[key ?? '']) ? { fields: only } : { list: value };
}

const listIn = (fields: Fields | undefined, key: string | undefined): unknown =>
  key === undefined ? Object.values(fields ?? {}).find(Array.isArray) : fields?.[key];

/** An order that was placed. It is asynchronous: follow `orderId` with `queryOrder`. */
export type PlacedOrder = {
  readonly orderId: string;
  /** `started`, `starting`, `renewed`, `changed`, `refunded`, `failed` and others. */
  readonly status: string | null;
  /** The order's own resource (`masterResourceID`): what the billing conversions of `/v4/order/` are asked with. */
  readonly orderResourceId: string | null;
  /** The EIP or bandwidth; `null` until it has started. */
  readonly resourceId: string | null;
};

const wireOrder = /* @__PURE__ */ z.object({
  masterOrderID: said,
  masterOrderId: said,
  masterResourceStatus: said,
  masterResourceID: said,
  eipID: said,
  bandwidthID: said,
});

/** @throws CtyunError `unreadable` when the answer names no order (the id has two spellings) */
export function placedOrder({ returnObj }: Envelope): PlacedOrder {
  const order = checked(wireOrder, Array.isArray(returnObj) ? returnObj[0] : returnObj);
  return {
    orderId: checked(id, order.masterOrderID ?? order.masterOrderId),
    status: order.masterResourceStatus,
    orderResourceId: order.masterResourceID,
    resourceId: order.eipID ?? order.bandwidthID,
  };
}
