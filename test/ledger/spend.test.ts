import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  book,
  budgetsAt,
  closeBudget,
  draw,
  openBudgets,
  readBudget,
  release,
  reserve,
  type Wish,
} from '../../shared/ledger/spend.ts';
import type { Fen } from '../../shared/model/money.ts';
import { inDays } from '../plan/samples.ts';
import { freshTable } from './here.ts';

const NAME = { account: 'main', budget: 'day#2026-11-24' };
const fen = (amount: number) => amount as Fen;
const wish = (id: string, amount: number, by = 'run-1'): Wish => ({ id, amount: fen(amount), by, until: inDays(1) });
const held = (amount: number, by = 'run-1') => ({ amount: fen(amount), by, budgets: [NAME.budget] });

describe('the budgets of an instant', () => {
  it.each([
    ['2026-11-24T15:59:59Z', 'day#2026-11-24', 'month#2026-11'],
    ['2026-11-24T16:00:00Z', 'day#2026-11-25', 'month#2026-11'],
    ['2026-11-30T16:00:00Z', 'day#2026-12-01', 'month#2026-12'],
    ['2026-12-31T16:00:00Z', 'day#2027-01-01', 'month#2027-01'],
  ])('%s is %s of %s, by the clock of Beijing', (at, day, month) => {
    expect(budgetsAt(new Date(at))).toEqual({ day, month });
  });
});

describe('a reservation', () => {
  it('of many runs at once is full for none while there is room, also where nobody has written before', async () => {
    const table = await freshTable();
    const many = Array.from({ length: 12 }, (_, i) => reserve(table, NAME, wish(`run#${i}`, 10, `run-${i}`), fen(120)));
    expect(await Promise.all(many)).toEqual(Array(12).fill('taken'));
    expect(await reserve(table, NAME, wish('run#13', 10), fen(120))).toBe('full');
  });
  it('counts at once, and twice the same counts once', async () => {
    const table = await freshTable();
    expect(await reserve(table, NAME, wish('a', 60), fen(100))).toBe('taken');
    expect(await reserve(table, NAME, wish('a', 60), fen(100))).toBe('taken');
    expect(await readBudget(table, NAME)).toMatchObject({ committed: 60, booked: 0 });
  });
  it('is refused where it would cross the cap, to the fen, and changes nothing then', async () => {
    const table = await freshTable();
    await reserve(table, NAME, wish('a', 60), fen(100));
    expect(await reserve(table, NAME, wish('b', 41), fen(100))).toBe('full');
    expect(await reserve(table, NAME, wish('b', 40), fen(100))).toBe('taken');
    expect(await reserve(table, NAME, wish('c', 1), fen(100))).toBe('full');
    expect((await readBudget(table, NAME)).committed).toBe(100);
  });
  it('passes the cap only where a person has lifted it', async () => {
    const table = await freshTable();
    expect(await reserve(table, NAME, wish('a', 500), null)).toBe('taken');
    expect(await reserve(table, NAME, wish('b', 1), fen(100))).toBe('full');
  });
  it('of another run for the same token is left alone', async () => {
    const table = await freshTable();
    await reserve(table, NAME, wish('a', 10, 'run-1'), fen(100));
    expect(await reserve(table, NAME, wish('a', 10, 'run-2'), fen(100))).toBe('other');
    await release(table, NAME, 'a', 'run-2');
    expect((await readBudget(table, NAME)).committed).toBe(10);
  });
  it('never passes the cap together with others, however many come at once', async () => {
    const table = await freshTable();
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, i) => reserve(table, NAME, wish(`t-${i}`, 10, `run-${i}`), fen(100))),
    );
    expect(all.filter(one => one === 'taken')).toHaveLength(10);
    expect((await readBudget(table, NAME)).committed).toBe(100);
  });
  it('is booked for what it really cost, once', async () => {
    const table = await freshTable();
    await reserve(table, NAME, wish('a', 60), fen(100));
    await book(table, NAME, 'a', held(60), fen(55));
    await book(table, NAME, 'a', held(60), fen(55));
    expect(await readBudget(table, NAME)).toEqual({ committed: 55, booked: 55, held: {} });
  });
  it('is given back, once', async () => {
    const table = await freshTable();
    await reserve(table, NAME, wish('a', 60), fen(100));
    await release(table, NAME, 'a', 'run-1');
    await release(table, NAME, 'a', 'run-1');
    expect(await readBudget(table, NAME)).toEqual({ committed: 0, booked: 0, held: {} });
  });
});

describe("a plan's money", () => {
  it('is drawn action by action without a change of the whole; the rest is given back', async () => {
    const table = await freshTable();
    const from = { id: 'run#1', until: inDays(2) };
    await reserve(table, NAME, { ...wish('run#1', 100), until: inDays(1) }, fen(100));
    expect(await draw(table, NAME, from, wish('a', 60))).toBe(true);
    expect(await draw(table, NAME, from, wish('a', 60))).toBe(true);
    expect(await draw(table, NAME, from, wish('b', 41))).toBe(false);
    const { committed, held: now } = await readBudget(table, NAME);
    expect([committed, now['run#1']?.amount, now.a?.amount, now['run#1']?.until]).toEqual([
      100,
      40,
      60,
      inDays(2).toISOString(),
    ]);
    await release(table, NAME, 'run#1', 'run-1');
    expect((await readBudget(table, NAME)).committed).toBe(60);
  });
  it('of another run cannot be drawn', async () => {
    const table = await freshTable();
    await reserve(table, NAME, wish('run#1', 100), fen(100));
    expect(await draw(table, NAME, { id: 'run#1', until: inDays(1) }, wish('a', 10, 'run-2'))).toBe(false);
  });
});

describe('the list of budgets', () => {
  it('has those in which something may be set aside, until they are closed empty', async () => {
    const table = await freshTable();
    await reserve(table, NAME, wish('a', 60), fen(100));
    await closeBudget(table, NAME);
    expect((await openBudgets(table, 'main')).map(({ budget }) => budget)).toEqual([NAME.budget]);
    await release(table, NAME, 'a', 'run-1');
    await closeBudget(table, NAME);
    expect(await openBudgets(table, 'main')).toEqual([]);
  });
});

it('whatever is reserved, drawn, booked and given back, what is committed is what is booked and set aside', async () => {
  const id = fc.constantFrom('a', 'b', 'c', 'run#1');
  const step = fc.record({
    what: fc.constantFrom('reserve', 'draw', 'book', 'release'),
    id,
    amount: fc.integer({ min: 1, max: 60 }),
    by: fc.constantFrom('run-1', 'run-2'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
      const table = await freshTable();
      for (const { what, id: key, amount, by } of steps) {
        if (what === 'reserve') await reserve(table, NAME, wish(key, amount, by), fen(100));
        if (what === 'draw') await draw(table, NAME, { id: 'run#1', until: inDays(1) }, wish('drawn', amount, by));
        const mine = (await readBudget(table, NAME)).held[key];
        if (what === 'book' && mine)
          await book(table, NAME, key, held(mine.amount, by), fen(Math.min(amount, mine.amount)));
        if (what === 'release') await release(table, NAME, key, by);
        const { committed, booked, held: aside } = await readBudget(table, NAME);
        expect(committed).toBe(booked + Object.values(aside).reduce((sum, one) => sum + one.amount, 0));
        expect(committed).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 25 },
  );
});
