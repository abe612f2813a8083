import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    // An aborted wait is a shorter wait: whoever aborted it knows why.
    await pause(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  },
};
