/** One record of a zone file: its words, and whether its name is the one before. */
export type ZoneLine = { readonly number: number; readonly words: readonly string[]; readonly indented: boolean };

// Quoted text is one word; `;` begins a comment, parentheses let a record go on over lines.
const TOKEN = /"(?:[^"\\]|\\.)*"|;.*|[()]|(?:[^\s;()"\\]|\\.)+/g;

/** The records of a zone file, each with the number of the line where it begins; and where a parenthesis stays open. */
export function zoneLines(text: string): { readonly lines: readonly ZoneLine[]; readonly unclosed: number | null } {
  const lines: ZoneLine[] = [];
  let open: { number: number; words: string[]; indented: boolean } | undefined;
  let depth = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    open ??= { number: index + 1, words: [], indented: /^\s/.test(raw) };
    for (const [token] of raw.matchAll(TOKEN)) {
      if (token.startsWith(';')) break;
      if (token === '(') depth += 1;
      else if (token === ')') depth = Math.max(0, depth - 1);
      else open.words.push(token);
    }
    if (depth > 0) continue;
    if (open.words.length > 0) lines.push(open);
    open = undefined;
  }
  return { lines, unclosed: open?.number ?? null };
}
