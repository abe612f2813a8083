/** Line ends too: a name is one line. Hangul fillers are letters to Unicode and blank to the eye. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\u115f\u1160\u3164\uffa0]/gu;

/**
 * Text of the cloud made safe for a plain-text field: control characters, line ends and direction overrides are shown
 * as codes, so that a name cannot pose as another line of a card.
 */
export const plain = (text: string): string =>
  text.toWellFormed().replaceAll(UNSEEN, char => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

/** Cuts to so many characters (code points); what was cut is shown as `…`. */
export function cutTo(text: string, characters: number): string {
  const all = Array.from(text);
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
}

export const byteLength = (text: string): number => Buffer.byteLength(text);

/** ASCII signs that some Markdown dialect, mention or link may begin with, moved to their full-width forms. */
const MARKS = /[!#&()*+<=>@[\\\]_`{|}~]/g;
/** Only at the beginning of a line: lists and rules. */
const LEADING = /^\s*(?:-|\d+\.(?=\s|$))/u;

/**
 * Text made safe for a Markdown field of a renderer whose escapes are not documented: every sign that could begin
 * formatting, a mention or a link gets its full-width form, which looks the same and means nothing.
 */
export function neutral(text: string): string {
  return plain(text)
    .replaceAll(MARKS, wide)
    .replace(LEADING, lead => lead.slice(0, -1) + wide(lead.slice(-1)))
    .replaceAll('://', '：//')
    .replaceAll(/\bwww\./gi, host => host.slice(0, -1) + wide('.'));
}

const wide = (sign: string): string => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0);
