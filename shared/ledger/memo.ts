import { decode, encode } from './codec.ts';
import { onVersion, type Table } from './table.ts';

/** Something remembered under a key: when it was first seen, a baseline, that a delivery came. */
export type Memo<Value> = { readonly value: Value; readonly version: number };

const keyOf = (kind: string, key: string) => ({ pk: `memo#${kind}`, sk: key });

/** What is remembered, if anything. */
export async function recall<Value>(table: Table, kind: string, key: string): Promise<Memo<Value> | undefined> {
  const row = await table.get(keyOf(kind, key));
  return row && { value: decode<Value>(String(row.body)), version: Number(row.version) };
}

/**
 * Remembers a value in the place of the version that was recalled (0: nothing was).
 *
 * @param forgetAt when DynamoDB may forget it; null = never
 * @param list by which `recallAll` finds it together with others
 * @returns false if somebody else wrote first
 */
export function remember(
  table: Table,
  kind: string,
  key: string,
  { value, version }: Memo<unknown>,
  forgetAt: Date | null = null,
  list: string | null = null,
): Promise<boolean> {
  const ttl = forgetAt ? { ttl: Math.floor(forgetAt.getTime() / 1000) } : {};
  const listed = list === null ? {} : { open: listOf(kind, list), at: key };
  return table.put(
    { ...keyOf(kind, key), version: version + 1, body: encode(value), ...ttl, ...listed },
    onVersion(version),
  );
}

const listOf = (kind: string, list: string): string => `memo#${kind}#${list}`;

/** All of a list, by key. Eventually consistent: act on one only after `recall` or `remember`. */
export async function recallAll<Value>(table: Table, kind: string, list: string): Promise<Map<string, Value>> {
  const rows = await table.query('open', listOf(kind, list));
  return new Map(rows.map(row => [row.sk, decode<Value>(String(row.body))]));
}
