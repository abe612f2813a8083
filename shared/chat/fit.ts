import type { Card, CardSection } from '../model/card.ts';
import { byteLength } from './plain-text.ts';

/** What is said in the place of lines that are left out. */
export const MORE: Readonly<Record<Card['lang'], (lines: number) => string>> = {
  'zh-CN': lines => `……另有 ${lines} 行，详见日志`,
  en: lines => `… and ${lines} more lines, see the log`,
};

/**
 * The provider's text of a card within so many bytes. What does not fit is left out from the end, whole lines at a
 * time, and counted: a list that was cut must not look complete. Title and buttons always stay.
 */
export function fitted(card: Card, maxBytes: number, render: (card: Card) => string): string {
  const total = card.sections.reduce((sum, { lines }) => sum + lines.length, 0);
  const attempt = (kept: number): string => render(kept === total ? card : shortened(card, kept, total - kept));
  const whole = attempt(total);
  if (byteLength(whole) <= maxBytes) return whole;
  let [fits, tooMany] = [0, total];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (byteLength(attempt(middle)) <= maxBytes) fits = middle;
    else tooMany = middle;
  }
  return attempt(fits);
}

function shortened(card: Card, kept: number, left: number): Card {
  let room = kept;
  const sections = card.sections.flatMap((section): CardSection[] => {
    const lines = section.lines.slice(0, room);
    room -= lines.length;
    return lines.length > 0 ? [{ ...section, lines }] : [];
  });
  const more: CardSection = { heading: null, lines: [{ label: null, text: MORE[card.lang](left) }] };
  return { ...card, sections: [...sections, more] };
}
