import stringWidth from 'string-width';

/**
 * Text of the cloud made safe for a terminal: control characters, escape sequences and direction overrides are shown
 * as codes, so that a name can neither move the cursor nor pose as another line.
 */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, char => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

/** Cuts a text to a display width; what was cut is shown as `…`. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

export type Column = { readonly title: string; readonly align: 'left' | 'right' };

/**
 * Lines of aligned columns, by display width (a Chinese character is two wide). Nothing trails a line.
 *
 * @param paint colours a cell after it was padded, so that colours do not count as width
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: (cell: string, row: number, column: number) => string,
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map(row => stringWidth(row[column] ?? ''))));
  return all.map((row, index) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - stringWidth(cell));
        const last = column === row.length - 1 && columns[column]?.align === 'left';
        const padded = columns[column]?.align === 'right' ? space + cell : cell + (last ? '' : space);
        return paint(padded, index - 1, column);
      })
      .join('  '),
  );
}
