type Fact = string | number | boolean | null | undefined;

/** An instant, given as ISO 8601, as Beijing wall time: `2026-11-27 09:48`; `?` if it is none. */
export function beijingTime(iso: Fact): string {
  const beijing = new Date(Date.parse(String(iso)) + 8 * 3600_000);
  // Years beyond 9999 print with a sign and six digits.
  return Number.isNaN(beijing.getTime()) ? '?' : beijing.toISOString().replace(/T(\d\d:\d\d).*/, ' $1');
}

/** Days with one decimal, and no negative zero. */
export const oneDecimal = (days: Fact): string =>
  Number(days)
    .toFixed(1)
    .replace(/^-0\.0$/, '0.0');
