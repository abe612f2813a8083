import type { Card, CardButton, CardLine, CardSection } from '../../model/card.ts';
import { fitted } from '../fit.ts';
import { cutTo, neutral } from '../plain-text.ts';

/** A robot's message may have about 20,000 bytes. */
const LIMITS = { bytes: 19_000, title: 100, text: 500, button: 40 } as const;

const SIGN: Readonly<Record<Card['tone'], string>> = { good: '🟢', info: '🔵', warning: '🟠', bad: '🔴' };

/**
 * A card as a robot's message: Markdown, whose escapes DingTalk does not document, so that every sign that could mean
 * something is written in its full-width form. A button writes its command into the chat as the person who clicked:
 * it then comes back as a message, which an encrypted robot can trust, unlike a card's callback.
 */
export const dingtalkCard = (card: Card): string =>
  fitted(card, LIMITS.bytes, part => JSON.stringify(part.buttons.length > 0 ? actionCard(part) : markdown(part)));

const markdown = (card: Card) => ({
  msgtype: 'markdown',
  markdown: { title: safe(card.title, LIMITS.title), text: textOf(card) },
});

const actionCard = (card: Card) => ({
  msgtype: 'actionCard',
  actionCard: {
    title: safe(card.title, LIMITS.title),
    text: textOf(card),
    btnOrientation: '1',
    btns: card.buttons.map(button),
  },
});

const safe = (text: string, characters: number): string => cutTo(neutral(text), characters);

function textOf({ tone, title, sections, footer }: Card): string {
  const head = `### ${SIGN[tone]} ${safe(title, LIMITS.title)}`;
  const foot = footer === null ? [] : [`> ${safe(footer, LIMITS.text)}`];
  return [head, ...sections.map(section), ...foot].join('\n\n');
}

function section({ heading, lines }: CardSection): string {
  const title = heading === null ? [] : [`**${safe(heading, LIMITS.title)}**`];
  return [...title, ...lines.map(line)].join('\n\n');
}

const line = ({ label, text }: CardLine): string =>
  `- ${label === null ? '' : `**${safe(label, LIMITS.title)}** `}${safe(text, LIMITS.text)}`;

/** DingTalk's own scheme for "send this text into the chat". */
const SEND = 'dtmd://dingtalkclient/sendMessage?content=';

const button = ({ label, command }: CardButton) => ({
  title: safe(label, LIMITS.button),
  actionURL: `${SEND}${encodeURIComponent(command)}`,
});
