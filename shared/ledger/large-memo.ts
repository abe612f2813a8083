import { digest } from '../model/token.ts';
import { decode, encode } from './codec.ts';
import { type Memo, recall, remember } from './memo.ts';
import type { Table } from './table.ts';

/** Characters of a part: a record holds 400 KB, and a character has at most four bytes. */
const PART = /.{1,80000}/gsu;
const MOST_BYTES = 300_000;
/** Every version has parts of its own, so the earlier ones have to go. What is not written for so long is forgotten. */
const KEPT_MS = 60 * 86_400_000;

/** What a memo holds whose value is kept in parts: their names. */
type Head = { readonly $parts: readonly string[] };
const isHead = (value: unknown): value is Head => typeof value === 'object' && value !== null && '$parts' in value;

/** A part is named by what it holds: it never changes, and two that write at once do not mix theirs. */
const partKey = (kind: string, key: string, name: string) => ({ pk: `memo#${kind}#part`, sk: `${key}#${name}` });

/**
 * As `recall`, of what `rememberLarge` has written.
 *
 * @returns without a value where parts of it have been forgotten
 */
export async function recallLarge<Value>(
  table: Table,
  kind: string,
  key: string,
): Promise<Memo<Value | undefined> | undefined> {
  const memo = await recall<Value | Head>(table, kind, key);
  if (!memo || !isHead(memo.value)) return memo as Memo<Value> | undefined;
  const rows = await Promise.all(memo.value.$parts.map(name => table.get(partKey(kind, key, name))));
  const texts = rows.flatMap(row => (row ? [String(row.body)] : []));
  const whole = texts.length === rows.length;
  return { value: whole ? decode<Value>(texts.join('')) : undefined, version: memo.version };
}

/**
 * As `remember`, of a value that may be larger than a record. Its parts are written first; it is remembered once the
 * record that names them is, all of it or nothing.
 *
 * @returns false if somebody else wrote first
 */
export async function rememberLarge(
  table: Table,
  kind: string,
  key: string,
  { value, version }: Memo<unknown>,
  now: Date,
): Promise<boolean> {
  const text = encode(value);
  if (Buffer.byteLength(text) <= MOST_BYTES) return remember(table, kind, key, { value, version });
  const ttl = Math.floor((now.getTime() + KEPT_MS) / 1000);
  const $parts: string[] = [];
  for (const [body] of text.matchAll(PART)) {
    const name = digest(body).slice(0, 32);
    await table.put({ ...partKey(kind, key, name), body, ttl });
    $parts.push(name);
  }
  return remember(table, kind, key, { value: { $parts }, version });
}
