import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: ms => pause(ms),
};
