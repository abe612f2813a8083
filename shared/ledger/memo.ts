import { decode, encode } from './codec.ts';
import type { Table } from './table.ts';

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
 * @returns false if somebody else wrote first
 */
export function remember(
  table: Table,
  kind: string,
  key: string,
  { value, version }: Memo<unknown>,
  forgetAt: Date | null = null,
): Promise<boolean> {
  const condition =
    version === 0
      ? { text: 'attribute_not_exists(pk)' }
      : { text: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } };
  const ttl = forgetAt ? { ttl: Math.floor(forgetAt.getTime() / 1000) } : {};
  return table.put({ ...keyOf(kind, key), version: version + 1, body: encode(value), ...ttl }, condition);
}
