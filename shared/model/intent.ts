import type { Eip } from './eip.ts';
import type { Fen } from './money.ts';
import type { Action } from './plan.ts';
import type { Outcome } from './report.ts';

/**
 * Where an intent stands.
 * INTENT: written, surely not sent. SENT: may have been sent. ORDERED: CTyun told the order's id. UNKNOWN: the answer was
 * lost. BLOCKED: an order that is not ours runs on the EIP. Final: DONE, FAILED, SKIPPED (never sent).
 */
export type IntentState = 'INTENT' | 'SENT' | 'ORDERED' | 'UNKNOWN' | 'BLOCKED' | 'DONE' | 'FAILED' | 'SKIPPED';

const FINAL: ReadonlySet<IntentState> = new Set(['DONE', 'FAILED', 'SKIPPED']);

export const isFinal = ({ state }: { state: IntentState }): boolean => FINAL.has(state);

/** Who or what asked for something, and on which grounds. */
export type Origin = {
  readonly function: string;
  /** A schedule or a person, for instance `schedule` or `alice`. */
  readonly who: string;
  /** This process's run; it owns what it holds. */
  readonly run: string;
  readonly slot: string | null;
  /** SHA-256 of the ask. */
  readonly ask: string;
  readonly plan: string;
  /** Who approved the plan; empty where none had to. */
  readonly approvedBy: readonly string[];
};

/** Money set aside for one action, in the budgets of one day and one month. */
export type Reservation = { readonly amount: Fen; readonly by: string; readonly budgets: readonly string[] };

/** One line of an intent's life. */
export type Step = { readonly state: IntentState; readonly at: Date; readonly note?: string };

/** One action from the decision to its end: the record that makes a purchase happen once and never be forgotten. */
export type Intent = {
  /** The action's token: the key. */
  readonly token: string;
  readonly state: IntentState;
  readonly action: Action;
  /** The EIP as it was seen when the action was decided upon. */
  readonly eip: Eip;
  readonly reason: Outcome['reason'];
  readonly origin: Origin;
  /** From 1; another one only after an order that surely failed. */
  readonly attempt: number;
  /** How often the order was sent, and since when. */
  readonly sendings: number;
  readonly firstSentAt: Date | null;
  readonly orderId: string | null;
  /** What the order costs by the last quote, in fen. */
  readonly price: Fen;
  readonly reserved: Reservation | null;
  /** Who works on it, and until when nobody else does. */
  readonly owner: string;
  readonly leaseUntil: Date;
  readonly outcome: Outcome | null;
  readonly history: readonly Step[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts the writes; a write is accepted only on the version that it read. */
  readonly version: number;
};

/** The `clientToken` of an intent's order: each attempt has its own, each repetition of an attempt the same. */
export const clientTokenOf = ({ token, attempt }: Pick<Intent, 'token' | 'attempt'>): string =>
  attempt === 1 ? token : `${token}-${attempt}`;
