import type { Card, CardButton, CardLine, CardSection } from '../../model/card.ts';
import { fitted } from '../fit.ts';
import { cutTo, plain } from '../plain-text.ts';

/** A custom bot takes 20 KB with its envelope and signature. Characters: ours, to stay readable. */
const LIMITS = { bytes: 19_000, title: 150, text: 1000, button: 40 } as const;

const TEMPLATE: Readonly<Record<Card['tone'], string>> = { good: 'green', info: 'blue', warning: 'orange', bad: 'red' };

/**
 * A card as Feishu's card JSON (1.0, which both apps and custom bots take). Every text is a `plain_text`, which Feishu
 * never parses: no `<at>`, link or formatting can be written into a name.
 *
 * @param buttons `clickable` for an app; a custom bot gets no clicks, so there they are `written` as commands
 */
export const feishuCard = (card: Card, buttons: 'clickable' | 'written' = 'clickable'): string =>
  fitted(card, LIMITS.bytes, part =>
    JSON.stringify({
      config: { wide_screen_mode: true, enable_forward: false, update_multi: true },
      header: { template: TEMPLATE[part.tone], title: plainText(part.title, LIMITS.title) },
      elements: [
        ...part.sections.map(section),
        ...(part.buttons.length > 0 ? [buttons === 'clickable' ? actions(part.buttons) : commands(part.buttons)] : []),
        ...(part.footer === null ? [] : [{ tag: 'note', elements: [plainText(part.footer, LIMITS.text)] }]),
      ],
    }),
  );

const actions = (buttons: readonly CardButton[]) => ({ tag: 'action', actions: buttons.map(button) });

const commands = (buttons: readonly CardButton[]) =>
  section({ heading: null, lines: buttons.map(({ label, command }) => ({ label, text: command })) });

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
