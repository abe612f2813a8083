import pLimit from 'p-limit';
import { LedgerError } from '../ledger/errors.ts';
import type { Origin } from '../model/intent.ts';
import type { Action, CrossedCap, PlanItem } from '../model/plan.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { type Purse, releasePlan, reservePlan } from './budgets.ts';
import { type Purchase, purchase } from './purchase.ts';
import { countInRound, leftMs, NEEDED_MS, recountInRound, settleMs, tooLate } from './round.ts';
import { switchNow } from './switch.ts';
import { type World, withProgress } from './world.ts';

/** Actions under way at once; most of an action is waiting for its order. */
const AT_ONCE = 4;

/** What was done, by token; or the caps that other runs' spending has brought in its way, and nothing was done. */
export type Acted = { readonly outcomes: ReadonlyMap<string, Outcome>; readonly crossed: readonly CrossedCap[] };

/** What all actions of a plan share. `seen`: how many EIPs were looked at for it. */
export type Grounds = {
  readonly origin: Origin;
  readonly purse: Purse;
  readonly settleWithinSeconds: number;
  readonly seen: number;
};

/**
 * Does what a plan says, in its order, each EIP on its own: one that fails takes no other with it. The whole plan is counted
 * in its round and its money set aside first, or nothing is done.
 */
export async function act(items: readonly PlanItem[], grounds: Grounds, world: World): Promise<Acted> {
  const wanted = items.flatMap(item =>
    item.verdict.decision === 'act' ? [{ item, action: item.verdict.action }] : [],
  );
  const actions = wanted.map(({ action }) => action);
  if (actions.length === 0) return { outcomes: new Map(), crossed: [] };
  try {
    const crossed = await setAside(actions, grounds, world);
    if (crossed.length > 0) return { outcomes: new Map(), crossed };
    const atOnce = pLimit(AT_ONCE);
    const one = async ({ item, action }: { item: PlanItem; action: Action }) =>
      [
        action.token,
        await carryOut({ item, action, ...grounds, settleMs: settleMs(grounds.settleWithinSeconds, world) }, world),
      ] as const;
    const outcomes = new Map(await withProgress(world, 'act', wanted, each => atOnce(() => one(each))));
    await releasePlan(actions, grounds.purse, world).catch(ignoreLedger);
    await recountInRound(actions, outcomes, world).catch(ignoreLedger);
    return { outcomes, crossed: [] };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { outcomes: new Map(actions.map(({ token }) => [token, ledgerFailed(error)])), crossed: [] };
  }
}

/** The caps that forbid it; then nothing is counted and nothing set aside. */
async function setAside(actions: readonly Action[], { purse, seen }: Grounds, world: World): Promise<CrossedCap[]> {
  const ofRound = await countInRound(actions, seen, purse.limits, world);
  if (ofRound.length > 0) return ofRound;
  const crossed = await reservePlan(actions, purse, world);
  if (crossed.length > 0) await recountInRound(actions, new Map(), world);
  return crossed;
}

/** What is not given back now is swept up by a later run, once its time is over. */
function ignoreLedger(error: unknown): void {
  if (!(error instanceof LedgerError)) throw error;
}

async function carryOut(wanted: Purchase, world: World): Promise<Outcome> {
  if (leftMs(world) < NEEDED_MS) return outcome('skipped', tooLate(world));
  try {
    // The switch is asked before every action: turning it stops a run that is under way.
    const mode = await switchNow(wanted.origin.function, world);
    if (mode !== 'apply') return outcome('skipped', 'switched-off', { mode });
    return await purchase(wanted, world);
  } catch (error) {
    if (error instanceof LedgerError) return ledgerFailed(error);
    // A bug; what the other EIPs' orders did must still be told, and a report with an unknown outcome fails the run.
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return outcome('unknown', 'crashed', { message });
  }
}

/** An order may have been sent before the ledger failed: the next run finds the intent and looks. */
const ledgerFailed = ({ message }: LedgerError): Outcome => outcome('unknown', 'ledger-failed', { message });
