declare const fen: unique symbol;

/** An amount of Chinese yuan in whole fen (1 CNY = 100 fen). Always a safe integer, so sums never drift. */
export type Fen = number & { readonly [fen]: 'Fen' };

export const ZERO = 0 as Fen;

const DECIMAL = /^([+-])?(\d{1,30})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * Reads an amount in CNY, as the API prints it (a JSON number or a decimal string), into fen.
 * Parts of a fen are rounded away from zero: a price is never understated.
 *
 * @throws RangeError when the text is not a decimal number or does not fit.
 */
export function fenOf(cny: number | string): Fen {
  const match = DECIMAL.exec(String(cny).trim());
  if (!match) throw new RangeError(`not an amount of money: ${JSON.stringify(cny)}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) + 2 - fraction.length;
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : divideUp(digits, 10n ** BigInt(-shift));
  if (magnitude > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`amount too large: ${String(cny)}`);
  // `0 -` keeps "-0.00" from becoming the negative zero.
  return (sign === '-' ? 0 - Number(magnitude) : Number(magnitude)) as Fen;
}

const divideUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total += amount;
  if (!Number.isSafeInteger(total)) throw new RangeError('the sum of money does not fit');
  return total as Fen;
}

/** Fen as a CNY decimal string with two decimals and no grouping: `123456` -> `"1234.56"`. */
export function cny(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
