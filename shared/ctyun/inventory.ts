import type { Page } from './answers.ts';
import { CtyunError } from './errors.ts';

/** The API's largest page. */
export const PAGE_SIZE = 50;
/** Things come and go while pages are read: a list that does not add up is read anew this often before it is not believed. */
const READINGS = 3;
/** As of EIPs: a count that asks for more pages is wrong. */
const MAX_PAGES = 1000;

type Identified = { readonly id: string };

/**
 * All rows of a list, read to the last page. Their number must equal the count that the API states: a list with a hole
 * would look like "nothing to renew". Where it states none, a page that is not full is the last one.
 *
 * @param what in the complaint, for instance `IPv6 bandwidths`
 * @throws CtyunError; code `INVENTORY_MISMATCH` (kind `unreadable`) if pages and count disagree three times
 */
export async function wholeList<R extends Identified>(
  what: string,
  page: (pageNo: number) => Promise<Page<R>>,
): Promise<R[]> {
  let read: Reading<R> = { rows: new Map(), stated: null };
  for (let reading = 1; reading <= READINGS; reading++) {
    read = await readAll(page);
    if (read.stated === null || read.rows.size === read.stated) return [...read.rows.values()];
  }
  throw mismatch(what, read.rows.size, read.stated ?? 0);
}

type Reading<R> = { readonly rows: ReadonlyMap<string, R>; readonly stated: number | null };

async function readAll<R extends Identified>(page: (pageNo: number) => Promise<Page<R>>): Promise<Reading<R>> {
  const rows = new Map<string, R>();
  for (let pageNo = 1; ; pageNo++) {
    const before = rows.size;
    const { rows: more, totalCount } = await page(pageNo);
    for (const row of more) rows.set(row.id, row);
    const isLast = totalCount === null ? more.length < PAGE_SIZE : pageNo * PAGE_SIZE >= totalCount;
    // Nothing new on a page: there is no more, whatever the count says, or the list has no pages.
    if (isLast || rows.size === before || pageNo >= MAX_PAGES) return { rows, stated: totalCount };
  }
}

const mismatch = (what: string, read: number, stated: number): CtyunError =>
  new CtyunError({
    kind: 'unreadable',
    code: 'INVENTORY_MISMATCH',
    message: `the list states ${stated} ${what}, but its pages hold ${read}`,
  });
