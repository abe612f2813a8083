import { kindOf } from '../model/eip.ts';
import { cny } from '../model/money.ts';
import { priceOf, wantedActions } from '../model/plan.ts';
import type { Proposal } from '../model/proposal.ts';
import { beijingTime } from './format.ts';
import type { Lang } from './lang.ts';
import { printable, table } from './table.ts';
import { wordsFor } from './words.ts';

/** A waiting plan as JSON-ready data, without its items. */
export const planJson = ({ plan, origin, approvers, state, approvals, rejectedBy }: Proposal) => ({
  hash: plan.hash,
  function: plan.function,
  state,
  madeAt: plan.madeAt.toISOString(),
  expiresAt: plan.expiresAt.toISOString(),
  requestedBy: origin.who,
  approvers,
  approvals: approvals.map(({ who, at }) => ({ who, at: at.toISOString() })),
  rejectedBy: rejectedBy && { who: rejectedBy.who, at: rejectedBy.at.toISOString() },
  heldBy: plan.held.map(({ cap }) => cap),
});

/** A plan with what it would do. */
export const wholePlanJson = (proposal: Proposal) => {
  const actions = wantedActions(proposal.plan.items);
  return {
    ...planJson(proposal),
    price: cny(priceOf(actions)),
    actions: proposal.plan.items.map(({ account, region, eip, verdict }) => ({
      account,
      region,
      eip: { resource: kindOf(eip), id: eip.id, name: eip.name, address: eip.address },
      reason: verdict.reason.code,
      ...('perMonth' in verdict.reason.facts ? { perMonth: verdict.reason.facts.perMonth } : {}),
      ...(verdict.decision === 'act' ? { kind: verdict.action.kind, price: cny(verdict.action.price) } : {}),
      ...(verdict.decision === 'act' && verdict.action.kind === 'release' ? { irreversible: true } : {}),
    })),
  };
};

/** The plans that wait, for a terminal. */
export function plansText(plans: readonly Proposal[], lang: Lang): string {
  const { plans: words } = wordsFor(lang);
  if (plans.length === 0) return words.none;
  const titles = [words.hash, words.fn, words.state, words.approvals, words.by, words.expires];
  const rows = plans.map(({ plan, state, approvals, approvers, origin }) => [
    plan.hash.slice(0, 16),
    plan.function,
    words.states[state],
    `${approvals.length}/${approvers}`,
    printable(origin.who),
    beijingTime(plan.expiresAt.toISOString()),
  ]);
  return table(
    titles.map(title => ({ title, align: 'left' })),
    rows,
    cell => cell,
  ).join('\n');
}
