/** A piece of a command; what was quoted is taken as it is. */
export type Token = { readonly text: string; readonly quoted: boolean };

/** At the beginning: whom the platform says is spoken to, and the slash command itself where it was typed as text. */
const MENTION = /^(?:<@[^<>]*>|<at\b[^<>]*>[^<>]*<\/at>|[@＠][^\s]*|[/／](?:eip|弹性ip)(?=\s|$))[\s:：,，]*/iu;

/** Unseen characters that chats put around mentions and pasted text. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

const PIECE = /"([^"]*)"|“([^”]*)”|「([^」]*)」|'([^']*)'|‘([^’]*)’|(\S+)/g;

/** Politeness that says nothing. */
const POLITE: ReadonlySet<string> = new Set(['please', 'pls', '请', '麻烦', '帮我']);

export function tokensOf(text: string): Token[] {
  const pieces = [...withoutMentions(text).matchAll(PIECE)].map(([, a, b, c, d, e, bare]): Token => {
    const quoted = a ?? b ?? c ?? d ?? e;
    return quoted === undefined ? { text: bare ?? '', quoted: false } : { text: quoted.trim(), quoted: true };
  });
  const said = pieces.filter(({ text: piece }) => piece !== '');
  const first = said.findIndex(({ text: word, quoted }) => quoted || !POLITE.has(folded(word)));
  return first < 0 ? [] : said.slice(first).map(polite);
}

function withoutMentions(text: string): string {
  let rest = text
    .toWellFormed()
    .replaceAll(/\r?\n|\t/g, ' ')
    .replaceAll(UNSEEN, '')
    .trim();
  while (MENTION.test(rest)) rest = rest.replace(MENTION, '');
  return rest;
}

/** 请续订 is one word to a computer. */
const polite = (token: Token, index: number): Token =>
  index === 0 && !token.quoted
    ? { ...token, text: token.text.replace(/^(?:请|麻烦|帮我)+(?=\p{Script=Han})/u, '') }
    : token;

/** A word as it is compared: full-width forms and case made equal, and the mark at its end dropped. */
export function folded(word: string): string {
  const plain = word.normalize('NFKC').toLowerCase();
  return plain.replace(/(?!^)[.。!?,;:]+$/u, '');
}
