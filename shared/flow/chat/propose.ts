import { LedgerError } from '../../ledger/errors.ts';
import { findProposal } from '../../ledger/proposals.ts';
import type { EipRef } from '../../model/bind-request.ts';
import { makePlan, type Plan, type PlanItem, type Verdict, wantedActions } from '../../model/plan.ts';
import type { BindProposal } from '../../model/proposal.ts';
import { digest } from '../../model/token.ts';
import { planRenewals } from '../../plan/auto-renew.ts';
import { renewalOnRequest, resizeOnRequest } from '../../plan/chat-ops.ts';
import { crossedCaps, needsApproval } from '../../plan/limits.ts';
import { holdUnderWay } from '../../plan/under-way.ts';
import { labelled, simpleCard } from '../../report/card.ts';
import { cardWords } from '../../report/card-words.ts';
import { planCard } from '../../report/plan-card.ts';
import { reasonText, wordsFor } from '../../report/words.ts';
import { waitForPeople } from '../hold-back.ts';
import { recollect } from '../memory.ts';
import { quoteRenewals, quoteResize } from '../quote.ts';
import { decisionButtons } from './buttons.ts';
import { type Found, findEip } from './look.ts';
import { CHAT_OPS, type ChatRun, type Said, said } from './said.ts';

/** Plans one more term for an EIP. Nothing is ordered: the plan waits for people. */
export const renew = (eip: EipRef, run: ChatRun): Promise<Said> =>
  proposed(eip, run, async ({ facts, eip: found }) => {
    const { cycle, settleWithinSeconds } = run.ask.policy;
    const quotes = await quoteRenewals([{ facts, eip: found }], cycle, run.world);
    const policy = renewalOnRequest(cycle, settleWithinSeconds);
    // Labels exempt nothing here, so it does not matter that none were looked up.
    return planRenewals({ ...facts, eips: [found] }, quotes, policy, run.world.clock.now());
  });

/** Plans another bandwidth for an EIP, in Mbps. */
export const scale = (eip: EipRef, toMbps: number, run: ChatRun): Promise<Said> =>
  proposed(eip, run, async ({ facts: { account, region }, eip: found }) => {
    const quote = await quoteResize({ account, region, eipId: found.id, toMbps }, run.world);
    return [{ account, region, eip: found, verdict: resizeOnRequest(found, { account, region }, toMbps, quote) }];
  });

async function proposed(ref: EipRef, run: ChatRun, judge: (found: Found) => Promise<PlanItem[]>): Promise<Said> {
  const found = await findEip(ref, run);
  if ('answer' in found) return found.answer;
  const { open, committed } = await remembered(found.facts.account, run);
  const items = holdUnderWay(await judge(found), open);
  const actions = wantedActions(items);
  const [item] = items;
  if (actions.length === 0) return nothing(found, item?.verdict, run);
  const seen = found.sight.facts.reduce((sum, { eips }) => sum + eips.length, 0);
  const { limits } = run.ask;
  const approval = { ...run.ask.approval, always: true };
  const held = [...crossedCaps(actions, seen, limits, committed), ...needsApproval(actions, approval)];
  const plan = makePlan(CHAT_OPS, run.world.clock.now(), items, held);
  return storedAndShown(plan, found, run);
}

const remembered = (account: string, { world }: ChatRun) => recollect([account], world.clock.now(), world);

function nothing({ eip }: Found, verdict: Verdict | undefined, { lang }: ChatRun): Said {
  const why = verdict ? reasonText(verdict.reason, wordsFor(lang)) : '';
  const words = cardWords(lang);
  const title = verdict?.decision === 'hold' ? words.notDone : words.nothingToDo;
  return said(simpleCard(lang, title, [labelled(eip.name || eip.id, why)]));
}

/** Stores the plan, or finds one that would do the same, and shows it to everybody with buttons. */
export async function storedAndShown(
  plan: Plan,
  { sight: { targets } }: Found,
  { world, ask, lang, newToken }: ChatRun,
  binding?: BindProposal,
): Promise<Said> {
  const { who, runId, ledger } = world;
  const asked = { function: CHAT_OPS, who, run: runId, slot: null, ask: digest(ask), plan: plan.hash, approvedBy: [] };
  const { settleWithinSeconds } = ask.policy;
  const more = { origin: asked, targets, settleWithinSeconds, ...(binding ? { binding } : {}) };
  const { hash } = await waitForPeople(plan, ask, more, world);
  const proposal = await findProposal(ledger, hash);
  if (!proposal) throw new LedgerError('LOST', `plan ${hash} was written and is not there`);
  const buttons = await decisionButtons(proposal.plan, ledger, newToken, lang);
  return said(planCard(proposal, buttons, lang), { forAll: true });
}
