import type { Card, CardLine } from '../model/card.ts';
import type { Lang } from './lang.ts';

/** A card of one section, for what has no more to it. */
export const simpleCard = (
  lang: Lang,
  title: string,
  lines: readonly (CardLine | string)[],
  more: Partial<Card> = {},
): Card => ({
  lang,
  tone: 'info',
  title,
  sections: [{ heading: null, lines: lines.map(line => (typeof line === 'string' ? text(line) : line)) }],
  buttons: [],
  footer: null,
  id: 'answer',
  ...more,
});

export const text = (said: string): CardLine => ({ label: null, text: said });
export const labelled = (label: string, said: string): CardLine => ({ label, text: said });
