import { findProposal, openProposals } from '../../ledger/proposals.ts';
import type { Table } from '../../ledger/table.ts';
import type { Proposal } from '../../model/proposal.ts';

/** The plan whose hash is, or begins with, what a person gives; or why there is not exactly one. */
export async function findPlan(given: string, ledger: Table): Promise<Proposal | 'none' | 'several'> {
  if (given.length === 64) return (await findProposal(ledger, given)) ?? 'none';
  const fits = (await openProposals(ledger)).filter(({ plan }) => plan.hash.startsWith(given));
  const [only] = fits;
  if (!only) return 'none';
  return fits.length > 1 ? 'several' : ((await findProposal(ledger, only.plan.hash)) ?? 'none');
}
