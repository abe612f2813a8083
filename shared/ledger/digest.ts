import { recall, remember } from './memo.ts';
import type { Table } from './table.ts';

/** One line that could not, or was not to be, a message of its own. */
export type DigestLine = { readonly at: Date; readonly text: string };
/** Lines, and how many more were only counted. */
export type Kept = { readonly lines: readonly DigestLine[]; readonly left: number };

const KIND = 'digest';
const MOST_LINES = 100;
const KEPT_MS = 30 * 86_400_000;
const TRIES = 8;

/**
 * Keeps a line for a channel's next digest; beyond a hundred they are only counted.
 *
 * @returns whether it is the first one, so that somebody has to see to it that the digest is told
 */
export async function keepForDigest(table: Table, channel: string, line: DigestLine): Promise<boolean> {
  const before = await change(table, channel, line.at, value => joined(value, { lines: [line], left: 0 }));
  return before.lines.length === 0;
}

/** Puts back what was taken and could not be told: before what was kept since. */
export async function giveBack(table: Table, channel: string, kept: Kept, now: Date): Promise<void> {
  await change(table, channel, now, value => joined(kept, value));
}

function joined(first: Kept, then: Kept): Kept {
  const lines = [...first.lines, ...then.lines];
  const left = first.left + then.left + Math.max(0, lines.length - MOST_LINES);
  return { lines: lines.slice(0, MOST_LINES), left };
}

/** @returns what was kept before */
async function change(table: Table, channel: string, at: Date, make: (value: Kept) => Kept): Promise<Kept> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { value, version } = (await recall<Kept>(table, KIND, channel)) ?? { value: NOTHING, version: 0 };
    if (await remember(table, KIND, channel, { value: make(value), version }, later(at))) return value;
  }
  throw new Error(`the digest of ${channel} is being written by others over and over`);
}

/** Whether anything is kept that is due. */
export async function isKept(table: Table, channel: string, isDue: (oldest: Date) => boolean): Promise<boolean> {
  const oldest = (await recall<Kept>(table, KIND, channel))?.value.lines[0]?.at;
  return oldest !== undefined && isDue(oldest);
}

const NOTHING: Kept = { lines: [], left: 0 };
const later = (at: Date): Date => new Date(at.getTime() + KEPT_MS);

/**
 * Takes what is kept, so that it is told once: of several that ask at the same time, one gets it.
 *
 * @param isDue whether lines of that age are to be told now
 */
export async function takeDigest(
  table: Table,
  channel: string,
  now: Date,
  isDue: (oldest: Date) => boolean,
): Promise<Kept> {
  const found = await recall<Kept>(table, KIND, channel);
  const oldest = found?.value.lines[0]?.at;
  if (!found || !oldest || !isDue(oldest)) return NOTHING;
  const emptied = await remember(table, KIND, channel, { value: NOTHING, version: found.version }, later(now));
  return emptied ? found.value : NOTHING;
}
