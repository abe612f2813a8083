import { listEips } from '../ctyun/list-eips.ts';
import type { Ask, Exempt, Mode } from '../model/ask.ts';
import type { RegionFacts } from '../model/facts.ts';
import { makePlan, type Plan, type PlanItem, wantedActions } from '../model/plan.ts';
import type { Spending, TargetReport } from '../model/report.ts';
import { crossedCaps, needsApproval } from '../plan/limits.ts';
import { holdTwins } from '../plan/twins.ts';
import { holdUnderWay } from '../plan/under-way.ts';
import { byUrgency } from '../plan/urgency.ts';
import type { Deeds } from './deed.ts';
import { recollect } from './memory.ts';
import { observe } from './observe.ts';
import type { Place } from './places.ts';
import type { Lister } from './resources.ts';
import type { World } from './world.ts';

/** The verdicts, and what is written down around the acting: a LedgerError of `before` makes the run a plan. */
export type Judged = {
  readonly items: readonly PlanItem[];
  readonly before: () => Promise<void>;
  readonly after: () => Promise<void>;
};

/** What is particular to one function that looks at EIPs and decides on each. */
export type Rules<Policy> = {
  readonly name: string;
  readonly exempt: (policy: Policy) => Exempt;
  /** What is looked at; only EIPs unless told. */
  readonly lists?: (policy: Policy) => readonly Lister[];
  /** The kinds of action that it takes. */
  readonly deeds: Deeds;
  /** Asks what the rules need to know beyond the list, then judges every EIP. */
  readonly judge: (
    seen: readonly RegionFacts[],
    policy: Policy,
    now: Date,
    world: World,
    mode: Mode,
  ) => Promise<readonly PlanItem[] | Judged>;
  /** How long an order is waited for. */
  readonly settleWithinSeconds: (policy: Policy) => number;
};

/** For rules that have nothing to write down. */
export const nothing = async (): Promise<void> => undefined;

export type Decided = Omit<Judged, 'items'> & {
  readonly plan: Plan;
  readonly targets: readonly TargetReport[];
  readonly spending: Spending;
};

/** Looks at the places, judges every EIP, and says which limits the whole would cross. Changes nothing. */
export async function decide<Policy>(
  rules: Rules<Policy>,
  ask: Ask<Policy>,
  places: readonly Place[],
  now: Date,
  world: World,
  mode: Mode,
): Promise<Decided> {
  const lists = rules.lists?.(ask.policy) ?? [listEips];
  const { facts, targets } = await observe(places, rules.exempt(ask.policy).labels, lists, world);
  const accounts = [...new Set(places.map(({ account }) => account))];
  const { open, committed } = await recollect(accounts, now, world);
  const judged = await rules.judge(facts, ask.policy, now, world, mode);
  const { items: all, before, after } = 'items' in judged ? judged : { items: judged, before: nothing, after: nothing };
  const items: PlanItem[] = holdUnderWay(holdTwins(all), open).toSorted(byUrgency);
  const wanted = wantedActions(items);
  const crossed = crossedCaps(wanted, items.length, ask.limits, committed);
  const held = [...crossed, ...needsApproval(wanted, ask.approval)];
  const spending = { limits: ask.limits, committed };
  return { plan: makePlan(rules.name, now, items, held), targets, before, after, spending };
}
