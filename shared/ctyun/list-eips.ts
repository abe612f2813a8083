import type { Eip } from '../model/eip.ts';
import type { CtyunClient } from './client.ts';
import { type EipPage, newListEips } from './eips.ts';
import { CtyunError } from './errors.ts';

/** The API's largest page. */
const PAGE_SIZE = 50;
/** EIPs come and go while pages are read: a list that does not add up is read anew this often before it is not believed. */
const READINGS = 3;
/** 50 000 EIPs: far beyond any quota. A count that asks for more is wrong, and would cost that many calls. */
const MAX_PAGES = 1000;

/**
 * All EIPs of a region, read to the last page. The number of distinct EIPs must equal the count that the API states:
 * a list with a hole would look like "nothing to renew".
 *
 * @throws CtyunError; code `INVENTORY_MISMATCH` (kind `unreadable`) if pages and count disagree three times
 */
export async function listEips(client: CtyunClient, region: string): Promise<Eip[]> {
  let read = { eips: new Map<string, Eip>(), totalCount: 0 };
  for (let reading = 1; reading <= READINGS; reading++) {
    read = await readAllPages(client, region);
    if (read.eips.size === read.totalCount) return [...read.eips.values()];
  }
  throw new CtyunError({
    kind: 'unreadable',
    code: 'INVENTORY_MISMATCH',
    message: `the list states ${read.totalCount} EIPs, but its pages hold ${read.eips.size}`,
  });
}

async function readAllPages(client: CtyunClient, region: string) {
  const page = (pageNo: number): Promise<EipPage> =>
    client.call(newListEips, { regionID: region, pageNo, pageSize: PAGE_SIZE });
  const first = await page(1);
  const pages = Math.min(MAX_PAGES, first.totalPages ?? Math.ceil(first.totalCount / PAGE_SIZE));
  // The client's gate bounds how many of these are under way.
  const others = await Promise.all(Array.from({ length: Math.max(0, pages - 1) }, (_, i) => page(i + 2)));
  const all = [first, ...others];
  const eips = new Map(all.flatMap(({ rows }) => rows.map(eip => [eip.id, eip])));
  return { eips, totalCount: all.at(-1)?.totalCount ?? 0 };
}
