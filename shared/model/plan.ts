import type { Cycle } from './ask.ts';
import type { Eip } from './eip.ts';
import { type Fen, sumFen } from './money.ts';
import { digest } from './token.ts';

/** Why a verdict or an outcome is what it is: a stable code and the numbers behind it. Words are made in `report`. */
export type Reason<Code extends string = string> = {
  readonly code: Code;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** Buy one more term. `expects` are the facts it rests on: where they have moved, it is not done. */
export type Renew = {
  readonly kind: 'renew';
  readonly account: string;
  readonly region: string;
  readonly eipId: string;
  readonly cycle: Cycle;
  readonly price: Fen;
  readonly expects: { readonly status: string; readonly bound: boolean; readonly expiresAt: Date };
  readonly token: string;
};

/** Everything the software can do to the cloud. */
export type Action = Renew;

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

/** A limit that the plan as a whole would cross. Amounts of money in fen. */
export type CrossedCap = {
  readonly cap: string;
  readonly unit: 'actions' | 'percent' | 'fen';
  readonly limit: number;
  readonly wanted: number;
};

/** What would be done, as a value: it can be printed, limited, approved by its hash, applied exactly, thrown away. */
export type Plan = {
  readonly function: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly items: readonly PlanItem[];
  /** Not empty: nothing of this plan may be done without a person. */
  readonly held: readonly CrossedCap[];
  readonly hash: string;
};

/** A plan older than this is not applied: prices and states move. */
const PLAN_LIVES_MS = 24 * 3600_000;

export function makePlan(fn: string, madeAt: Date, items: readonly PlanItem[], held: readonly CrossedCap[]): Plan {
  const expiresAt = new Date(madeAt.getTime() + PLAN_LIVES_MS);
  const actions = wantedActions(items);
  return { function: fn, madeAt, expiresAt, items, held, hash: digest({ function: fn, expiresAt, actions }) };
}

/** The actions that the rules want, whether or not a cap holds them. */
export function wantedActions(items: readonly PlanItem[]): Action[] {
  return items.flatMap(({ verdict }) => (verdict.decision === 'act' ? [verdict.action] : []));
}

export const priceOf = (actions: readonly Action[]): Fen => sumFen(actions.map(action => action.price));
