import type { Clock } from '../model/clock.ts';

/** What a throttled client goes on with, of the rate at which it was let through. */
const SLOWER = 0.93;
/** What each call that is let through adds to the rate again. */
const FASTER = 1.0005;
/** Calls that were under way together are refused together: that is one reason to slow down. */
const CALM_MS = 250;
const MEASURED_MS = 1000;
/** Fewer calls say nothing about a rate. */
const LEAST_MEASURED = 10;

/**
 * The rate of one account's calls. No limit of CTyun's is documented, so it is learnt: nothing is held back until a call is
 * refused for its rate; from then on calls are spaced at a little less than what was let through, and slowly faster again.
 * Backoff alone would not do: of thousands of calls, one is unlucky five times in a row, and the list is lost.
 */
export type Pace = {
  /** Resolves when the next call may be sent, or when its time is over: whoever calls looks at the time then. */
  readonly turn: (leftMs?: number) => Promise<void>;
  readonly letThrough: () => void;
  readonly refused: () => void;
};

export function paceOf(clock: Clock): Pace {
  const recent: number[] = [];
  let perSecond = Number.POSITIVE_INFINITY;
  let nextAt = 0;
  let slowedAt = 0;
  const nowMs = (): number => clock.now().getTime();

  /** Calls a second that were let through lately; undefined where that cannot be told. */
  const measured = (now: number): number | undefined => {
    while ((recent[0] ?? now) < now - MEASURED_MS) recent.shift();
    const [first] = recent;
    if (first === undefined || recent.length < LEAST_MEASURED || now <= first) return undefined;
    return (recent.length * 1000) / (now - first);
  };

  return {
    turn: async (leftMs = Number.POSITIVE_INFINITY) => {
      const now = nowMs();
      const at = Math.max(now, nextAt);
      nextAt = at + 1000 / perSecond;
      const wait = Math.min(at - now, leftMs);
      if (wait > 0) await clock.sleep(wait);
    },
    letThrough: () => {
      recent.push(nowMs());
      if (recent.length > LEAST_MEASURED) measured(nowMs());
      perSecond *= FASTER;
    },
    refused: () => {
      const now = nowMs();
      const rate = Math.min(perSecond, measured(now) ?? perSecond);
      if (now - slowedAt < CALM_MS || rate === Number.POSITIVE_INFINITY) return;
      slowedAt = now;
      perSecond = rate * SLOWER;
      nextAt = Math.max(nextAt, now + 1000 / perSecond);
    },
  };
}
