import type { Table } from './table.ts';

const MINUTE_MS = 60_000;
const KEPT_SECONDS = 3600;

/**
 * Takes one of the messages that a channel may send in this minute, by a conditional count: processes that run at the
 * same time share one budget.
 *
 * @returns false where it is used up
 */
export function takePosting(table: Table, channel: string, perMinute: number, now: Date): Promise<boolean> {
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
  return table.update(
    { pk: `posting#${channel}`, sk: minute },
    'SET #count = if_not_exists(#count, :none) + :one, #ttl = :ttl',
    {
      text: 'attribute_not_exists(#count) OR #count < :most',
      names: { '#count': 'count', '#ttl': 'ttl' },
      values: { ':none': 0, ':one': 1, ':most': perMinute, ':ttl': Math.floor(now.getTime() / 1000) + KEPT_SECONDS },
    },
  );
}

/** Milliseconds until the next minute, when there is a budget again. */
export const untilNextMinute = (now: Date): number => MINUTE_MS - (now.getTime() % MINUTE_MS);
