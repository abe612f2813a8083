import type { Cycle } from './ask.ts';
import type { Billing, Eip, OtherResource, Traffic } from './eip.ts';
import { type Fen, sumFen } from './money.ts';
import type { DnsPolicy, OrphanExempt } from './orphans.ts';
import { digest } from './token.ts';

/** Why a verdict or an outcome is what it is: a stable code and the numbers behind it. Words are made in `report`. */
export type Reason<Code extends string = string> = {
  readonly code: Code;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** What every action carries. `expects` are the facts it rests on: where they have moved, it is not done. */
type ActionOf<Kind extends string, Expects> = {
  readonly kind: Kind;
  readonly account: string;
  readonly region: string;
  readonly eipId: string;
  /** What it costs at once, in fen. */
  readonly price: Fen;
  readonly expects: { readonly status: string; readonly bound: boolean } & Readonly<Expects>;
  /** The same for the same facts: the key of its intent, and the `clientToken` of its first order. */
  readonly token: string;
};

/** Buy one more term. */
export type Renew = ActionOf<'renew', { expiresAt: Date }> & {
  readonly cycle: Cycle;
  /** Left out: an EIP. */
  readonly resource?: Exclude<OtherResource, 'traffic-package'>;
};

/** Buy a traffic package once more: one of the same size and cycle. `eipId` is the package that runs out. */
export type Rebuy = ActionOf<'rebuy', { expiresAt: Date; alike: Traffic['alike'] }> & {
  readonly cycleType: 'MONTH' | 'YEAR';
  readonly sizeGb: number;
};

/**
 * Give an EIP another bandwidth, in Mbps. It rests on the last change of its bandwidth, too (null: none is remembered):
 * so each decision has a token of its own. `baselineMbps` is what it had before our first raise; null: a person asked for
 * the new size, so that nothing is remembered and nothing returns.
 */
export type Resize = ActionOf<'resize', { bandwidthMbps: number; billing: Billing; lastChangeAt: Date | null }> & {
  readonly toMbps: number;
  readonly baselineMbps: number | null;
};

/** Give an address back. It cannot be undone. `firstSeen`: of its idle period. `unless`: what is looked at once more right before, and then keeps it. */
export type Release = ActionOf<'release', { address: string; updatedAt: Date | null; firstSeen: Date }> & {
  readonly unless: { readonly exempt: OrphanExempt; readonly dns: DnsPolicy };
};

/** Everything the software can do to the cloud. */
export type Action = Renew | Rebuy | Resize | Release;

/** act: do it. keep: nothing to do. hold: would act, but a guard or a limit says no. */
export type Verdict =
  | { readonly decision: 'act'; readonly reason: Reason; readonly action: Action }
  | { readonly decision: 'keep' | 'hold'; readonly reason: Reason };

export type PlanItem = {
  readonly account: string;
  readonly region: string;
  readonly eip: Eip;
  readonly verdict: Verdict;
};

/**
 * A limit that the plan as a whole would cross, or `approval`: that people must approve it. Amounts of money in fen.
 */
export type CrossedCap = {
  readonly cap: string;
  readonly unit: 'actions' | 'percent' | 'fen' | 'people';
  readonly limit: number;
  readonly wanted: number;
  /** Whose budget it is, for the money of a day or month. */
  readonly account?: string;
};

/** What would be done, as a value: it can be printed, limited, approved by its hash, applied exactly, thrown away. */
export type Plan = {
  readonly function: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly items: readonly PlanItem[];
  /** How many more are left alone, by the code of the reason; none where it is left out. */
  readonly unlisted?: Readonly<Record<string, number>>;
  /** Not empty: nothing of this plan may be done without a person. */
  readonly held: readonly CrossedCap[];
  readonly hash: string;
};

/** A plan older than this is not applied: prices and states move. */
const PLAN_LIVES_MS = 24 * 3600_000;

export function makePlan(
  fn: string,
  madeAt: Date,
  items: readonly PlanItem[],
  held: readonly CrossedCap[],
  unlisted: ReadonlyMap<string, number> = new Map(),
): Plan {
  const expiresAt = new Date(madeAt.getTime() + PLAN_LIVES_MS);
  const more = unlisted.size > 0 ? { unlisted: Object.fromEntries(unlisted) } : {};
  const plan = { function: fn, madeAt, expiresAt, items, held, ...more };
  return { ...plan, hash: planHash(plan) };
}

/** What stands for a plan's actions: its function, its expiry and every action, nothing else. */
export const planHash = ({ function: fn, expiresAt, items }: Omit<Plan, 'hash'>): string =>
  digest({ function: fn, expiresAt, actions: wantedActions(items) });

/** The actions that the rules want, whether or not a cap holds them. */
export function wantedActions(items: readonly PlanItem[]): Action[] {
  return items.flatMap(({ verdict }) => (verdict.decision === 'act' ? [verdict.action] : []));
}

export const priceOf = (actions: readonly Action[]): Fen => sumFen(actions.map(action => action.price));
