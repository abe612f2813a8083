import type { Card, CardButton, CardLine, CardSection } from '../../model/card.ts';
import { fitted, MORE } from '../fit.ts';
import { cutTo, neutral, plain } from '../plain-text.ts';

/** Markdown of a group robot: at most 4096 bytes of content. Characters of a template card as its document says. */
const LIMITS = { markdownBytes: 4096, title: 36, lines: 6, label: 26, value: 30, sub: 160, button: 20 } as const;

const COLOUR: Readonly<Record<Card['tone'], string>> = {
  good: 'info',
  info: 'comment',
  warning: 'warning',
  bad: 'warning',
};

/** The Markdown of a card, for group robots, which cannot have buttons: what each would say is written out as a command. */
export const wecomMarkdown = (card: Card): string =>
  fitted(card, LIMITS.markdownBytes, ({ tone, title, sections, buttons, footer }) =>
    [
      `### <font color="${COLOUR[tone]}">${safe(title, 100)}</font>`,
      ...sections.map(section),
      ...buttons.map(({ label, command }) => `> ${safe(label, 40)}: ${safe(command, 200)}`),
      ...(footer === null ? [] : [`<font color="comment">${safe(footer, 200)}</font>`]),
    ].join('\n'),
  );

const safe = (text: string, characters: number): string => cutTo(neutral(text), characters);

const section = ({ heading, lines }: CardSection): string =>
  [...(heading === null ? [] : [`**${safe(heading, 100)}**`]), ...lines.map(line)].join('\n');

const line = ({ label, text }: CardLine): string =>
  `${label === null ? '' : `**${safe(label, 60)}** `}${safe(text, 200)}`;

/** A card with buttons, for an app or an AI bot. Its fields are plain text: WeCom parses nothing in them. */
export function wecomTemplateCard({ id, lang, title, sections, buttons, footer }: Card) {
  const lines = sections.flatMap(each => each.lines);
  const labelled = lines.filter(each => each.label !== null);
  const left = labelled.length - LIMITS.lines;
  const rest = lines.filter(each => each.label === null).map(each => plain(each.text));
  return {
    card_type: 'button_interaction',
    main_title: { title: cutTo(plain(title), LIMITS.title), desc: cutTo(plain(footer ?? ''), LIMITS.value) },
    sub_title_text: cutTo([...(left > 0 ? [MORE[lang](left)] : []), ...rest].join('\n'), LIMITS.sub),
    horizontal_content_list: labelled.slice(0, LIMITS.lines).map(each => ({
      keyname: cutTo(plain(each.label ?? ''), LIMITS.label),
      value: cutTo(plain(each.text), LIMITS.value),
    })),
    button_list: buttons.slice(0, 6).map(button),
    task_id: id,
  };
}

const STYLES: Readonly<Record<CardButton['style'], number>> = { primary: 1, default: 4, danger: 2 };

const button = ({ label, style, value }: CardButton) => ({
  text: cutTo(plain(label), LIMITS.button),
  style: STYLES[style],
  key: value,
});
