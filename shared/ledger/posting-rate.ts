import { recall, remember } from './memo.ts';
import type { Table } from './table.ts';

const MINUTE_MS = 60_000;
const KEPT_MS = 3600_000;
const KIND = 'posting';
/** More processes at once than this would find the channel's budget used up anyway. */
const TRIES = 30;

/**
 * Takes one of the messages that a channel may be sent in any sixty seconds, so that processes which run at the same
 * time share one budget. A count for each clock minute would let twice as many through around its end, and some
 * providers then block a robot for ten minutes.
 *
 * @returns 0 if it is ours, else after how many milliseconds to ask again
 */
export async function takePosting(table: Table, channel: string, perMinute: number, now: Date): Promise<number> {
  const at = now.getTime();
  for (let tries = 0; tries < TRIES; tries++) {
    const { value, version } = (await recall<number[]>(table, KIND, channel)) ?? { value: [], version: 0 };
    const recent = value.filter(sent => sent > at - MINUTE_MS);
    const [oldest = at] = recent;
    if (recent.length >= perMinute) return Math.max(1, oldest + MINUTE_MS - at);
    const next = [...recent, at].toSorted((a, b) => a - b);
    if (await remember(table, KIND, channel, { value: next, version }, new Date(at + KEPT_MS))) return 0;
  }
  return 1000;
}
