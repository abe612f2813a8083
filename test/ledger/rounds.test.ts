import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Bounds, count, recount } from '../../shared/ledger/rounds.ts';
import { createTable, type Table } from '../../shared/ledger/table.ts';
import type { Fen } from '../../shared/model/money.ts';
import { NOW } from '../plan/samples.ts';
import { freshClient, freshTable, losing } from './here.ts';

const fen = (amount: number) => amount as Fen;
const of = (part: string) => ({ round: 'auto-renew#slot#ask', part });
const wish = (prefix: string, actions: number, each = 100) =>
  new Map(Array.from({ length: actions }, (_, i) => [`${prefix}-${i}`, fen(each)] as const));
const WIDE: Bounds = { actions: 100, fen: 100_000, ofPart: 100 };
const totals = async (table: Table) => {
  const row = await table.get({ pk: 'round#auto-renew#slot#ask', sk: 'round' });
  return [row?.actions, row?.fen];
};

describe('the count of a round', () => {
  it.each<[string, Partial<Bounds>, boolean, (number | undefined)[]]>([
    ['counts a plan that fits', {}, true, [3, 300]],
    ['counts a plan that fills it', { actions: 3, fen: 300, ofPart: 3 }, true, [3, 300]],
    ['counts nothing of one with too many actions', { actions: 2 }, false, [0, 0]],
    ['counts nothing of one that costs too much', { fen: 299 }, false, [0, 0]],
    ['counts nothing of one with too many for its part', { ofPart: 2 }, false, [0, 0]],
  ])('%s', async (_sentence, bounds, fits, left) => {
    const table = await freshTable();
    const would = await count(table, of('a'), wish('a', 3), { ...WIDE, ...bounds }, NOW);
    expect([would, await totals(table)]).toEqual([{ actions: 3, fen: 300, ofPart: 3, fits }, left]);
  });
  it('counts a token once, however often a part comes; and what is new beside it', async () => {
    const table = await freshTable();
    await count(table, of('a'), wish('a', 2), WIDE, NOW);
    expect(await count(table, of('a'), wish('a', 2, 999), WIDE, NOW)).toMatchObject({ fits: true, actions: 2 });
    expect(await count(table, of('a'), wish('a', 3), WIDE, NOW)).toMatchObject({ fits: true, actions: 3 });
    expect(await totals(table)).toEqual([3, 300]);
  });
  it('adds up the parts, but the share is of each part', async () => {
    const table = await freshTable();
    await count(table, of('a'), wish('a', 2), { ...WIDE, ofPart: 2 }, NOW);
    expect(await count(table, of('b'), wish('b', 2), { ...WIDE, ofPart: 2 }, NOW)).toMatchObject({
      ...{ fits: true, actions: 4, ofPart: 2 },
    });
  });
  it('of many parts at once lets through what fits, each whole, and never more', async () => {
    const table = await freshTable();
    const bounds = { ...WIDE, actions: 10 };
    const parts = Array.from({ length: 12 }, (_, i) => count(table, of(`p${i}`), wish(`p${i}`, 3), bounds, NOW));
    const fitted = (await Promise.all(parts)).filter(({ fits }) => fits).length;
    expect([fitted, await totals(table)]).toEqual([3, [9, 900]]);
  });
  it('gives back what was not done, corrects what cost less, and leaves what it is not told of', async () => {
    const table = await freshTable();
    await count(table, of('a'), wish('a', 3), WIDE, NOW);
    const became = new Map<string, Fen | null>([
      ['a-0', null],
      ['a-1', fen(40)],
      ['unheard-of', null],
    ]);
    await recount(table, of('a'), became);
    await recount(table, of('a'), became);
    await recount(table, of('never-counted'), became);
    expect(await totals(table)).toEqual([2, 140]);
  });
  it('holds no more than a record can, whatever the ask allows', async () => {
    const table = await freshTable();
    const bounds = { actions: 100_000, fen: 1e9, ofPart: 100_000 };
    expect(await count(table, of('a'), wish('a', 10_000, 1), bounds, NOW)).toMatchObject({ fits: true });
    expect(await count(table, of('b'), wish('b', 1), bounds, NOW)).toMatchObject({ fits: false, actions: 10_001 });
  });
  it('is right also where every answer is lost once', async () => {
    const { client, name } = await freshClient();
    const table = createTable(
      losing(client, command => command !== 'GetItemCommand'),
      name,
      randomUUID,
    );
    expect(await count(table, of('a'), wish('a', 3), WIDE, NOW)).toMatchObject({ fits: true });
    await recount(table, of('a'), new Map([['a-0', null]]));
    expect(await totals(table)).toEqual([2, 200]);
  });
});
