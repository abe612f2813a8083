import type { Card, CardButton, CardLine, CardSection } from '../../model/card.ts';
import { fitted } from '../fit.ts';
import { cutTo, plain } from '../plain-text.ts';

/** A custom bot takes 20 KB with its envelope and signature. Characters: ours, to stay readable. */
const LIMITS = { bytes: 19_000, title: 150, text: 1000, button: 40 } as const;

const TEMPLATE: Readonly<Record<Card['tone'], string>> = { good: 'green', info: 'blue', warning: 'orange', bad: 'red' };

/**
 * A card as Feishu's card JSON (1.0, which both apps and custom bots take). Every text is a `plain_text`, which Feishu
 * never parses: no `<at>`, link or formatting can be written into a name.
 */
export const feishuCard = (card: Card, maxBytes: number = LIMITS.bytes): string =>
  fitted(card, maxBytes, ({ tone, title, sections, buttons, footer }) =>
    JSON.stringify({
      config: { wide_screen_mode: true, enable_forward: false, update_multi: true },
      header: { template: TEMPLATE[tone], title: plainText(title, LIMITS.title) },
      elements: [
        ...sections.map(section),
        ...(buttons.length > 0 ? [{ tag: 'action', actions: buttons.map(button) }] : []),
        ...(footer === null ? [] : [{ tag: 'note', elements: [plainText(footer, LIMITS.text)] }]),
      ],
    }),
  );

const plainText = (text: string, characters: number) => ({
  tag: 'plain_text',
  content: cutTo(plain(text), characters),
});

/** Lines are joined by us: a line end in a name was shown as a code before. */
function section({ heading, lines }: CardSection) {
  const all = [...(heading === null ? [] : [`【${plain(heading)}】`]), ...lines.map(line)];
  return { tag: 'div', text: { tag: 'plain_text', content: all.join('\n') } };
}

const line = ({ label, text }: CardLine): string =>
  `${label === null ? '' : `${plain(label)}: `}${cutTo(plain(text), LIMITS.text)}`;

const button = ({ label, style, value }: CardButton) => ({
  tag: 'button',
  text: plainText(label, LIMITS.button),
  type: style,
  value: { decision: value },
});
