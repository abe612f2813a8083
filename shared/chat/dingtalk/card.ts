import type { Card, CardButton, CardLine, CardSection } from '../../model/card.ts';
import { fitted } from '../fit.ts';
import { cutTo, neutral } from '../plain-text.ts';

/** A robot's message may have about 20,000 bytes. */
const LIMITS = { bytes: 19_000, title: 100, text: 500, button: 40 } as const;

const SIGN: Readonly<Record<Card['tone'], string>> = { good: '🟢', info: '🔵', warning: '🟠', bad: '🔴' };

/**
 * A card as a robot's message: Markdown, whose escapes DingTalk does not document, so that every sign that could mean
 * something is written in its full-width form. Buttons are written out as the commands that say the same: a click's
 * callback is not signed as a whole and could approve nothing, an encrypted message can.
 */
export const dingtalkCard = (card: Card): string =>
  fitted(card, LIMITS.bytes, part =>
    JSON.stringify({ msgtype: 'markdown', markdown: { title: safe(part.title, LIMITS.title), text: textOf(part) } }),
  );

const safe = (text: string, characters: number): string => cutTo(neutral(text), characters);

function textOf({ tone, title, sections, buttons, footer }: Card): string {
  const head = `### ${SIGN[tone]} ${safe(title, LIMITS.title)}`;
  const foot = footer === null ? [] : [`> ${safe(footer, LIMITS.text)}`];
  return [head, ...sections.map(section), ...buttons.map(command), ...foot].join('\n\n');
}

function section({ heading, lines }: CardSection): string {
  const title = heading === null ? [] : [`**${safe(heading, LIMITS.title)}**`];
  return [...title, ...lines.map(line)].join('\n\n');
}

const line = ({ label, text }: CardLine): string =>
  `- ${label === null ? '' : `**${safe(label, LIMITS.title)}** `}${safe(text, LIMITS.text)}`;

const command = (button: CardButton): string =>
  `- **${safe(button.label, LIMITS.button)}** ${safe(button.command, LIMITS.text)}`;
