import { readControl } from '../ledger/control.ts';
import { LedgerError } from '../ledger/errors.ts';
import { allowed, type Switch, strictest } from '../model/control.ts';
import type { Report } from '../model/report.ts';
import type { World } from './world.ts';

/** What a function may do at most; `problem` says why the kill switch could not be read, and then it is a plan. */
export type Allowed = { readonly mode: Switch; readonly problem: string | null };

type Asking = Pick<World, 'ledger' | 'applyAllowed'>;

/**
 * The one place that says what may be done: the stricter of the kill switch and the settings (`APPLY_ALLOWED`). Whoever
 * changes the cloud asks here first.
 *
 * @throws LedgerError where the switch cannot be read
 */
export async function switchNow(fn: string, { ledger, applyAllowed }: Asking): Promise<Switch> {
  return strictest(allowed(await readControl(ledger), fn), applyAllowed ? 'apply' : 'plan');
}

/** As `switchNow`; a switch that cannot be read allows a plan. */
export async function switchOf(fn: string, world: Asking): Promise<Allowed> {
  try {
    return { mode: await switchNow(fn, world), problem: null };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { mode: 'plan', problem: error.message };
  }
}

/** What a report says where the settings forbid more than a plan. */
export const forbidden = ({ applyAllowed }: Pick<World, 'applyAllowed'>): Pick<Report, 'applyAllowed'> =>
  applyAllowed ? {} : { applyAllowed: false };

/** Why a function may not apply, for a person who asked it to. */
export const whyNot = (fn: string, mode: Switch, { applyAllowed }: Pick<World, 'applyAllowed'>): string =>
  applyAllowed ? `the switch of ${fn} is on "${mode}"` : 'APPLY_ALLOWED is "false" here: nothing may be changed';
