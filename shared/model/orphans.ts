import type { Exempt } from './ask.ts';
import type { Fen } from './money.ts';

/** Who can say that an address is in use. `eip`: the EIP itself. All must be asked before one is called an orphan. */
export type Witness = 'eip' | 'snat' | 'dnat' | 'load-balancer' | 'virtual-ip' | 'port' | 'instance';

/** One witness of use: who says so, and of what it speaks (a rule, a load balancer, a NIC). */
export type Use = { readonly witness: Witness; readonly by: string };

/** What the witnesses of a region say, by EIP id and by address; or which of them could not be asked. */
export type Uses = ReadonlyMap<string, Use> | { readonly witness: Witness; readonly unreadable: string };

/** The names of a zone file, by the address that they point at; `outside`: where its CNAMEs lead. */
export type Zone = { readonly pointers: ReadonlyMap<string, string>; readonly outside: readonly string[] };

/** Which names must not point at an address that is released, and who is asked. */
export type DnsPolicy = {
  /** Asked as they are; those with `*` or `?` are also held against the address's reverse name. */
  readonly names: readonly string[];
  /** Addresses of DNS servers; none = the machine's own. */
  readonly resolvers: readonly string[];
  readonly timeoutSeconds: number;
};

/** Which name points at each address, and the reverse names of each address; or why nobody can tell. */
export type DnsFacts =
  | { readonly pointers: ReadonlyMap<string, string>; readonly reverse: ReadonlyMap<string, readonly string[]> }
  | { readonly unreadable: string };

/** What keeps an EIP, whatever else is true of it. */
export type OrphanExempt = Exempt & { readonly addresses: readonly string[] };

/** What a person asks of release-orphans. */
export type OrphanPolicy = {
  readonly graceHours: number;
  readonly warnHours: number;
  readonly billing: readonly 'on_demand'[];
  /** Periodic EIPs are paid for until their term ends: reported only, or released in its last days. */
  readonly periodic: 'report' | 'release-when-expiring';
  readonly expiringDays: number;
  readonly exempt: OrphanExempt;
  readonly dns: DnsPolicy & { readonly zones: readonly Zone[] };
  /** A region that shows fewer EIPs than this is not believed. */
  readonly inventoryFloor: number;
  /** Nor is one whose unbound share has grown by more than this many points since the last run. */
  readonly maxUnboundJumpPercent: number;
  readonly settleWithinSeconds: number;
};

/** What is remembered of an EIP that was seen without any use. */
export type Watch = {
  /** Of an unbroken row of sightings, each of which found it unused. */
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** In different runs. */
  readonly sightings: number;
  /** When an apply first said that it will be released. */
  readonly warnedAt: Date | null;
};

/** The unused share of a region's EIPs, in percent, when it was last believed. */
export type Share = { readonly percent: number; readonly at: Date };

/** What the ledger keeps of one account's region. */
export type RegionMemory = {
  readonly watched: Readonly<Record<string, Watch>>;
  readonly share: Share | null;
};

/** What an EIP costs in a month, in fen; null where the price query cannot tell. */
export type MonthlyCost = Fen | null;
