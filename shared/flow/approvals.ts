import { changeProposal } from '../ledger/proposals.ts';
import { RejectedRequest } from '../model/errors.ts';
import { type ApprovalProblem, approvalProblem, type Proposal } from '../model/proposal.ts';
import type { World } from './world.ts';

const WORDS: Readonly<Record<ApprovalProblem, string>> = {
  expired: 'it has expired; make a new plan',
  'own-plan': 'who asked for a plan cannot approve it; another person must (--as NAME)',
  'already-approved': 'you have approved it already; another person must',
  'is-pending': 'it waits for approval',
  'is-approved': 'it has been approved already',
  'is-rejected': 'it has been rejected',
  'is-applying': 'it is being applied',
  'is-applied': 'it has been applied; an approval counts once',
};

type People = Pick<World, 'ledger' | 'clock' | 'who'>;

/**
 * One person's word for a plan, by its hash; the last one that is needed makes it APPROVED.
 *
 * @throws RejectedRequest where the word does not count; nothing is changed then
 */
export function approvePlan(hash: string, world: People): Promise<Proposal> {
  return change(hash, world, proposal => {
    const approvals = [...proposal.approvals, { who: world.who, at: world.clock.now() }];
    return { approvals, state: approvals.length >= proposal.approvers ? 'APPROVED' : 'PENDING' };
  });
}

/** One person's no ends it. Also who asked for it may take it back. @throws RejectedRequest */
export async function rejectPlan(hash: string, { ledger, clock, who }: People): Promise<Proposal> {
  const changed = await changeProposal(ledger, hash, ({ state, plan }) => {
    const over = plan.expiresAt <= clock.now() ? 'expired' : undefined;
    if (over || (state !== 'PENDING' && state !== 'APPROVED'))
      throw refused(hash, over ?? (`is-${state.toLowerCase()}` as ApprovalProblem));
    return { state: 'REJECTED', rejectedBy: { who, at: clock.now() } };
  });
  return found(hash, changed);
}

async function change(hash: string, world: People, make: (proposal: Proposal) => Partial<Proposal>): Promise<Proposal> {
  const { ledger, who, clock } = world;
  const changed = await changeProposal(ledger, hash, proposal => {
    const problem = approvalProblem(proposal, who, clock.now());
    if (problem) throw refused(hash, problem);
    return make(proposal);
  });
  return found(hash, changed);
}

function found(hash: string, proposal: Proposal | undefined): Proposal {
  if (!proposal) throw new RejectedRequest(`plan ${hash}`, ['there is no such plan; `plans` lists those that wait']);
  return proposal;
}

/** @param problem why the word does not count */
export const refused = (hash: string, problem: ApprovalProblem): RejectedRequest =>
  new RejectedRequest(`plan ${hash}`, [WORDS[problem]]);
