import { findIntent } from '../ledger/intents.ts';
import type { BudgetName, Holding, Wish } from '../ledger/spend.ts';
import { book, budgetsAt, closeBudget, draw, openBudgets, readBudget, release, reserve } from '../ledger/spend.ts';
import type { Limits } from '../model/ask.ts';
import { type Intent, isFinal, type Reservation } from '../model/intent.ts';
import { type Fen, sumFen, ZERO } from '../model/money.ts';
import type { Action, CrossedCap } from '../model/plan.ts';
import { LEASE_MS } from './progress.ts';
import type { World } from './world.ts';

/** The budgets of one run: whose caps they have is fixed when it starts. */
export type Purse = {
  readonly limits: Limits;
  /** Caps that people have lifted for this plan. */
  readonly lifted: ReadonlySet<string>;
  /** When the run began: a purchase belongs to the day on which it was decided. */
  readonly at: Date;
  /** For how long the plan's money stays aside after the last purchase, in milliseconds. */
  readonly holdMs: number;
};

type Capped = {
  readonly budget: string;
  readonly cap: 'maxSpendPerDay' | 'maxSpendPerMonth';
  readonly limit: Fen | null;
};

function budgetsOf({ limits, lifted, at }: Purse): Capped[] {
  const { day, month } = budgetsAt(at);
  const capOf = (cap: Capped['cap']): Fen | null => (lifted.has(cap) ? null : limits[cap]);
  return [
    { budget: day, cap: 'maxSpendPerDay', limit: capOf('maxSpendPerDay') },
    { budget: month, cap: 'maxSpendPerMonth', limit: capOf('maxSpendPerMonth') },
  ];
}

const DAY_MS = 86_400_000;

const runHolding = ({ runId }: World): string => `run#${runId}`;
const leaseFrom = ({ clock }: World, ms: number): Date => new Date(clock.now().getTime() + ms);

/**
 * Sets the whole plan's money aside, account by account, each in one conditional write: all of it or nothing.
 *
 * @returns the caps that forbid it; then nothing is set aside
 */
export async function reservePlan(actions: readonly Action[], purse: Purse, world: World): Promise<CrossedCap[]> {
  const crossed: CrossedCap[] = [];
  const by = world.runId;
  for (const [account, amount] of totals(actions)) {
    const wish: Wish = { id: runHolding(world), amount, by, until: leaseFrom(world, purse.holdMs) };
    for (const { budget, cap, limit } of budgetsOf(purse)) {
      if ((await reserve(world.ledger, { account, budget }, wish, limit)) === 'taken') continue;
      const { committed } = await readBudget(world.ledger, { account, budget });
      crossed.push({ cap, unit: 'fen', limit: limit ?? ZERO, wanted: sumFen([committed, amount]), account });
    }
  }
  if (crossed.length > 0) await releasePlan(actions, purse, world);
  return crossed;
}

/** Gives back what the plan did not use. */
export async function releasePlan(actions: readonly Action[], purse: Purse, world: World): Promise<void> {
  for (const account of totals(actions).keys()) {
    for (const { budget } of budgetsOf(purse))
      await release(world.ledger, { account, budget }, runHolding(world), world.runId);
  }
}

/** What is wanted of each account that has to pay anything. */
export function totals(actions: readonly Action[]): ReadonlyMap<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { account, price } of actions) {
    if (price > 0) sums.set(account, sumFen([sums.get(account) ?? ZERO, price]));
  }
  return sums;
}

/**
 * An action's own reservation, drawn from the plan's; where that was swept away meanwhile, anew and under the cap.
 *
 * @returns null for what costs nothing; or the cap that forbids it, or that another run has it set aside
 */
export async function reserveAction(
  { account, token, price }: Action,
  purse: Purse,
  world: World,
): Promise<Reservation | null | { readonly full: string } | 'other'> {
  if (price === 0) return null;
  const wish: Wish = { id: token, amount: price, by: world.runId, until: leaseFrom(world, LEASE_MS) };
  const taken: BudgetName[] = [];
  for (const { budget, cap, limit } of budgetsOf(purse)) {
    const name = { account, budget };
    const from = { id: runHolding(world), until: leaseFrom(world, purse.holdMs) };
    const drawn = await draw(world.ledger, name, from, wish);
    const reserved = drawn ? 'taken' : await reserve(world.ledger, name, wish, limit);
    if (reserved !== 'taken') {
      for (const earlier of taken) await release(world.ledger, earlier, token, world.runId);
      return reserved === 'other' ? 'other' : { full: cap };
    }
    taken.push(name);
  }
  return { amount: price, by: world.runId, budgets: taken.map(({ budget }) => budget) };
}

/** Books what an ended intent has spent, or gives its reservation back where that is nothing. A second time does nothing. */
export async function closeMoney({ reserved, token, action, outcome }: Intent, { ledger }: World): Promise<void> {
  if (!reserved) return;
  const spent = outcome?.spent ?? ZERO;
  for (const budget of reserved.budgets) {
    const name = { account: action.account, budget };
    if (spent > 0) await book(ledger, name, token, reserved, spent);
    else await release(ledger, name, token, reserved.by);
  }
}

/**
 * Closes what crashed runs have left set aside: the money of intents that have ended, at once; that of runs and of
 * intents that were never written, once its time is over.
 */
export async function sweep(account: string, world: World): Promise<void> {
  const now = world.clock.now();
  const recent = [now, new Date(now.getTime() - DAY_MS)].flatMap(at => Object.values(budgetsAt(at)));
  for (const { budget, held } of await openBudgets(world.ledger, account)) {
    for (const [id, holding] of Object.entries(held)) await sweepOne({ account, budget }, id, holding, world);
    if (!recent.includes(budget)) await closeBudget(world.ledger, { account, budget });
  }
}

async function sweepOne(name: BudgetName, id: string, { by, until }: Holding, world: World): Promise<void> {
  const intent = id.startsWith('run#') ? undefined : await findIntent(world.ledger, id);
  const itsOwn = intent?.reserved?.by === by;
  if (intent && itsOwn) return isFinal(intent) ? closeMoney(intent, world) : undefined;
  if (until <= world.clock.now().toISOString()) await release(world.ledger, name, id, by);
}
