import type { Ask } from '../model/ask.ts';
import { makePlan, wantedActions } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { crossedCaps } from '../plan/limits.ts';
import { holdTwins } from '../plan/twins.ts';
import { byUrgency } from '../plan/urgency.ts';
import { act } from './act.ts';
import type { Job } from './jobs.ts';
import { observe } from './observe.ts';
import type { World } from './world.ts';

/**
 * Look, decide, hold back, do: one run of one function, from its ask to its report. Plan mode and apply mode are the
 * same path up to the last step. The whole run has one `now`.
 */
export async function run<Policy>(job: Job<Policy>, ask: Ask<Policy>, world: World): Promise<Report> {
  const now = world.clock.now();
  const { facts, targets } = await observe(ask.targets, job.exempt(ask.policy).labels, world);
  const quotes = await job.quote(facts, ask.policy, now, world);
  const judged = facts.flatMap(seen => job.plan(seen, quotes, ask.policy, now));
  const items = holdTwins(judged).toSorted(byUrgency);
  const actions = wantedActions(items);
  const held = crossedCaps(actions, items.length, ask.limits);
  const plan = makePlan(job.name, now, items, held);
  const mayAct = ask.mode === 'apply' && held.length === 0;
  const outcomes = await act(mayAct ? actions : [], job.settleWithinSeconds(ask.policy), world);
  return { mode: ask.mode, slot: ask.slot, targets, plan, outcomes };
}
