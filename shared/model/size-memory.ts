/** A change of bandwidth that was begun and is not yet seen to have happened or failed. */
export type Begun = {
  /** Of the action: the key of its intent. */
  readonly token: string;
  readonly fromMbps: number;
  readonly toMbps: number;
  readonly baselineMbps: number;
  readonly at: Date;
};

/** What the ledger remembers of one EIP's bandwidth. A change is written here before it is ordered. */
export type SizeMemory = {
  /** Before our first raise: what a return goes back to. Null: none of ours is in force. */
  readonly baselineMbps: number | null;
  /** What it was last set to, by us or by a person. */
  readonly setMbps: number;
  /** What it was before that: a list that lags behind may still show it for a while. */
  readonly wasMbps: number | null;
  readonly changedAt: Date | null;
  readonly by: 'us' | 'a-person' | 'nobody';
  readonly begun: Begun | null;
};
