import { gatherEips, type Lister } from '../ctyun/list-eips.ts';
import type { Ask, Exempt, Mode } from '../model/ask.ts';
import { type RegionFacts, summed, sumOf } from '../model/facts.ts';
import { makePlan, type Plan, type PlanItem, wantedActions } from '../model/plan.ts';
import type { Spending, TargetReport } from '../model/report.ts';
import { crossedCaps, needsApproval } from '../plan/limits.ts';
import { listed } from '../plan/listed.ts';
import { holdTwins } from '../plan/twins.ts';
import { holdUnderWay } from '../plan/under-way.ts';
import { byUrgency } from '../plan/urgency.ts';
import { TELLING } from '../report/telling.ts';
import type { Deeds } from './deed.ts';
import { recollect } from './memory.ts';
import { observe } from './observe.ts';
import type { Place } from './places.ts';
import { LISTED, type Settles } from './sift.ts';
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
  /**
   * What is left alone for what the list says of it: of a large account it is only counted, and never judged. It must be
   * what `judge` would say. Left out: everything is judged.
   */
  readonly settles?: (policy: Policy, now: Date, accounts: readonly string[], world: World) => Promise<Settles>;
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
  const accounts = [...new Set(places.map(({ account }) => account))];
  const lists = rules.lists?.(ask.policy) ?? [gatherEips];
  const settles = await rules.settles?.(ask.policy, now, accounts, world);
  const { facts, targets } = await observe(places, { labels: rules.exempt(ask.policy).labels, lists, settles }, world);
  const { open, committed } = await recollect(accounts, now, world);
  const judged = await rules.judge(facts, ask.policy, now, world, mode);
  const { items: all, before, after } = 'items' in judged ? judged : { items: judged, before: nothing, after: nothing };
  const sorted = holdUnderWay(holdTwins(all, facts), open).toSorted(byUrgency);
  const counted = summed(facts.map(each => each.counted?.byReason ?? new Map()));
  const { items, unlisted } = listed(sorted, counted, LISTED, TELLING);
  const wanted = wantedActions(items);
  const looked = sorted.length + sumOf(counted) + (world.round?.seenBefore ?? 0);
  const crossed = crossedCaps(wanted, looked, ask.limits, committed);
  const held = [...crossed, ...needsApproval(wanted, ask.approval)];
  const spending = { limits: ask.limits, committed };
  return { plan: makePlan(rules.name, now, items, held, unlisted), targets, before, after, spending };
}
