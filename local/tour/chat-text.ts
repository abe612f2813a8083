import type { ChatName } from '../chat/outbound-checks.ts';
import type { ChatRecord } from '../chat/server.ts';

/** What a person reads of a message that was posted, as plain lines. */
export function readable({ provider, body }: ChatRecord): string {
  return TEXTS[provider](body)
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '')
    .join('\n');
}

const TEXTS: Readonly<Record<ChatName, (body: unknown) => string>> = {
  slack: body =>
    blocksOf(body)
      .map(block => texts(block).join(isActions(block) ? '   ' : ''))
      .join('\n'),
  feishu: body => texts(body).join('\n'),
  dingtalk: body => texts((body as { markdown?: unknown }).markdown).join('\n'),
  wecom: body =>
    texts(body)
      .join('\n')
      .replaceAll(/<\/?font[^>]*>/g, ''),
};

type Block = { readonly type?: string; readonly elements?: readonly unknown[] };

const blocksOf = (body: unknown): readonly Block[] => (body as { blocks?: readonly Block[] }).blocks ?? [];
const isActions = ({ type }: Block): boolean => type === 'actions';

/** All texts of a message, in its order; a button's is put in brackets. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const isButton = 'type' in value && value.type === 'button';
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string') return name === 'text' || name === 'content' ? [inner] : [];
    return isButton ? texts(inner).map(label => `[ ${label} ]`) : texts(inner);
  });
}
