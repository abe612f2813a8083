import { findIntent } from '../ledger/intents.ts';
import type { BudgetName, Wish } from '../ledger/spend.ts';
import { book, budgetsAt, draw, readBudget, release, reserve } from '../ledger/spend.ts';
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
 * @returns null for what costs nothing; or the cap that forbids it
 */
export async function reserveAction(
  { account, token, price }: Action,
  purse: Purse,
  world: World,
): Promise<Reservation | null | { readonly full: string }> {
  if (price === 0) return null;
  const wish: Wish = { id: token, amount: price, by: world.runId, until: leaseFrom(world, LEASE_MS) };
  const taken: BudgetName[] = [];
  for (const { budget, cap, limit } of budgetsOf(purse)) {
    const name = { account, budget };
    const from = { id: runHolding(world), until: leaseFrom(world, purse.holdMs) };
    const drawn = await draw(world.ledger, name, from, wish);
    if (!drawn && (await reserve(world.ledger, name, wish, limit)) !== 'taken') {
      for (const earlier of taken) await release(world.ledger, earlier, token, world.runId);
      return { full: cap };
    }
    taken.push(name);
  }
  return { amount: price, by: world.runId, budgets: taken.map(({ budget }) => budget) };
}

/** Books what was spent, or gives the reservation back where nothing was. */
export async function closeMoney({ reserved, token, action }: Intent, spent: Fen, { ledger }: World): Promise<void> {
  if (!reserved) return;
  for (const budget of reserved.budgets) {
    const name = { account: action.account, budget };
    if (spent > 0) await book(ledger, name, token, reserved, spent);
    else await release(ledger, name, token, reserved.by);
  }
}

/** Gives back what crashed runs have set aside and nobody will use: no intent, or one that has ended otherwise. */
export async function sweep(account: string, world: World): Promise<void> {
  const now = world.clock.now();
  const { day, month } = budgetsAt(now);
  const before = budgetsAt(new Date(now.getTime() - 86_400_000));
  for (const budget of new Set([day, month, before.day, before.month])) {
    const { held } = await readBudget(world.ledger, { account, budget });
    for (const [id, { by, until }] of Object.entries(held)) {
      if (until > now.toISOString() || (await isNeeded(id, by, world))) continue;
      await release(world.ledger, { account, budget }, id, by);
    }
  }
}

async function isNeeded(id: string, by: string, { ledger }: World): Promise<boolean> {
  if (id.startsWith('run#')) return false;
  const intent = await findIntent(ledger, id);
  return intent !== undefined && !isFinal(intent) && intent.reserved?.by === by;
}
