import * as z from 'zod/mini';
import type { Billing, Eip } from '../model/eip.ts';
import type { Envelope } from './envelope.ts';
import { change, look, objectOf, QUESTION } from './operation.ts';
import { oneOf, optional } from './parameter.ts';
import { eipID, optionalText, pageNo, pageSize, projectID, regionID, someTexts } from './parameters.ts';
import { readInstant } from './time.ts';
import { count } from './wire-types.ts';

/** The API's EIP object; everything but the id is read tolerantly, for older regions leave keys out. */
const wireEip = z.looseObject({ ID: z.string().check(z.minLength(1)) });
type WireEip = z.infer<typeof wireEip>;

/** What a field says, where it is a text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const textOrNull = (value: unknown): string | null => textOf(value) || null;

/** A value as it was printed, for people. */
export const printed = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Mbps, as a number or as digits. */
export const mbpsOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null;
};

/** `billingMethod` is missing in older regions; there `expiredAt` is documented to be null for on-demand EIPs only. */
function billingOf({ billingMethod, expiredAt }: WireEip): Billing {
  if (billingMethod === 'periodic' || billingMethod === 'on_demand') return billingMethod;
  if (billingMethod !== undefined && billingMethod !== null && billingMethod !== '') return 'unknown';
  return expiredAt === null ? 'on_demand' : textOf(expiredAt) ? 'periodic' : 'unknown';
}

/** ACTIVE means bound (the official provider's help text); any id of a user of the address means it as well. */
const isBound = (eip: WireEip): boolean =>
  eip.status === 'ACTIVE' ||
  [eip.associationID, eip.portID, eip.associationType].some(said => said !== undefined && said !== null && said !== '');

/** The API's EIP object as the model's. */
export function eipOf(eip: WireEip): Eip {
  return {
    id: eip.ID,
    name: textOf(eip.name),
    address: textOf(eip.eipAddress),
    status: textOf(eip.status),
    billing: billingOf(eip),
    expiresAt: readInstant(eip.expiredAt),
    expiryText: eip.expiredAt === undefined || eip.expiredAt === null ? null : printed(eip.expiredAt),
    bound: isBound(eip),
    association: textOf(eip.associationID)
      ? { type: textOf(eip.associationType), id: textOf(eip.associationID) }
      : null,
    portId: textOrNull(eip.portID),
    bandwidthMbps: mbpsOf(eip.bandwidth),
    bandwidthType: textOrNull(eip.bandwidthType),
    sharedBandwidthId: textOrNull(eip.bandwidthID),
    packaged: eip.isPackaged === true || eip.isPackaged === 'true',
    resourceId: textOrNull(eip.resourceID),
    updatedAt: readInstant(eip.updatedAt),
  };
}

/** Answers `Openapi.Eip.NotFound` (kind `not-found`) once the EIP is gone. */
export const showEip = /* @__PURE__ */ look(
  'showEip',
  '查看弹性 IP 详情',
  '/v4/eip/show',
  { regionID, eipID },
  envelope => eipOf(objectOf(wireEip)(envelope)),
);

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

/** The filters of both lists. `status` takes only these of all the states; `ip` is an address. */
export const eipFilters = {
  regionID,
  projectID,
  pageNo,
  pageSize,
  ids: /* @__PURE__ */ optional(someTexts),
  status: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf('ACTIVE', 'DOWN', 'FREEZING', 'EXPIRED')),
  ipType: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf('ipv4', 'ipv6')),
  eipType: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf('normal', 'cn2')),
  ip: optionalText,
};

/** The newer list: its counts are inside `returnObj`. Needs a `clientToken` though it is a read. */
export const newListEips = /* @__PURE__ */ change(
  'newListEips',
  '查询指定地域已创建的弹性 IP（新）',
  '/v4/eip/new-list',
  eipFilters,
  eipPageOf,
  QUESTION,
);

/** A page of either list, newer or older. */
export function eipPageOf(envelope: Envelope): EipPage {
  const page = objectOf(wirePage)(withCounts(envelope));
  return { rows: (page.eips ?? []).map(eipOf), totalCount: page.totalCount, totalPages: page.totalPage ?? null };
}

/** The older list call has its counts beside `returnObj`; wherever they stand, they are the counts. */
function withCounts({ returnObj, totalCount, totalPage }: Envelope): Envelope {
  const page: unknown = Array.isArray(returnObj) ? returnObj[0] : returnObj;
  return { returnObj: typeof page === 'object' && page !== null ? { totalCount, totalPage, ...page } : page };
}
