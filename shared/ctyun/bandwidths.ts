/** IPv6 bandwidths and shared bandwidths, read as the model's records: both have a term, as an EIP has. */
import * as z from 'zod/mini';
import type { Billing, Eip } from '../model/eip.ts';
import { pageOf } from './answers.ts';
import { ipv6BandwidthList, ipv6BandwidthShow } from './api/ipv6-bandwidth.ts';
import { bandwidthDescribe, bandwidthNewList } from './api/shared-bandwidth.ts';
import type { CtyunClient } from './client.ts';
import { mbpsOf, printed, textOf, textOrNull } from './eips.ts';
import { PAGE_SIZE, wholeList } from './inventory.ts';
import { objectOf } from './operation.ts';
import { readInstant } from './time.ts';

/** The expiry is needed as it was printed: one that cannot be read is not one that is missing. */
const wireRow = /* @__PURE__ */ z.looseObject({ id: /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.minLength(1)) });
type WireRow = z.infer<typeof wireRow>;

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** What the two have in common; neither says when it was last changed. */
const common = (row: WireRow, expiry: unknown) => ({
  id: row.id,
  name: textOf(row.name),
  status: textOf(row.status),
  expiresAt: readInstant(expiry),
  expiryText: isNothing(expiry) ? null : printed(expiry),
  association: null,
  portId: null,
  bandwidthMbps: mbpsOf(row.bandwidth),
  bandwidthType: null,
  sharedBandwidthId: null,
  packaged: false,
  resourceId: textOrNull(row.resourceID),
  updatedAt: null,
});

/** Sold for a term only (FACTS C4); a word that says something else is not passed over. */
const ipv6Billing = ({ paymentType }: WireRow): Billing =>
  isNothing(paymentType) || paymentType === '' || paymentType === 'periodic'
    ? 'periodic'
    : paymentType === 'on_demand'
      ? 'on_demand'
      : 'unknown';

/** In use: it carries an IPv6 address. */
function ipv6BandwidthOf(row: WireRow): Eip {
  const address = textOf(row.ipAddress);
  const own = { resource: 'ipv6-bandwidth', address, bound: address !== '', billing: ipv6Billing(row) } as const;
  return { ...common(row, row.expiredTime), ...own };
}

/** It does not say how it is paid: without a term there is no expiry, as with EIPs of older regions. */
const sharedBilling = ({ expireAt }: WireRow): Billing =>
  expireAt === null ? 'on_demand' : textOf(expireAt) ? 'periodic' : 'unknown';

/** In use: EIPs share it. */
function sharedBandwidthOf(row: WireRow): Eip {
  const bound = Array.isArray(row.eips) && row.eips.length > 0;
  const own = { resource: 'shared-bandwidth', address: '', bound, billing: sharedBilling(row) } as const;
  return { ...common(row, row.expireAt), ...own };
}

/** All IPv6 bandwidths of a region. @throws CtyunError as `wholeList` */
export async function listIpv6Bandwidths(client: CtyunClient, regionID: string): Promise<Eip[]> {
  // Of the newer list no document tells the rows' fields.
  const list = { ...ipv6BandwidthList, answer: pageOf(wireRow) };
  const page = (pageNo: number) => client.call(list, { regionID, pageNo, pageSize: PAGE_SIZE });
  return (await wholeList('IPv6 bandwidths', page)).map(ipv6BandwidthOf);
}

/** All shared bandwidths of a region. @throws CtyunError as `wholeList` */
export async function listSharedBandwidths(client: CtyunClient, regionID: string): Promise<Eip[]> {
  const list = { ...bandwidthNewList, answer: pageOf(wireRow, 'bandwidths') };
  const page = (pageNo: number) => client.call(list, { regionID, pageNo, pageSize: PAGE_SIZE });
  return (await wholeList('shared bandwidths', page)).map(sharedBandwidthOf);
}

/** @throws CtyunError; kind `not-found` once it is gone */
export const showIpv6Bandwidth = async (client: CtyunClient, regionID: string, bandwidthID: string): Promise<Eip> =>
  ipv6BandwidthOf(await client.call({ ...ipv6BandwidthShow, answer: objectOf(wireRow) }, { regionID, bandwidthID }));

/** @throws CtyunError; kind `not-found` once it is gone */
export const showSharedBandwidth = async (client: CtyunClient, regionID: string, bandwidthID: string): Promise<Eip> =>
  sharedBandwidthOf(await client.call({ ...bandwidthDescribe, answer: objectOf(wireRow) }, { regionID, bandwidthID }));
