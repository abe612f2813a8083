import * as z from 'zod/mini';
import type { Billing, Eip } from '../model/eip.ts';
import type { Envelope } from './envelope.ts';
import { type Operation, objectOf } from './operation.ts';
import { readInstant } from './time.ts';
import { count } from './wire-types.ts';

/** The API's EIP object; everything but the id is read tolerantly, for older regions leave keys out. */
const wireEip = z.looseObject({ ID: z.string().check(z.minLength(1)) });
type WireEip = z.infer<typeof wireEip>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: unknown): string | null => text(value) || null;

const printed = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const mbpsOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null;
};

/** `billingMethod` is missing in older regions; there `expiredAt` is documented to be null for on-demand EIPs only. */
function billingOf({ billingMethod, expiredAt }: WireEip): Billing {
  if (billingMethod === 'periodic' || billingMethod === 'on_demand') return billingMethod;
  if (billingMethod !== undefined && billingMethod !== null && billingMethod !== '') return 'unknown';
  return expiredAt === null ? 'on_demand' : text(expiredAt) ? 'periodic' : 'unknown';
}

/** ACTIVE means bound (the official provider's help text); any id of a user of the address means it as well. */
const isBound = (eip: WireEip): boolean =>
  eip.status === 'ACTIVE' ||
  [eip.associationID, eip.portID, eip.associationType].some(said => said !== undefined && said !== null && said !== '');

/** The API's EIP object as the model's. */
export function eipOf(eip: WireEip): Eip {
  return {
    id: eip.ID,
    name: text(eip.name),
    address: text(eip.eipAddress),
    status: text(eip.status),
    billing: billingOf(eip),
    expiresAt: readInstant(eip.expiredAt),
    expiryText: eip.expiredAt === undefined || eip.expiredAt === null ? null : printed(eip.expiredAt),
    bound: isBound(eip),
    association: text(eip.associationID) ? { type: text(eip.associationType), id: text(eip.associationID) } : null,
    portId: textOrNull(eip.portID),
    bandwidthMbps: mbpsOf(eip.bandwidth),
    bandwidthType: textOrNull(eip.bandwidthType),
    sharedBandwidthId: textOrNull(eip.bandwidthID),
    packaged: eip.isPackaged === true || eip.isPackaged === 'true',
    resourceId: textOrNull(eip.resourceID),
    updatedAt: readInstant(eip.updatedAt),
  };
}

/** 查看弹性公网IP. Answers `Openapi.Eip.NotFound` (kind `not-found`) once the EIP is gone. */
export const showEip: Operation<{ regionID: string; eipID: string }, Eip> = {
  name: 'showEip',
  method: 'GET',
  product: 'ctvpc',
  path: '/v4/eip/show',
  effect: 'read',
  token: 'none',
  answer: envelope => eipOf(objectOf(wireEip)(envelope)),
};

export type EipPage = {
  readonly rows: readonly Eip[];
  readonly totalCount: number;
  readonly totalPages: number | null;
};

const wirePage = z.object({
  eips: z.nullish(z.array(wireEip)),
  totalCount: count,
  totalPage: z.nullish(count),
});

/** 查询弹性公网IP列表 (new). `pageSize` 1 to 50. Needs a `clientToken` though it is a read. */
export const newListEips: Operation<{ regionID: string; pageNo: number; pageSize: number }, EipPage> = {
  name: 'newListEips',
  method: 'POST',
  product: 'ctvpc',
  path: '/v4/eip/new-list',
  effect: 'read',
  token: 'any',
  answer: envelope => {
    const page = objectOf(wirePage)(withCounts(envelope));
    return { rows: (page.eips ?? []).map(eipOf), totalCount: page.totalCount, totalPages: page.totalPage ?? null };
  },
};

/** The older list call has its counts beside `returnObj`; wherever they stand, they are the counts. */
function withCounts({ returnObj, totalCount, totalPage }: Envelope): Envelope {
  const page: unknown = Array.isArray(returnObj) ? returnObj[0] : returnObj;
  return { returnObj: typeof page === 'object' && page !== null ? { totalCount, totalPage, ...page } : page };
}
