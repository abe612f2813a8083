import { describe, expect, it } from 'vitest';
import { recallLarge, rememberLarge } from '../../shared/ledger/large-memo.ts';
import type { Row, Table } from '../../shared/ledger/table.ts';
import { NOW } from '../plan/samples.ts';
import { freshTable } from './here.ts';

/** Larger than any record: several megabytes, of one to four bytes a letter. */
const large = (mark: string) =>
  Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`公网-${mark}-${i}`, NOW]));
const remembered = (table: Table, value: unknown, version: number) =>
  rememberLarge(table, 'kind', 'main/r1', { value, version }, NOW);
const recalled = (table: Table) => recallLarge(table, 'kind', 'main/r1');

describe('what may be larger than a record', () => {
  it('is recalled as it was remembered, instants and all, whatever its size', async () => {
    const table = await freshTable();
    expect(await recalled(table)).toBeUndefined();
    for (const [version, value] of [{ a: NOW }, large('😀'), large('b'), {}].entries()) {
      expect(await remembered(table, value, version)).toBe(true);
      expect(await recalled(table)).toEqual({ value, version: version + 1 });
    }
  });
  it('is written by one of two that write at once, and whole', async () => {
    const table = await freshTable();
    const values = [large('a'), large('b')];
    const written = await Promise.all(values.map(value => remembered(table, value, 0)));
    expect(written.toSorted()).toEqual([false, true]);
    expect((await recalled(table))?.value).toEqual(values[written.indexOf(true)]);
  });
  it('stays what it was where a process dies before all of it is written', async () => {
    const table = await freshTable();
    await remembered(table, large('a'), 0);
    let puts = 0;
    const put = async (row: Row, ...more: unknown[]): Promise<boolean> => {
      puts += 1;
      if (puts > 2) throw new Error('died');
      return table.put(row, ...(more as []));
    };
    await expect(remembered({ ...table, put }, large('b'), 1)).rejects.toThrow('died');
    expect(await recalled(table)).toEqual({ value: large('a'), version: 1 });
  });
  it('is nothing where a part has been forgotten, and can be written anew', async () => {
    const table = await freshTable();
    await remembered(table, large('a'), 0);
    const get: Table['get'] = async key => (key.pk.includes('part') ? undefined : table.get(key));
    expect(await recalled({ ...table, get })).toEqual({ value: undefined, version: 1 });
    expect(await remembered(table, { b: 1 }, 1)).toBe(true);
    expect(await recalled(table)).toEqual({ value: { b: 1 }, version: 2 });
  });
});
