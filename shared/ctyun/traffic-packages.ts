/** Shared traffic packages (共享流量包), read as the model's records. */
import * as z from 'zod/mini';
import type { Eip, Traffic } from '../model/eip.ts';
import { amount, pageOf } from './answers.ts';
import { flowPackageList, PACKAGE_SIZES_GB } from './api/flow-package.ts';
import type { CtyunClient } from './client.ts';
import { printed, textOf, textOrNull } from './eips.ts';
import { wholeList } from './inventory.ts';
import { readInstant } from './time.ts';

const wirePackage = /* @__PURE__ */ z.looseObject({
  id: /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.minLength(1)),
  status: amount,
  totalVolumn: amount,
  leftVolumn: amount,
});
type WirePackage = z.infer<typeof wirePackage>;

/** The API's numbers in words (FACTS C5); one that is not listed stays a number. */
const STATES: Readonly<Record<number, string>> = {
  0: 'INITIAL',
  1: 'VALID',
  5: 'UNSUBSCRIBED',
  6: 'EXPIRED',
  7: 'DESTROYED',
};

const stateOf = ({ status }: WirePackage): string => (status === null ? '' : (STATES[status] ?? String(status)));

function contentOf({ cycleType, totalVolumn, leftVolumn }: WirePackage): Omit<Traffic, 'alike'> {
  const cycle = cycleType === 'MONTH' || cycleType === 'YEAR' ? cycleType : null;
  const sizes: readonly number[] = cycle ? PACKAGE_SIZES_GB[cycle] : [];
  const sizeGb = totalVolumn !== null && sizes.includes(totalVolumn) ? totalVolumn : null;
  const leftGb = leftVolumn !== null && leftVolumn >= 0 ? leftVolumn : null;
  return { cycleType: cycle, sizeGb, leftGb };
}

/** A package is nothing that something is bound to, and it is always paid in advance. */
const recordOf = (row: WirePackage, traffic: Traffic): Eip => ({
  resource: 'traffic-package',
  id: row.id,
  name: textOf(row.packageName),
  address: '',
  status: stateOf(row),
  billing: 'periodic',
  expiresAt: readInstant(row.expireTime),
  expiryText: row.expireTime === undefined || row.expireTime === null ? null : printed(row.expireTime),
  bound: false,
  association: null,
  portId: null,
  bandwidthMbps: null,
  bandwidthType: null,
  sharedBandwidthId: null,
  packaged: false,
  resourceId: textOrNull(row.masterResourceBundleId),
  updatedAt: null,
  traffic,
});

/** All packages of a region, also those that are over. @throws CtyunError as `wholeList` */
export async function listTrafficPackages(client: CtyunClient, regionID: string): Promise<Eip[]> {
  const list = { ...flowPackageList, answer: pageOf(wirePackage) };
  const rows = await wholeList('traffic packages', () => client.call(list, { regionID }));
  return rows.map(row => {
    const content = contentOf(row);
    const isAlike = (other: WirePackage): boolean => {
      const { cycleType, sizeGb } = contentOf(other);
      return other.id !== row.id && cycleType === content.cycleType && sizeGb === content.sizeGb;
    };
    return recordOf(row, {
      ...content,
      alike: rows
        .filter(isAlike)
        .map(({ id }) => id)
        .toSorted(),
    });
  });
}

/** One package for one month or one year, as a purchase and a question for its price name it. */
export const onePackage = (regionID: string, cycleType: 'MONTH' | 'YEAR', sizeGb: number) => ({
  regionID,
  cycleType,
  cycleCount: 1,
  count: 1,
  spec: sizeGb,
});
