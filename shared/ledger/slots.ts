import type { Table } from './table.ts';

/** One planned time of one schedule, for one account's region: delivered at least once, worked on once. */
export type Slot = {
  readonly function: string;
  readonly account: string;
  readonly region: string;
  /** The schedule's planned time, ISO 8601. */
  readonly slot: string;
};

/** Ours to work on, with a fencing number that grows with every taking; or why not. */
export type Taken = { readonly fence: number } | 'done' | 'running';

const KEPT_MS = 30 * 86_400_000;

const keyOf = ({ function: fn, account, region, slot }: Slot) => ({
  pk: `slot#${fn}#${account}#${region}`,
  sk: slot,
});

/**
 * Takes a slot until `until`; where an earlier holder's time is over it is taken from him, with a higher fence.
 *
 * @param owner a run
 */
export async function takeSlot(table: Table, slot: Slot, owner: string, now: Date, until: Date): Promise<Taken> {
  const key = keyOf(slot);
  for (let tries = 0; tries < 3; tries++) {
    const held = await table.get(key);
    if (held?.done === true) return 'done';
    const fence = Number(held?.fence ?? 0);
    if (held && held.owner === owner) return { fence };
    if (held && String(held.until) > now.toISOString()) return 'running';
    const ttl = Math.floor((now.getTime() + KEPT_MS) / 1000);
    const row = { ...key, owner, fence: fence + 1, until: until.toISOString(), done: false, ttl };
    const condition = held
      ? { text: 'fence = :fence AND done = :no', values: { ':fence': fence, ':no': false } }
      : { text: 'attribute_not_exists(pk)' };
    if (await table.put(row, condition)) return { fence: fence + 1 };
  }
  return 'running';
}

/**
 * Ends the work on a slot: `done`, or free for another delivery. A holder that was overtaken changes nothing.
 *
 * @returns false if the slot was taken from this holder meanwhile
 */
export const endSlot = (table: Table, slot: Slot, fence: number, done: boolean): Promise<boolean> =>
  table.update(keyOf(slot), 'SET done = :done, #until = :over', {
    text: 'fence = :fence',
    names: { '#until': 'until' },
    values: { ':fence': fence, ':done': done, ':over': '' },
  });
