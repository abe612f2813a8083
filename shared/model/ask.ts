import type { ResourceKind } from './eip.ts';
import type { Fen } from './money.ts';

/** `plan` changes nothing; only `apply` may. */
export type Mode = 'plan' | 'apply';

/** Which EIPs: `regions` are CTyun region ids (资源池 ID), or `["*"]` for every region that the account can see. */
export type Target = { readonly account: string; readonly regions: readonly string[] };

/**
 * Bounds of one run; those of a day and a month (Beijing's) bound an account over all runs. A plan that would cross one
 * is held whole. Money in fen.
 */
export type Limits = {
  readonly maxActions: number;
  readonly maxSharePercent: number;
  readonly maxSpendPerAction: Fen;
  readonly maxSpendPerRun: Fen;
  readonly maxSpendPerDay: Fen;
  readonly maxSpendPerMonth: Fen;
};

/** The term that a renewal buys: 1 to 11 months or 1 to 3 years. */
export type Cycle = { readonly type: 'month' | 'year'; readonly count: number };

/** EIPs that the automation leaves alone: by name pattern (`*`, `?`) or by label (value `*` = any value). */
export type Exempt = { readonly names: readonly string[]; readonly labels: Readonly<Record<string, string>> };

/** When a traffic package (共享流量包) is warned of, and when the same is bought again. */
export type TrafficPackagePolicy = {
  /** Of its size. */
  readonly warnBelowPercent: number;
  readonly warnWithinDays: number;
  /** `null`: nothing is ever bought. */
  readonly rebuyBelowPercent: number | null;
};

/** What a person asks of auto-renew. */
export type RenewPolicy = {
  /** What has a term, and is looked after. */
  readonly resources: readonly Exclude<ResourceKind, 'traffic-package'>[];
  /** `null`: traffic packages are not looked at. */
  readonly trafficPackage: TrafficPackagePolicy | null;
  readonly withinDays: number;
  /** Leave it to the console's own auto-renew until this many days before expiry; `null` = do not wait. */
  readonly notBeforeDays: number | null;
  readonly cycle: Cycle;
  readonly onlyBound: boolean;
  readonly includePackaged: boolean;
  readonly expired: 'hold' | 'renew';
  readonly exempt: Exempt;
  readonly settleWithinSeconds: number;
};

/** Which chat channels are told of a run, and when. The names' addresses are in the secrets store. */
export type Notify = {
  readonly channels: readonly string[];
  /** `something`: only where the run did, would do, holds or could not do something. */
  readonly when: 'something' | 'always';
  /** `daily`: what needs nobody is gathered and told once a day; what does is told at once all the same. */
  readonly digest: 'daily' | null;
};

/** What every function is asked: the shape of a schedule's input, an HTTP body and a CLI file. */
export type Ask<Policy> = {
  readonly mode: Mode;
  readonly targets: readonly Target[];
  /** The schedule's planned time; identifies the run together with function, account and region. */
  readonly slot: string | null;
  readonly policy: Policy;
  readonly limits: Limits;
  /** Whether every plan waits for people, or only one that a cap holds; and how many must agree. */
  readonly approval: { readonly always: boolean; readonly approvers: number };
  /** Left out: nobody is told. */
  readonly notify?: Notify;
};
