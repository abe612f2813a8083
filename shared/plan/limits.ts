import type { Limits } from '../model/ask.ts';
import type { Fen } from '../model/money.ts';
import { type Action, type CrossedCap, priceOf } from '../model/plan.ts';

/**
 * Which limits the wanted actions would cross, all of them. A plan that crosses one is held whole and not cut to fit:
 * an arbitrary half of a plan is worse than none.
 *
 * @param seen how many EIPs were seen, acted on or not
 */
export function crossedCaps(actions: readonly Action[], seen: number, limits: Limits): CrossedCap[] {
  if (actions.length === 0) return [];
  const total = priceOf(actions);
  const dearest = Math.max(...actions.map(action => action.price)) as Fen;
  const caps: readonly CrossedCap[] = [
    { cap: 'maxActions', unit: 'actions', limit: limits.maxActions, wanted: actions.length },
    { cap: 'maxSharePercent', unit: 'percent', limit: limits.maxSharePercent, wanted: (100 * actions.length) / seen },
    { cap: 'maxSpendPerAction', unit: 'fen', limit: limits.maxSpendPerAction, wanted: dearest },
    { cap: 'maxSpendPerRun', unit: 'fen', limit: limits.maxSpendPerRun, wanted: total },
    { cap: 'maxSpendPerDay', unit: 'fen', limit: limits.maxSpendPerDay, wanted: total },
    { cap: 'maxSpendPerMonth', unit: 'fen', limit: limits.maxSpendPerMonth, wanted: total },
  ];
  return caps.filter(({ wanted, limit }) => wanted > limit);
}
