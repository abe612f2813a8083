import type { ButtonDecision } from '../../chat/decision.ts';
import { findButton, useButton } from '../../ledger/buttons.ts';
import { findProposal } from '../../ledger/proposals.ts';
import { RejectedRequest } from '../../model/errors.ts';
import { approvalProblem, type Proposal, samePerson } from '../../model/proposal.ts';
import { simpleCard, text } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { planCard, shortHash } from '../../report/plan-card.ts';
import { approvePlan, rejectPlan } from '../approvals.ts';
import { decisionButtons } from './buttons.ts';
import { findPlan } from './find-plan.ts';
import { type ChatRun, type Said, said } from './said.ts';

type Decision = 'approve' | 'reject';

/** A decision that is typed: its message is signed as a whole, so it needs no token. */
export async function decideByCommand(decision: Decision, hash: string, run: ChatRun): Promise<Said> {
  const plan = await findPlan(hash, run.world.ledger);
  const words = cardWords(run.lang);
  if (plan === 'none') return refused(hash, words.noSuchPlan, run);
  if (plan === 'several') return refused(hash, words.severalPlans, run);
  const problem = problemOf(decision, plan, run);
  return problem === null ? decided(decision, plan.plan.hash, false, run) : refused(hash, problem, run);
}

/**
 * A decision by a button. A word that does not count leaves the token as it is, or a stranger's click would take the
 * buttons from everybody.
 */
export async function decideByButton({ decision, planHash, token }: ButtonDecision, run: ChatRun): Promise<Said> {
  const { ledger } = run.world;
  const words = cardWords(run.lang);
  const button = await findButton(ledger, token);
  const used = button?.value.usedBy ?? null;
  if (button?.value.planHash !== planHash || (used !== null && used !== run.delivery))
    return refused(planHash, words.usedButton, run);
  const plan = await findProposal(ledger, planHash);
  if (!plan) return refused(planHash, words.noSuchPlan, run);
  const problem = problemOf(decision, plan, run);
  if (problem !== null) return refused(planHash, problem, run);
  const ours = await useButton(ledger, token, planHash, run.delivery, plan.plan.expiresAt);
  return ours ? decided(decision, planHash, true, run) : refused(planHash, words.usedButton, run);
}

/** Why the word does not count, as a sentence; null if it does. */
function problemOf(decision: Decision, plan: Proposal, { world, lang }: ChatRun): string | null {
  const words = cardWords(lang).problems;
  const code = approvalProblem(plan, world.who, world.clock.now());
  if (code === undefined) return null;
  if (decision === 'approve') return agreedAlready(plan, world.who) ? null : words[code];
  // A no is anybody's at any time before it is applied; also of who asked, and of who has said yes before.
  const open = plan.state === 'PENDING' || plan.state === 'APPROVED';
  return open && code !== 'expired' ? null : words[code];
}

/** The same word, delivered again after a crash: the plan is approved, but perhaps nobody was told to apply it. */
const agreedAlready = ({ state, approvals }: Proposal, who: string): boolean =>
  state === 'APPROVED' && approvals.some(each => samePerson(each.who, who));

async function decided(decision: Decision, hash: string, byButton: boolean, run: ChatRun): Promise<Said> {
  try {
    const head = decision === 'reject' ? await rejectPlan(hash, run.world) : await approved(hash, run);
    return shown({ ...head, plan: (await findProposal(run.world.ledger, hash))?.plan ?? head.plan }, byButton, run);
  } catch (error) {
    if (!(error instanceof RejectedRequest)) throw error;
    // Somebody else was quicker.
    return refused(hash, error.problems.join('; '), run);
  }
}

async function approved(hash: string, { world }: ChatRun): Promise<Proposal> {
  const before = await findProposal(world.ledger, hash);
  return before && agreedAlready(before, world.who) ? before : approvePlan(hash, world);
}

async function shown(plan: Proposal, replaces: boolean, run: ChatRun): Promise<Said> {
  const { world, lang, newToken } = run;
  const words = cardWords(lang);
  const open = plan.state === 'PENDING';
  const buttons = open ? await decisionButtons(plan.plan, world.ledger, newToken, lang) : [];
  const card = planCard(plan, buttons, lang);
  const who =
    plan.state === 'REJECTED'
      ? words.rejectedBy(world.who)
      : words.approvedBy(world.who, plan.approvals.length, plan.approvers);
  const apply = plan.state === 'APPROVED' ? plan.plan.hash : null;
  const lines = [text(who), ...(apply === null ? [] : [text(words.applying)])];
  return said({ ...card, sections: [...card.sections, { heading: null, lines }] }, { forAll: true, replaces, apply });
}

const refused = (hash: string, why: string, { lang }: ChatRun): Said =>
  said(simpleCard(lang, `${cardWords(lang).notDone} · ${shortHash(hash)}`, [why], { tone: 'warning' }));
