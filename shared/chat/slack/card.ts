import type { Card, CardButton, CardLine, CardSection } from '../../model/card.ts';
import { fitted } from '../fit.ts';
import { byteLength, cutTo, plain } from '../plain-text.ts';

/** Slack's limits in characters, and ours in bytes: the message stays readable. */
const LIMITS = { title: 150, text: 2000, button: 75, bytes: 12_000, blocks: 40 } as const;

/** The three characters that Slack gives a meaning in plain text. */
export const slackEscaped = (text: string): string =>
  plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plainText = (text: string, characters: number) => ({
  type: 'plain_text',
  text: cutTo(plain(text), characters),
  emoji: false,
});

/**
 * A card as Slack's message. Texts are elements of `rich_text`, which Slack never parses: no mention, link or
 * formatting can be written into a name. Only the notification's line is parsed, and there the signs are escaped.
 */
export const slackCard = (card: Card): string =>
  fitted(card, LIMITS.bytes, ({ title, sections, buttons, footer }) =>
    JSON.stringify({
      text: slackEscaped(cutTo(title, LIMITS.title)),
      mrkdwn: false,
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        { type: 'header', text: plainText(title, LIMITS.title) },
        ...joined(sections).map(richText),
        ...(buttons.length > 0 ? [{ type: 'actions', elements: buttons.map(button) }] : []),
        ...(footer === null ? [] : [{ type: 'context', elements: [plainText(footer, LIMITS.text)] }]),
      ],
    }),
  );

/** Slack takes fifty blocks: what is beyond our forty goes into the last one. */
function joined(sections: readonly CardSection[]): readonly CardSection[] {
  if (sections.length <= LIMITS.blocks) return sections;
  const rest = sections.slice(LIMITS.blocks - 1);
  const titled = ({ heading, lines }: CardSection) => [
    ...(heading === null ? [] : [{ label: null, text: heading }]),
    ...lines,
  ];
  return [...sections.slice(0, LIMITS.blocks - 1), { heading: null, lines: rest.flatMap(titled) }];
}

const richText = ({ heading, lines }: CardSection) => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [...(heading === null ? [] : [run(`${plain(heading)}\n`, true)]), ...lines.flatMap(line)],
    },
  ],
});

const line = ({ label, text }: CardLine) => [
  ...(label === null ? [] : [run(`${plain(label)}: `, true)]),
  run(`${cutTo(plain(text), LIMITS.text)}\n`, false),
];

const run = (text: string, bold: boolean) => ({ type: 'text', text, ...(bold ? { style: { bold } } : {}) });

const button = ({ label, style, value }: CardButton, index: number) => ({
  type: 'button',
  text: plainText(label, LIMITS.button),
  action_id: `decide-${index}`,
  value: byteLength(value) <= 1024 ? value : '',
  ...(style === 'default' ? {} : { style }),
});
