import type { Place } from '../model/binding.ts';
import type { CardLine } from '../model/card.ts';
import type { BindProposal } from '../model/proposal.ts';
import { labelled } from './card.ts';
import { cardWords } from './card-words.ts';
import type { Lang } from './lang.ts';
import { wordsFor } from './words.ts';

/** What a binding would do: from where, to where. */
export function bindLine({ order, eip, from, goal }: BindProposal, lang: Lang): CardLine {
  const kind = wordsFor(lang).history.bindings[order.kind];
  const way = `${placeText(from, lang)} → ${placeText(goal, lang)}`;
  return labelled(`${kind} ${eip.name || eip.id}`, `${eip.address} · ${way}`);
}

export const placeText = (place: Place | null, lang: Lang): string =>
  place === null ? cardWords(lang).nowhere : [place.type, place.id, place.portId].filter(Boolean).join(' ');
