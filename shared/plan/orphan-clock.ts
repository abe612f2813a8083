import type { OrphanPolicy, Watch } from '../model/orphans.ts';

const HOUR_MS = 3600_000;
/** A daily schedule may come late: a shorter gap between two sightings never breaks their row. */
const LEAST_GAP_HOURS = 36;

/**
 * One more sighting without any use. A gap longer than the grace starts the clock again: nobody knows what was in it.
 *
 * @param before what is remembered, if anything
 */
export function sighted(before: Watch | undefined, now: Date, { graceHours }: Pick<OrphanPolicy, 'graceHours'>): Watch {
  if (!before) return { firstSeen: now, lastSeen: now, sightings: 1, warnedAt: null };
  const gap = now.getTime() - before.lastSeen.getTime();
  if (gap > Math.max(graceHours, LEAST_GAP_HOURS) * HOUR_MS) return sighted(undefined, now, { graceHours });
  // A second look at the same instant, or a clock that went back, is no further sighting.
  return gap > 0 ? { ...before, lastSeen: now, sightings: before.sightings + 1 } : before;
}

/** The hours of one idle EIP. */
export type Hours = {
  /** Idle since then, as far as anybody can tell. */
  readonly since: Date;
  readonly ageHours: number;
  /** From then on a warning is due. */
  readonly warnFrom: Date;
  /** Not released earlier; where no warning was given yet, as if it were given now. */
  readonly deadline: Date;
};

/** @param updatedAt the EIP's last change: it can only make everything later */
export function hoursOf(
  { firstSeen, warnedAt }: Pick<Watch, 'firstSeen' | 'warnedAt'>,
  updatedAt: Date | null,
  { graceHours, warnHours }: Pick<OrphanPolicy, 'graceHours' | 'warnHours'>,
  now: Date,
): Hours {
  const since = updatedAt !== null && updatedAt > firstSeen ? updatedAt : firstSeen;
  const graceEnds = since.getTime() + graceHours * HOUR_MS;
  const warned = (warnedAt ?? now).getTime() + warnHours * HOUR_MS;
  return {
    since,
    ageHours: Math.round(((now.getTime() - since.getTime()) / HOUR_MS) * 10) / 10,
    warnFrom: new Date(graceEnds - warnHours * HOUR_MS),
    deadline: new Date(warnHours === 0 ? graceEnds : Math.max(graceEnds, warned)),
  };
}

/** Releases need two sightings, in two runs. */
export const LEAST_SIGHTINGS = 2;
