import type { Limits } from './ask.ts';
import type { Origin } from './intent.ts';
import type { CrossedCap, Plan } from './plan.ts';
import type { TargetReport } from './report.ts';

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
};

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
