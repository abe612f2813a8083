import { recall, remember } from './memo.ts';
import type { Table } from './table.ts';

/** One line that could not, or was not to be, a message of its own. */
export type DigestLine = { readonly at: Date; readonly text: string };
type Kept = { readonly lines: readonly DigestLine[]; readonly left: number };

const KIND = 'digest';
const MOST_LINES = 100;
const KEPT_MS = 30 * 86_400_000;
const TRIES = 8;

/** Keeps a line for a channel's next digest; beyond a hundred they are only counted. */
export async function keepForDigest(table: Table, channel: string, line: DigestLine): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { value, version } = (await recall<Kept>(table, KIND, channel)) ?? { value: NOTHING, version: 0 };
    const full = value.lines.length >= MOST_LINES;
    const next: Kept = full ? { ...value, left: value.left + 1 } : { ...value, lines: [...value.lines, line] };
    if (await remember(table, KIND, channel, { value: next, version }, later(line.at))) return;
  }
  throw new Error(`the digest of ${channel} is being written by others over and over`);
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
