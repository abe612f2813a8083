import type { Reservation } from '../model/intent.ts';
import { type Fen, ZERO } from '../model/money.ts';
import { LedgerError } from './errors.ts';
import type { Key, Table } from './table.ts';

/**
 * One budget: what an account has spent (`booked`) and set aside (`held`, by token or by run) in a day or a month.
 * `committed` is the sum of both, so that one condition on one record keeps it under the cap, whoever runs at once.
 */
type Budget = {
  readonly committed: Fen;
  readonly booked: Fen;
  readonly held: Readonly<Record<string, Holding>>;
};
/** `by`: the run that made it; two runs may reserve for one token, and each can only book or release its own. */
export type Holding = { readonly amount: Fen; readonly by: string; readonly until: string };

export type BudgetName = { readonly account: string; readonly budget: string };

const keyOf = ({ account, budget }: BudgetName): Key => ({ pk: `spend#${account}`, sk: budget });

/** The budgets that an instant falls into: the day and the month of Beijing, where the bills are made. */
export function budgetsAt(instant: Date): { readonly day: string; readonly month: string } {
  const beijing = new Date(instant.getTime() + 8 * 3600_000).toISOString();
  return { day: `day#${beijing.slice(0, 10)}`, month: `month#${beijing.slice(0, 7)}` };
}

/** Budgets that may hold something are listed; one whose day or month is over and that holds nothing no longer is. */
const openOf = (account: string): string => `spend#${account}`;

/** The budgets of an account in which something may still be set aside. Eventually consistent. */
export async function openBudgets(table: Table, account: string): Promise<{ budget: string; held: Budget['held'] }[]> {
  const rows = await table.query('open', openOf(account));
  return rows.map(({ sk, held }) => ({ budget: sk, held: held as Budget['held'] }));
}

/** Takes a budget off the list, unless it holds something after all. */
export async function closeBudget(table: Table, name: BudgetName): Promise<void> {
  await table.update(keyOf(name), 'REMOVE #open', {
    text: 'size(held) = :none',
    names: { '#open': 'open' },
    values: { ':none': 0 },
  });
}

/** Somebody else may write between our writing and our looking, but not again and again. */
const TRIES = 8;
const EMPTY: Budget = { committed: ZERO, booked: ZERO, held: {} };

/** What is spent and set aside in a budget. */
export async function readBudget(table: Table, name: BudgetName): Promise<Budget> {
  const row = await table.get(keyOf(name));
  return row ? { committed: row.committed as Fen, booked: row.booked as Fen, held: row.held as Budget['held'] } : EMPTY;
}

/** `taken`: set aside now or before by the same run. `other`: another run has it set aside. `full`: the cap forbids it. */
export type Reserved = 'taken' | 'other' | 'full';

export type Wish = { readonly id: string; readonly amount: Fen; readonly by: string; readonly until: Date };

/**
 * Sets money aside, keyed by a token or a run: doing it twice does it once.
 *
 * @param cap of the budget in fen, or null where a person has lifted it
 */
export async function reserve(table: Table, name: BudgetName, wish: Wish, cap: Fen | null): Promise<Reserved> {
  const { id, amount, by, until } = wish;
  const condition = {
    text: `attribute_exists(pk) AND attribute_not_exists(held.#id)${cap === null ? '' : ' AND committed <= :room'}`,
    names: { '#id': id },
    values: {
      ':amount': amount,
      ':holding': { amount, by, until: until.toISOString() },
      ...(cap === null ? {} : { ':room': cap - amount }),
    },
  };
  const set = 'SET held.#id = :holding, committed = committed + :amount';
  for (let tries = 0; tries < TRIES; tries++) {
    if (await table.update(keyOf(name), set, condition)) return 'taken';
    const row = await table.get(keyOf(name));
    const holding = (row?.held as Budget['held'] | undefined)?.[id];
    if (holding) return holding.by === by && holding.amount === amount ? 'taken' : 'other';
    // Refused is not yet full: somebody may have made the record, or given money back, between the write and the look.
    if (row && cap !== null && (row.committed as Fen) + amount > cap) return 'full';
    if (row) continue;
    const listed = { open: openOf(name.account), at: name.budget };
    await table.put({ ...keyOf(name), ...listed, ...EMPTY }, { text: 'attribute_not_exists(pk)' });
  }
  throw new LedgerError('CONTENDED', `${name.account}'s ${name.budget} is being written over and over`);
}

/**
 * Turns a part of what a run has set aside into an action's own reservation. What is committed stays the same.
 *
 * @param from what the run has set aside, and until when the rest of it stays so
 * @returns false if the run's holding is gone or too small, or the token has one already
 */
export async function draw(
  table: Table,
  name: BudgetName,
  from: Pick<Wish, 'id' | 'until'>,
  { id, amount, by, until }: Wish,
): Promise<boolean> {
  const drawn = await table.update(
    keyOf(name),
    'SET held.#from.amount = held.#from.amount - :amount, held.#from.#until = :rest, held.#id = :holding',
    {
      text: 'attribute_not_exists(held.#id) AND held.#from.#by = :by AND held.#from.amount >= :amount',
      names: { '#id': id, '#from': from.id, '#by': 'by', '#until': 'until' },
      values: {
        ':amount': amount,
        ':by': by,
        ':rest': from.until.toISOString(),
        ':holding': { amount, by, until: until.toISOString() },
      },
    },
  );
  if (drawn) return true;
  // The answer to an earlier try may have been lost.
  const holding = (await readBudget(table, name)).held[id];
  return holding !== undefined && holding.by === by && holding.amount === amount;
}

/** Turns a reservation into money spent: `actual` fen. A second time does nothing. */
export async function book(table: Table, name: BudgetName, id: string, reserved: Reservation, actual: Fen) {
  const { amount, by } = reserved;
  await table.update(keyOf(name), 'SET committed = committed + :change, booked = booked + :actual REMOVE held.#id', {
    ...ownedBy(id, by),
    values: { ':by': by, ':change': actual - amount, ':actual': actual },
  });
}

/** Gives back what is left of a reservation. A second time does nothing. */
export async function release(table: Table, name: BudgetName, id: string, by: string): Promise<void> {
  await table.update(keyOf(name), 'SET committed = committed - held.#id.amount REMOVE held.#id', ownedBy(id, by));
}

const ownedBy = (id: string, by: string) => ({
  text: 'held.#id.#by = :by',
  names: { '#id': id, '#by': 'by' },
  values: { ':by': by },
});
