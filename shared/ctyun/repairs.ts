import type { Clock } from '../model/clock.ts';
import type { CredentialSource, Credentials } from '../model/credentials.ts';
import type { CtyunError } from './errors.ts';

export type SkewedClock = {
  readonly now: () => Date;
  /** Milliseconds that are added to the local clock. */
  readonly skewMs: () => number;
  /** @returns true if the correction changed by more than a minute */
  readonly learn: (serverDate: Date) => boolean;
};

/** Below this a clock is right enough (the window is 15 minutes), and something else is wrong. */
const SKEW_MATTERS_MS = 60_000;

/** The clock that signs: the local one, corrected by what the server's `Date` taught. */
export function skewedClock(local: Clock): SkewedClock {
  let skewMs = 0;
  return {
    now: () => new Date(local.now().getTime() + skewMs),
    skewMs: () => skewMs,
    learn: serverDate => {
      const measured = serverDate.getTime() - local.now().getTime();
      if (Math.abs(measured - skewMs) <= SKEW_MATTERS_MS) return false;
      skewMs = measured;
      return true;
    },
  };
}

/** What the refused try was signed with. */
export type SignedWith = { readonly credentials: Credentials; readonly skewMs: number };

/**
 * A refused signature has two curable causes, and each cure is tried once a call: a wrong clock, a rotated key.
 *
 * @returns a function that answers true if there is reason to hope that the same call is now accepted
 */
export function repairsOnce(source: CredentialSource, clock: SkewedClock) {
  const left = new Set(['clock', 'key']);
  return async ({ details: { serverDate } }: CtyunError, used: SignedWith): Promise<boolean> => {
    // Another call may have learnt the clock while this one was under way.
    const relearnt = used.skewMs !== clock.skewMs() || (serverDate !== undefined && clock.learn(serverDate));
    if (relearnt && left.delete('clock')) return true;
    if (!left.delete('key')) return false;
    await source.refresh(used.credentials);
    return true;
  };
}
