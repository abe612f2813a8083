export type SimTime = { now(): Date; set(instant: Date): void; advance(seconds: number): void };

/** The simulator's clock: runs on in real time from wherever it is set. */
export class SimClock implements SimTime {
  #offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  set(instant: Date): void {
    this.#offsetMs = instant.getTime() - Date.now();
  }

  advance(seconds: number): void {
    this.#offsetMs += seconds * 1000;
  }
}

const STEP = /(\d+(?:\.\d+)?)([dhms])/g;
const RELATIVE = /^[+-](\d+(?:\.\d+)?[dhms])+$/;
const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** Reads `+3d`, `-2h30m` as an instant from `now`; anything else stays as it is. */
export function instantText(value: unknown, now: Date): unknown {
  if (typeof value !== 'string' || !RELATIVE.test(value)) return value;
  const seconds = [...value.matchAll(STEP)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
  return isoSeconds(new Date(now.getTime() + (value.startsWith('-') ? -1 : 1) * seconds * 1000));
}

/** As the API prints times: `2025-06-21T01:47:30Z`, real UTC. */
export const isoSeconds = (instant: Date): string => `${instant.toISOString().slice(0, 19)}Z`;

/** `2022-11-07 17:42:27`, Beijing wall time, as the monitor prints it. */
export const beijingText = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** A term later by the calendar (UTC), clamped to the month's last day. */
export function addCycle(from: Date, type: string, count: number): Date {
  const months = type === 'year' ? 12 * count : count;
  const later = new Date(from);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return later;
}
