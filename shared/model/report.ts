import type { Limits, Mode } from './ask.ts';
import type { Switch } from './control.ts';
import { type Fen, ZERO } from './money.ts';
import type { Plan, Reason } from './plan.ts';

/**
 * What became of one action.
 * done: confirmed by looking. ordered: the order is accepted and still runs. skipped: the facts moved, nothing was sent.
 * failed: the API refused. unknown: an order may have been placed, nobody can tell yet.
 */
export type Outcome = {
  readonly state: 'done' | 'ordered' | 'skipped' | 'failed' | 'unknown';
  readonly reason: Reason;
  readonly orderId: string | null;
  /** What our order costs, in fen; zero if we placed none. */
  readonly spent: Fen;
  readonly expiresAt: Date | null;
};

/** An outcome that spent nothing and changed nothing. */
export const outcome = (state: Outcome['state'], code: string, facts: Reason['facts'] = {}): Outcome => ({
  state,
  reason: { code, facts },
  orderId: null,
  spent: ZERO,
  expiresAt: null,
});

/** Why a target could not be looked at. `mistake`: a person must mend a setting, a secret, a permission or the ask. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly mistake: boolean;
};

export type TargetReport = {
  readonly account: string;
  /** `"*"` when the regions themselves could not be listed. */
  readonly region: string;
  readonly regionName: string | null;
  /** EIPs and other resources seen. */
  readonly seen: number;
  readonly problem: Problem | null;
  /** Not looked at, because this slot of the schedule was worked on before, or is just now by another run. */
  readonly slot?: 'done' | 'running';
};

/** The caps of a run, and what each account had spent or set aside on its day and in its month when the plan was made. */
export type Spending = {
  readonly limits: Limits;
  readonly committed: ReadonlyMap<string, { readonly day: Fen; readonly month: Fen }>;
};

/** Plan and outcomes of one run; text, JSON and cards are views of it. */
export type Report = {
  /** What was asked for. */
  readonly asked: Mode;
  /** What was done: the stricter of the ask and the kill switch. */
  readonly mode: Switch;
  /** Set where the ledger could not be read, so that nothing could be changed. */
  readonly ledgerProblem: string | null;
  readonly slot: string | null;
  readonly targets: readonly TargetReport[];
  readonly plan: Plan;
  /** Set where the plan waits for people, under its hash. */
  readonly approval: { readonly approvers: number } | null;
  /** By the action's token; empty in plan mode and for a held plan. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Left out where the run's caps are not its own, or it did not get so far. */
  readonly spending?: Spending;
};
