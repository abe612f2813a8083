import stringWidth from 'string-width';

/** Hangul fillers are letters to Unicode and blank to the eye. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/**
 * Text of the cloud made safe for a terminal: control characters, escape sequences and direction overrides are shown
 * as codes, so that a name can neither move the cursor nor pose as another line.
 */
export const printable = (text: string): string =>
  text.toWellFormed().replaceAll(UNSEEN, char => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

/** Cuts a text to a display width; what was cut is shown as `…`. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('zh').segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Breaks a text into lines of a display width: between words, and between Chinese characters but not before a mark. */
export function wrap(text: string, width: number): string[] {
  const pieces = text.match(/\s*(?:\p{Script=Han}\p{P}*|[^\s\p{Script=Han}]+)/gu) ?? [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const full = line !== '' && stringWidth(line + piece) > width;
    if (full) lines.push(line);
    line = full || line === '' ? piece.trimStart() : line + piece;
  }
  return [...lines, line];
}

export type Column = { readonly title: string; readonly align: 'left' | 'right' };
export type Paint = (cell: string, row: number, column: number) => string;

const GAP = 2;
/** Narrower than this, a last column is left to the terminal. */
const LEAST_WRAP = 20;

/**
 * Lines of aligned columns, by display width (a Chinese character is two wide). Nothing trails a line.
 *
 * @param paint colours a cell after it was padded, so that colours do not count as width; the titles are row -1
 * @param width of the terminal: the last column is wrapped to fit where there is room
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width = Number.POSITIVE_INFINITY,
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map(row => stringWidth(row[column] ?? ''))));
  const indent = widths.slice(0, -1).reduce((sum, each) => sum + each + GAP, 0);
  const room = width - indent;
  return all.flatMap((row, index) => {
    const last = row.at(-1) ?? '';
    const [first = '', ...more] = room >= LEAST_WRAP ? wrap(last, room) : [last];
    const cells = [...row.slice(0, -1), first].map((cell, column) =>
      paint(padded(cell, columns[column]?.align, widths[column] ?? 0, column === row.length - 1), index - 1, column),
    );
    const under = more.map(line => ' '.repeat(indent) + paint(line, index - 1, row.length - 1));
    return [cells.join(' '.repeat(GAP)), ...under];
  });
}

function padded(cell: string, align: Column['align'] | undefined, width: number, last: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
  if (align === 'right') return space + cell;
  return last ? cell : cell + space;
}
