import type { Card, CardLine } from '../model/card.ts';
import { cny } from '../model/money.ts';
import type { Past } from '../model/past.ts';
import { bindingRow } from './binding-history.ts';
import { labelled, simpleCard } from './card.ts';
import { cardWords } from './card-words.ts';
import { beijingTime } from './format.ts';
import type { Lang } from './lang.ts';
import { reasonText, type Words, wordsFor } from './words.ts';

const MOST = 20;

/** What was decided on one EIP, the newest first. */
export function historyCard(name: string, past: readonly Past[], lang: Lang): Card {
  const words = wordsFor(lang);
  const lines = past
    .toReversed()
    .slice(0, MOST)
    .map(one => lineOf(one, words));
  return simpleCard(lang, `${cardWords(lang).history}: ${name}`, lines.length > 0 ? lines : [words.history.none]);
}

function lineOf(one: Past, words: Words): CardLine {
  if ('held' in one) {
    const { at, item, origin } = one.held;
    return labelled(
      beijingTime(at.toISOString()),
      [words.history.held, reasonText(item.verdict.reason, words), origin.who].join(' · '),
    );
  }
  if ('binding' in one) {
    const [when = '', , ...parts] = bindingRow(one.binding, words);
    return labelled(when, parts.filter(Boolean).join(' · '));
  }
  const { action, state, origin, outcome, createdAt, reason, price } = one.intent;
  const who = [origin.who, ...origin.approvedBy].join(' + ');
  const why = reasonText(outcome?.reason ?? reason, words);
  const parts = [`${words.history.kinds[action.kind]} ${state}`, `¥${cny(price)}`, who, why];
  return labelled(beijingTime(createdAt.toISOString()), parts.join(' · '));
}
