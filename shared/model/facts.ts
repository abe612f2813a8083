import type { Eip } from './eip.ts';
import type { Fen } from './money.ts';

/** One account's region, and what exempts there. */
export type Where = {
  readonly account: string;
  readonly region: string;
  /** Ids of the resources that carry an exempting label, or why that could not be read. */
  readonly labelled: ReadonlySet<string> | { readonly unreadable: string };
};

/** What was seen of one account's region. Observed, never judged, but for what is `counted`. */
export type RegionFacts = Where & {
  readonly eips: readonly Eip[];
  /** What was seen besides `eips`, and is left alone for what the list says of it. Left out: nothing. */
  readonly counted?: Counted;
};

/** EIPs that are known by their number only: a large account has too many to hold them all. */
export type Counted = {
  /** By the code of the reason why they are left alone. */
  readonly byReason: ReadonlyMap<string, number>;
  /** Their ids, where another account sees the same region; else empty. */
  readonly ids: ReadonlySet<string>;
};

/** How many are counted. */
export const countOf = ({ counted }: Pick<RegionFacts, 'counted'>): number => sumOf(counted?.byReason ?? new Map());

export const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Counts of several kinds or places, added up by their keys. */
export function summed(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const counts of all) for (const [key, count] of counts) sum.set(key, (sum.get(key) ?? 0) + count);
  return sum;
}

/** The answer to "what would it cost?", in fen for the whole change, or why there is none. */
export type Quote = { readonly price: Fen } | { readonly unavailable: string };

/** Identifies an EIP across accounts and regions. */
export const eipKey = (account: string, region: string, eipId: string): string => `${account}/${region}/${eipId}`;
