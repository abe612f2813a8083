/** How often and how patiently a call is sent again. */
export type RetryPolicy = {
  /** Tries in all, the first included. */
  readonly tries: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
};

export const PATIENT: RetryPolicy = { tries: 5, firstDelayMs: 200, maxDelayMs: 8_000 };

/**
 * Exponential backoff with full jitter; what the server asked for (`Retry-After`) is obeyed as the least wait.
 *
 * @param failed how many tries have failed, from 1
 * @param random in [0, 1)
 * @returns milliseconds to wait before the next try
 */
export function delayMs(policy: RetryPolicy, failed: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (failed - 1));
  return retryAfterMs + Math.round(ceiling * random);
}

/** Reads `Retry-After`: whole seconds, or an HTTP date. @returns milliseconds, or undefined if absent or unreadable */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now.getTime());
}
