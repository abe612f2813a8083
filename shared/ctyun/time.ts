const UTC = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a time of an EIP (`2025-06-21T01:47:30Z`; unlike the signature's date, this `Z` is real UTC).
 * Strict: without a zone, or with a date that no calendar has, there is no answer, because a guess could be a day off.
 */
export function readInstant(text: unknown): Date | null {
  const match = typeof text === 'string' ? UTC.exec(text.trim()) : null;
  if (!match) return null;
  const [whole, year, month, day] = match;
  const instant = new Date(whole);
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number.isNaN(instant.getTime()) || Number(day) > lastDay ? null : instant;
}
