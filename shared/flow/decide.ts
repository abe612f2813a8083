import type { Ask, Exempt } from '../model/ask.ts';
import type { RegionFacts } from '../model/facts.ts';
import { makePlan, type Plan, type PlanItem, wantedActions } from '../model/plan.ts';
import type { TargetReport } from '../model/report.ts';
import { crossedCaps, needsApproval } from '../plan/limits.ts';
import { holdTwins } from '../plan/twins.ts';
import { holdUnderWay } from '../plan/under-way.ts';
import { byUrgency } from '../plan/urgency.ts';
import { recollect } from './memory.ts';
import { observe } from './observe.ts';
import type { Place } from './places.ts';
import type { World } from './world.ts';

/** What is particular to one function that looks at EIPs and decides on each. */
export type Rules<Policy> = {
  readonly name: string;
  readonly exempt: (policy: Policy) => Exempt;
  /** Asks what the rules need to know beyond the list, then judges every EIP. */
  readonly judge: (seen: readonly RegionFacts[], policy: Policy, now: Date, world: World) => Promise<PlanItem[]>;
  /** Writes down what was seen; only in an apply, before anything is done. @throws LedgerError */
  readonly note?: (plan: Plan, now: Date, world: World) => Promise<void>;
  /** How long an order is waited for. */
  readonly settleWithinSeconds: (policy: Policy) => number;
};

/** Looks at the places, judges every EIP, and says which limits the whole would cross. Changes nothing. */
export async function decide<Policy>(
  rules: Rules<Policy>,
  ask: Ask<Policy>,
  places: readonly Place[],
  now: Date,
  world: World,
): Promise<{ plan: Plan; targets: readonly TargetReport[] }> {
  const { facts, targets } = await observe(places, rules.exempt(ask.policy).labels, world);
  const accounts = [...new Set(places.map(({ account }) => account))];
  const { open, committed } = await recollect(accounts, now, world);
  const judged = await rules.judge(facts, ask.policy, now, world);
  const items: PlanItem[] = holdUnderWay(holdTwins(judged), open).toSorted(byUrgency);
  const wanted = wantedActions(items);
  const crossed = crossedCaps(wanted, items.length, ask.limits, committed);
  const held = [...crossed, ...needsApproval(wanted, ask.approval)];
  return { plan: makePlan(rules.name, now, items, held), targets };
}
