import type { Eip } from '../model/eip.ts';
import type { CtyunClient } from './client.ts';
import { type EipPage, newListEips } from './eips.ts';
import { CtyunError } from './errors.ts';

/** The API's largest page. */
const PAGE_SIZE = 50;
/** EIPs come and go while pages are read: a list that does not add up is read anew this often before it is not believed. */
const READINGS = 3;
/** 200 000 EIPs: far beyond any quota. A count that asks for more pages is wrong, and is not followed. */
const MAX_PAGES = 4000;
/** As many pages of a list are asked for at a time as a client may ever have calls in flight; its gate bounds them further. */
const AHEAD = 100;

/**
 * What is made of a list while its pages arrive, in any order, so that nobody has to hold them all. Every EIP is given
 * once. Until the end it is provisional: a list that does not add up is read anew, and begins a new one.
 */
export type Gathering<T> = {
  readonly take: (eips: readonly Eip[]) => void | Promise<void>;
  readonly end: () => T;
};

/** Begins one reading; what an earlier reading of the same list has gathered is void. */
export type Begin<T> = () => Gathering<T>;

/** Reads what stands in a region. */
export type Lister = <T>(client: CtyunClient, region: string, begin: Begin<T>) => Promise<T>;

/**
 * All EIPs of a region, page by page. The number of distinct EIPs must equal the count that the API states: a list with a
 * hole would look like "nothing to renew".
 *
 * @returns what the reading that adds up has gathered
 * @throws CtyunError; code `INVENTORY_MISMATCH` (kind `unreadable`) if pages and count disagree three times
 */
export const gatherEips: Lister = async (client, region, begin) => {
  let read = { seen: 0, totalCount: 0 };
  for (let reading = 1; reading <= READINGS; reading++) {
    const gathering = begin();
    read = await readAllPages(client, region, gathering);
    if (read.seen === read.totalCount) return gathering.end();
  }
  throw new CtyunError({
    kind: 'unreadable',
    code: 'INVENTORY_MISMATCH',
    message: `the list states ${read.totalCount} EIPs, but its pages hold ${read.seen}`,
  });
};

/** All EIPs of a region at once. @throws CtyunError as `gatherEips` does */
export const listEips = (client: CtyunClient, region: string): Promise<Eip[]> => gatherEips(client, region, all);

/** Gathers everything. */
export function all(): Gathering<Eip[]> {
  const eips: Eip[] = [];
  return { take: page => void eips.push(...page), end: () => eips };
}

/** Reads a list that is short, or that has to be seen whole, as if it had one page. */
export const inOnePage =
  (list: (client: CtyunClient, region: string) => Promise<readonly Eip[]>): Lister =>
  async (client, region, begin) => {
    const gathering = begin();
    await gathering.take(await list(client, region));
    return gathering.end();
  };

/** @returns how many distinct EIPs the pages hold, and how many the last page states */
async function readAllPages(client: CtyunClient, region: string, { take }: Gathering<unknown>) {
  const seen = new Set<string>();
  const page = (pageNo: number): Promise<EipPage> =>
    client.call(newListEips, { regionID: region, pageNo, pageSize: PAGE_SIZE });
  const fresh = ({ rows }: EipPage): Eip[] =>
    rows.filter(({ id }) => {
      const isFresh = !seen.has(id);
      seen.add(id);
      return isFresh;
    });
  const first = await page(1);
  const stated = first.totalPages ?? Math.ceil(first.totalCount / PAGE_SIZE);
  const pages = stated > MAX_PAGES ? 1 : stated;
  let { totalCount } = first;
  let next = 2;
  const reader = async (): Promise<void> => {
    while (next <= pages) {
      const pageNo = next++;
      const read = await page(pageNo);
      if (pageNo === pages) totalCount = read.totalCount;
      await take(fresh(read));
    }
  };
  try {
    await Promise.all([take(fresh(first)), ...Array.from({ length: Math.min(AHEAD, pages - 1) }, reader)]);
  } finally {
    // Where one page fails the list is void: the others need not be read to its end.
    next = pages + 1;
  }
  return { seen: seen.size, totalCount };
}
