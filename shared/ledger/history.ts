import type { Binding } from '../model/binding.ts';
import type { Held, Past } from '../model/past.ts';
import { decode, encode } from './codec.ts';
import { intentOf } from './intents.ts';
import type { Row, Table } from './table.ts';

const KEPT_MS = 400 * 86_400_000;
const DAY_MS = 86_400_000;

/** Records a decision that held; once for each run and EIP. */
export async function recordHeld(table: Table, held: Held): Promise<void> {
  const { at, origin, item } = held;
  const { account, region, eip } = item;
  await table.put({
    pk: `held#${account}/${region}/${eip.id}`,
    sk: `${at.toISOString()}#${origin.run}`,
    eip: eip.id,
    day: at.toISOString().slice(0, 10),
    at: at.toISOString(),
    body: encode(held),
    ttl: Math.floor((at.getTime() + KEPT_MS) / 1000),
  });
}

/** All that was decided on an EIP since an instant, oldest first. Eventually consistent. */
export async function historyOf(table: Table, eipId: string, since: Date): Promise<Past[]> {
  return (await table.query('by-eip', eipId, { from: since.toISOString() })).map(pastOf);
}

/** All that was decided since an instant, oldest first. Eventually consistent. */
export async function historySince(table: Table, since: Date, now: Date): Promise<Past[]> {
  const past: Past[] = [];
  const first = Math.floor(since.getTime() / DAY_MS) * DAY_MS;
  for (let day = first; day <= now.getTime(); day += DAY_MS) {
    const name = new Date(day).toISOString().slice(0, 10);
    past.push(...(await table.query('by-day', name, { from: since.toISOString() })).map(pastOf));
  }
  return past;
}

function pastOf(row: Row): Past {
  if (row.pk.startsWith('intent#')) return { intent: intentOf(row) };
  const body = String(row.body);
  return row.pk.startsWith('binding#') ? { binding: decode<Binding>(body) } : { held: decode<Held>(body) };
}
