import type { Limits } from './ask.ts';
import type { BindOrder, Place } from './binding.ts';
import type { Eip } from './eip.ts';
import type { Origin } from './intent.ts';
import type { CrossedCap, Plan } from './plan.ts';
import type { TargetReport } from './report.ts';
import { digest } from './token.ts';

/** A plan that waits for people. */
export type Proposal = {
  /** Its items are those that would act; nothing else is ever applied. */
  readonly plan: Plan;
  /** A digest of what it would do, whenever it was made. */
  readonly content: string;
  readonly limits: Limits;
  /** How many EIPs were seen, for the share of them that acts. */
  readonly targets: readonly TargetReport[];
  readonly origin: Origin;
  readonly settleWithinSeconds: number;
  /** How many people must approve. */
  readonly approvers: number;
  readonly state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'APPLYING' | 'APPLIED';
  readonly approvals: readonly Decision[];
  readonly rejectedBy: Decision | null;
  /** The run that applies it, and until when nobody else may. */
  readonly applying: { readonly run: string; readonly until: Date } | null;
  readonly version: number;
  /** What is done instead of the plan's items, of which there are none then. */
  readonly binding?: BindProposal;
};

/** A binding that waits for people: where the EIP was when it was asked for, and where it is to go; null is nowhere. */
export type BindProposal = {
  readonly order: BindOrder;
  readonly eip: Eip;
  readonly from: Place | null;
  readonly goal: Place | null;
};

/** What stands for a binding that waits: its function, its expiry, and all that would be done. */
export const bindHash = ({ function: fn, expiresAt }: Pick<Plan, 'function' | 'expiresAt'>, binding: BindProposal) =>
  digest({ function: fn, expiresAt, ...wordOf(binding) });

/** What would be done, whenever it was asked for. */
export const bindContent = (fn: string, binding: BindProposal): string => digest({ fn, ...wordOf(binding) });

const wordOf = ({ order, eip, from, goal }: BindProposal) => ({ order, eip: eip.id, from, goal });

export type Decision = { readonly who: string; readonly at: Date };

/** Caps that an approval lifts: exactly those that the plan said it would cross. */
export const liftedCaps = ({ plan }: Proposal): ReadonlySet<string> =>
  new Set(plan.held.map(({ cap }: CrossedCap) => cap));

/** Names of people are compared without regard to case, width and outer spaces: Alice is alice. */
export const samePerson = (a: string, b: string): boolean => personKey(a) === personKey(b);

const personKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Why a person's word does not count, or undefined if it does. Pure: the clock is an argument. */
export function approvalProblem(proposal: Proposal, who: string, now: Date): ApprovalProblem | undefined {
  if (proposal.state !== 'PENDING' && proposal.state !== 'APPROVED') return `is-${lower(proposal.state)}`;
  if (proposal.plan.expiresAt <= now) return 'expired';
  if (samePerson(proposal.origin.who, who)) return 'own-plan';
  if (proposal.approvals.some(approval => samePerson(approval.who, who))) return 'already-approved';
  return proposal.state === 'APPROVED' ? 'is-approved' : undefined;
}

export type ApprovalProblem = 'expired' | 'own-plan' | 'already-approved' | `is-${Lowercase<Proposal['state']>}`;

const lower = <T extends string>(text: T): Lowercase<T> => text.toLowerCase() as Lowercase<T>;
