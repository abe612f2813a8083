import type { Binding } from '../model/binding.ts';
import { eipKey } from '../model/facts.ts';
import { encode } from './codec.ts';
import { type Memo, recall, remember } from './memo.ts';
import type { Table } from './table.ts';

const REQUEST = 'bind-request';
const LATEST = 'bind-latest';
const DAY_MS = 86_400_000;
/** The replay store forgets long after a signature's five minutes, so that an outcome can still be asked for. */
const KEPT_MS = 30 * DAY_MS;

export const findBinding = (table: Table, id: string): Promise<Memo<Binding> | undefined> =>
  recall<Binding>(table, REQUEST, id);

/**
 * Writes a request in the place of the version that was read (0: it is claimed).
 *
 * @returns undefined if somebody else wrote first
 */
export async function saveBinding(table: Table, memo: Memo<Binding>): Promise<Memo<Binding> | undefined> {
  const { value, version } = memo;
  const forgetAt = new Date(value.receivedAt.getTime() + KEPT_MS);
  return (await remember(table, REQUEST, value.id, memo, forgetAt)) ? { value, version: version + 1 } : undefined;
}

/** Whose word on an EIP counts, and whom it has overtaken, the last one first. */
export type Latest = { readonly id: string; readonly sentAt: Date; readonly before: readonly string[] };

type Place = { readonly account: string; readonly region: string; readonly eipId: string };
const keyOf = ({ account, region, eipId }: Place): string => eipKey(account, region, eipId);

export const latestOf = (table: Table, eip: Place): Promise<Memo<Latest> | undefined> =>
  recall<Latest>(table, LATEST, keyOf(eip));

/** @returns false if somebody else wrote first */
export const saveLatest = (table: Table, eip: Place, memo: Memo<Latest>, now: Date): Promise<boolean> =>
  remember(table, LATEST, keyOf(eip), memo, new Date(now.getTime() + DAY_MS));

const HISTORY_KEPT_MS = 400 * DAY_MS;

/** Puts an ended request into the history; a second time it writes the same. */
export async function recordBinding(table: Table, binding: Binding): Promise<void> {
  const { id, begun, receivedAt } = binding;
  if (begun === null) return;
  const at = receivedAt.toISOString();
  await table.put({
    pk: `binding#${id}`,
    sk: 'binding',
    eip: begun.eip.id,
    day: at.slice(0, 10),
    at,
    body: encode(binding),
    ttl: Math.floor((receivedAt.getTime() + HISTORY_KEPT_MS) / 1000),
  });
}
