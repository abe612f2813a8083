import type { Card, CardButton, CardLine } from '../model/card.ts';
import { cny } from '../model/money.ts';
import { type PlanItem, priceOf, wantedActions } from '../model/plan.ts';
import type { Proposal } from '../model/proposal.ts';
import { bindLine } from './bind-line.ts';
import { labelled, simpleCard, text } from './card.ts';
import { cardWords } from './card-words.ts';
import { beijingTime } from './format.ts';
import type { Lang } from './lang.ts';
import { entry, reasonText, wordsFor } from './words.ts';

/** Digits of a plan's hash that people are shown and may type. */
const SHOWN_DIGITS = 16;
const MOST = 30;

export const shortHash = (hash: string): string => hash.slice(0, SHOWN_DIGITS);

/** A plan as people decide on it. @param buttons none where it is decided */
export function planCard(proposal: Proposal, buttons: readonly CardButton[], lang: Lang): Card {
  const { plan, state, origin, binding } = proposal;
  const words = cardWords(lang);
  const open = state === 'PENDING';
  const title = open ? words.plan : wordsFor(lang).plans.states[state];
  const what = binding ? [bindLine(binding, lang)] : itemLines(plan.items, lang);
  const card = simpleCard(lang, `${plan.function} · ${title}`, what);
  const about = [
    labelled(words.costs, `¥${cny(priceOf(wantedActions(plan.items)))}`),
    labelled(words.askedBy, origin.who),
    ...decisionLines(proposal, lang),
    labelled(words.until, `${beijingTime(plan.expiresAt.toISOString())} ${wordsFor(lang).beijing}`),
    labelled(words.number, shortHash(plan.hash)),
  ];
  const tone = TONES[state];
  return {
    ...card,
    tone,
    sections: [...card.sections, { heading: null, lines: about }],
    buttons,
    id: cardId(plan.hash),
  };
}

const TONES: Readonly<Record<Proposal['state'], Card['tone']>> = {
  PENDING: 'warning',
  APPROVED: 'good',
  APPLYING: 'good',
  APPLIED: 'good',
  REJECTED: 'bad',
};

/** Letters, digits and `-`, at most 64. */
export const cardId = (hash: string): string => `plan-${hash.slice(0, 40)}`;

function itemLines(items: readonly PlanItem[], lang: Lang): CardLine[] {
  const words = wordsFor(lang);
  const left = items.length > MOST ? [text(cardWords(lang).more(items.length - MOST))] : [];
  const lines = items.slice(0, MOST).map(({ eip, verdict }) => {
    const kind = verdict.decision === 'act' ? words.history.kinds[verdict.action.kind] : '';
    const price = verdict.decision === 'act' ? ` · ¥${cny(verdict.action.price)}` : '';
    return labelled(
      `${kind} ${eip.name || eip.id}`.trim(),
      `${eip.address} · ${reasonText(verdict.reason, words)}${price}`,
    );
  });
  return [...lines, ...left];
}

/** Who said what so far, and which limits an approval would lift. */
function decisionLines({ plan, approvals, approvers, rejectedBy }: Proposal, lang: Lang): CardLine[] {
  const words = cardWords(lang);
  const names = approvals.map(({ who }) => who).join(', ');
  const caps = plan.held
    .filter(({ cap }) => cap !== 'approval')
    .map(({ cap }) => entry(wordsFor(lang).caps, cap) ?? cap);
  return [
    labelled(words.agreed, [`${approvals.length}/${approvers}`, names].filter(Boolean).join(' · ')),
    ...(rejectedBy ? [text(words.rejectedBy(rejectedBy.who))] : []),
    ...(caps.length > 0 ? [labelled(words.heldBy, caps.join('; '))] : []),
  ];
}

/** The plans that wait, newest first. */
export function plansCard(plans: readonly Proposal[], lang: Lang): Card {
  const words = cardWords(lang);
  const states = wordsFor(lang).plans.states;
  const lines = plans.map(({ plan, state, approvals, approvers, origin }) => {
    const until = beijingTime(plan.expiresAt.toISOString());
    const parts = [
      plan.function,
      states[state],
      `${approvals.length}/${approvers}`,
      origin.who,
      `${words.until} ${until}`,
    ];
    return labelled(shortHash(plan.hash), parts.join(' · '));
  });
  return simpleCard(lang, words.plans, lines.length > 0 ? lines : [wordsFor(lang).plans.none]);
}
