import type { Ask, Limits } from '../model/ask.ts';
import { type Fen, sumFen, ZERO } from '../model/money.ts';
import { type Action, type CrossedCap, priceOf } from '../model/plan.ts';

/** What an account has already spent or set aside. */
export type Committed = { readonly day: Fen; readonly month: Fen };

/**
 * Which limits the wanted actions would cross, all of them. A plan that crosses one is held whole and not cut to fit:
 * an arbitrary half of a plan is worse than none.
 *
 * @param seen how many EIPs were seen, acted on or not
 * @param committed by account; what is left out has spent nothing
 */
export function crossedCaps(
  actions: readonly Action[],
  seen: number,
  limits: Limits,
  committed: ReadonlyMap<string, Committed> = new Map(),
): CrossedCap[] {
  if (actions.length === 0) return [];
  const total = priceOf(actions);
  const dearest = Math.max(...actions.map(action => action.price)) as Fen;
  const caps: readonly CrossedCap[] = [
    { cap: 'maxActions', unit: 'actions', limit: limits.maxActions, wanted: actions.length },
    { cap: 'maxSharePercent', unit: 'percent', limit: limits.maxSharePercent, wanted: (100 * actions.length) / seen },
    { cap: 'maxSpendPerAction', unit: 'fen', limit: limits.maxSpendPerAction, wanted: dearest },
    { cap: 'maxSpendPerRun', unit: 'fen', limit: limits.maxSpendPerRun, wanted: total },
    ...budgetCaps(actions, limits, committed),
  ];
  return caps.filter(({ wanted, limit }) => wanted > limit);
}

/** The budgets of each account that would pay something; what costs nothing crosses none. */
function budgetCaps(
  actions: readonly Action[],
  limits: Limits,
  committed: ReadonlyMap<string, Committed>,
): CrossedCap[] {
  const accounts = [...new Set(actions.filter(({ price }) => price > 0).map(({ account }) => account))];
  return accounts.flatMap(account => {
    const wanted = priceOf(actions.filter(action => action.account === account));
    const { day, month } = committed.get(account) ?? { day: ZERO, month: ZERO };
    return [
      { cap: 'maxSpendPerDay', unit: 'fen', limit: limits.maxSpendPerDay, wanted: sumFen([day, wanted]), account },
      {
        cap: 'maxSpendPerMonth',
        unit: 'fen',
        limit: limits.maxSpendPerMonth,
        wanted: sumFen([month, wanted]),
        account,
      },
    ];
  });
}

/** Holds a plan that does anything where people must agree first, whatever the caps say. */
export const needsApproval = (actions: readonly Action[], approval: Ask<unknown>['approval']): CrossedCap[] =>
  approval.always && actions.length > 0 ? [needsPeople(approval.approvers)] : [];

export const needsPeople = (approvers: number): CrossedCap => ({
  cap: 'approval',
  unit: 'people',
  limit: 0,
  wanted: approvers,
});
