import { LedgerError } from '../ledger/errors.ts';
import { openIntents } from '../ledger/intents.ts';
import { budgetsAt, readBudget } from '../ledger/spend.ts';
import type { Intent } from '../model/intent.ts';
import type { Committed } from '../plan/limits.ts';
import type { World } from './world.ts';

/** What the ledger knows that a plan rests on. */
export type Memory = {
  /** Intents that are not final. */
  readonly open: readonly Intent[];
  /** What each account has spent or set aside. */
  readonly committed: ReadonlyMap<string, Committed>;
};

const NOTHING: Memory = { open: [], committed: new Map() };

/**
 * Reads what a plan needs to know of the past. Where the ledger cannot be read, nothing is known: the run then is a plan
 * and says so.
 */
export async function recollect(accounts: readonly string[], at: Date, world: World): Promise<Memory> {
  try {
    const open = await Promise.all(accounts.map(account => openIntents(world.ledger, account)));
    const { day, month } = budgetsAt(at);
    const spent = async (account: string, budget: string) =>
      (await readBudget(world.ledger, { account, budget })).committed;
    const committed = await Promise.all(
      accounts.map(
        async account => [account, { day: await spent(account, day), month: await spent(account, month) }] as const,
      ),
    );
    return { open: open.flat(), committed: new Map(committed) };
  } catch (error) {
    if (error instanceof LedgerError) return NOTHING;
    throw error;
  }
}
