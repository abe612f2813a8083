/** An instant, given as ISO 8601, as Beijing wall time: `2026-11-27 09:48`. */
export function beijingTime(iso: string | number | boolean | null | undefined): string {
  const instant = Date.parse(String(iso));
  if (Number.isNaN(instant)) return '?';
  return new Date(instant + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Days with one decimal. */
export const oneDecimal = (days: string | number | boolean | null | undefined): string => Number(days).toFixed(1);
