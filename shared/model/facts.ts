import type { Eip } from './eip.ts';
import type { Fen } from './money.ts';

/** What was seen of one account's region. Observed, never judged. */
export type RegionFacts = {
  readonly account: string;
  readonly region: string;
  readonly eips: readonly Eip[];
  /** Ids of the resources that carry an exempting label, or why that could not be read. */
  readonly labelled: ReadonlySet<string> | { readonly unreadable: string };
};

/** The answer to "what would it cost?", in fen for the whole change, or why there is none. */
export type Quote = { readonly price: Fen } | { readonly unavailable: string };

/** Identifies an EIP across accounts and regions. */
export const eipKey = (account: string, region: string, eipId: string): string => `${account}/${region}/${eipId}`;
