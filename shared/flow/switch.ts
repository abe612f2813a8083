import { readControl } from '../ledger/control.ts';
import { LedgerError } from '../ledger/errors.ts';
import { allowed, type Switch } from '../model/control.ts';
import type { World } from './world.ts';

/** What the kill switch allows a function; `problem` says why it could not be read, and then it allows a plan. */
export type Allowed = { readonly mode: Switch; readonly problem: string | null };

export async function switchOf(fn: string, { ledger }: World): Promise<Allowed> {
  try {
    return { mode: allowed(await readControl(ledger), fn), problem: null };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { mode: 'plan', problem: error.message };
  }
}
