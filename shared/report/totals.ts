import { summed, sumOf } from '../model/facts.ts';
import { type Fen, sumFen } from '../model/money.ts';
import { type Plan, priceOf, wantedActions } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';

type Counted = Record<'act' | 'keep' | 'hold' | Outcome['state'], number>;

/** What a report adds up to. `planned`: what the wanted actions cost; `spent`: what our orders cost. In fen. */
export type Totals = Readonly<Counted> & { readonly seen: number; readonly planned: Fen; readonly spent: Fen };

/** How many EIPs are left alone, by the code of the reason: those that the plan lists, and those that it only counts. */
export function keptOf({ items, unlisted = {} }: Plan): ReadonlyMap<string, number> {
  const listed = new Map<string, number>();
  for (const { verdict } of items) {
    const { code } = verdict.reason;
    if (verdict.decision === 'keep') listed.set(code, (listed.get(code) ?? 0) + 1);
  }
  return summed([listed, new Map(Object.entries(unlisted))]);
}

/** How many of them the plan does not list. */
export const unlistedOf = ({ unlisted = {} }: Plan): number => sumOf(new Map(Object.entries(unlisted)));

export function totalsOf({ targets, plan, outcomes }: Report): Totals {
  const counts: Counted = { act: 0, keep: 0, hold: 0, done: 0, ordered: 0, skipped: 0, failed: 0, unknown: 0 };
  for (const { verdict } of plan.items) counts[verdict.decision] += 1;
  counts.keep += unlistedOf(plan);
  for (const { state } of outcomes.values()) counts[state] += 1;
  return {
    // An approved plan has only the items that act; what was looked at for it stands with the targets.
    seen: Math.max(
      plan.items.length + unlistedOf(plan),
      targets.reduce((sum, { seen }) => sum + seen, 0),
    ),
    ...counts,
    planned: priceOf(wantedActions(plan.items)),
    spent: sumFen([...outcomes.values()].map(({ spent }) => spent)),
  };
}
