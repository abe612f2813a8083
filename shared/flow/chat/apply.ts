import { findProposal } from '../../ledger/proposals.ts';
import { RejectedRequest } from '../../model/errors.ts';
import { labelled, simpleCard } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { newsOf } from '../../report/news.ts';
import { shortHash } from '../../report/plan-card.ts';
import { reportCard } from '../../report/report-card.ts';
import { applyPlan } from '../apply-plan.ts';
import { applyBinding, isBound } from './bind-apply.ts';
import { type ChatRun, type Said, said } from './said.ts';

/**
 * Applies an approved plan and tells what became of it and who decided. Delivered twice, it is applied once: the second
 * delivery says nothing; and while another process applies it, it comes again later.
 *
 * @returns null where there is nothing to say
 * @throws RejectedRequest while another process is at work on it
 */
export async function applyApproved(hash: string, run: ChatRun): Promise<Said | null> {
  const { world, lang } = run;
  try {
    const stored = await findProposal(world.ledger, hash);
    if (isBound(stored)) return await applyBinding(stored, run);
    const report = await applyPlan(hash, world);
    const card = reportCard(newsOf(report), [], lang);
    const names = (await findProposal(world.ledger, hash))?.approvals.map(({ who }) => who) ?? [];
    const decided = { heading: null, lines: [labelled(cardWords(lang).decided, names.join(', '))] };
    return said({ ...card, sections: [...card.sections, decided] }, { forAll: true, replaces: true });
  } catch (error) {
    if (!(error instanceof RejectedRequest)) throw error;
    const state = (await findProposal(world.ledger, hash))?.state;
    if (state === 'APPLIED') return null;
    if (state === 'APPLYING') throw error;
    const title = `${cardWords(lang).notDone} · ${shortHash(hash)}`;
    return said(simpleCard(lang, title, error.problems, { tone: 'bad' }), { forAll: true });
  }
}
