import type { BindEnd } from '../model/binding.ts';
import type { Card } from '../model/card.ts';
import type { BindProposal, Proposal } from '../model/proposal.ts';
import { bindLine, placeText } from './bind-line.ts';
import { labelled, simpleCard } from './card.ts';
import { cardWords } from './card-words.ts';
import type { Lang } from './lang.ts';
import { cardId, shortHash } from './plan-card.ts';
import { reasonText, wordsFor } from './words.ts';

const TONES: Readonly<Record<BindEnd['outcome'], Card['tone']>> = {
  ...{ bound: 'good', unbound: 'good', already: 'good', planned: 'info' },
  ...{ refused: 'warning', overtaken: 'warning', failed: 'bad', unknown: 'bad' },
};

/** How an approved binding ended, and who decided. */
export function bindCard(
  { plan, binding, approvals }: Proposal & { binding: BindProposal },
  end: BindEnd,
  lang: Lang,
): Card {
  const words = cardWords(lang);
  const where = end.where === undefined ? [] : [labelled(words.nowAt, placeText(end.where, lang))];
  const lines = [
    bindLine(binding, lang),
    labelled(words.outcome, `${words.bindings[end.outcome]} · ${reasonText(end.reason, wordsFor(lang))}`),
    ...where,
    labelled(words.decided, approvals.map(({ who }) => who).join(', ')),
    labelled(words.number, shortHash(plan.hash)),
  ];
  const title = `${wordsFor(lang).history.bindings[binding.order.kind]} · ${words.bindings[end.outcome]}`;
  return simpleCard(lang, title, lines, { tone: TONES[end.outcome], id: cardId(plan.hash) });
}
