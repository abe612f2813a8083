import { refuse } from './refusal.ts';

/** Our window where the provider names none, and its own where it names five minutes. */
export const WINDOW_SECONDS = 300;

/** Exactly so many digits: where a hash has no separators, digits must not slide into what follows. */
const DIGITS = { s: /^\d{10}$/, ms: /^\d{13}$/ } as const;

/**
 * A timestamp that a request carries, in whole seconds or milliseconds since 1970. Refused unless it is written in
 * digits alone and lies within the window before *and* after `now`.
 */
export function freshInstant(text: string, unit: 's' | 'ms', now: Date, windowSeconds = WINDOW_SECONDS): Date {
  if (!DIGITS[unit].test(text)) refuse('timestamp-malformed');
  const at = Number(text) * (unit === 's' ? 1000 : 1);
  const ageMs = now.getTime() - at;
  if (ageMs > windowSeconds * 1000) refuse('timestamp-late');
  if (ageMs < -windowSeconds * 1000) refuse('timestamp-early');
  return new Date(at);
}
