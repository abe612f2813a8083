import { makePlan } from '../model/plan.ts';
import type { Outcome, Report, TargetReport } from '../model/report.ts';
import { outcome } from '../model/report.ts';
import { type Decided, nothing } from './decide.ts';
import { byAccount } from './places.ts';
import { canHandOver, leftMs } from './round.ts';
import type { World } from './world.ts';

const OUT_OF_TIME = { code: 'OUT_OF_TIME', message: 'the time of this run is used up', mistake: false };

/**
 * What was decided after the time was over rests on calls that were cut off: where a later run can do it anew, nothing
 * of it counts.
 */
export function inTime(decided: Decided, world: World): Decided {
  if (!canHandOver(world) || leftMs(world) > 0) return decided;
  const { plan, targets, spending } = decided;
  return {
    spending,
    plan: makePlan(plan.function, plan.madeAt, [], []),
    targets: targets.map(target => ({ ...target, seen: 0, problem: null, handedOver: true })),
    before: nothing,
    after: nothing,
  };
}

type Done = Pick<Report, 'targets' | 'outcomes'> & Pick<Report, 'plan'>;

/**
 * Hands to the queue what this run had no time for: places that were not looked at, and actions that were not begun.
 *
 * @returns the same with what was handed over marked; as out of time where the queue did not take it
 */
export async function handOverRest({ targets, plan, outcomes }: Done, world: World): Promise<Omit<Done, 'plan'>> {
  const { round } = world;
  const unbegun = new Set(
    plan.items.flatMap(({ account, region, verdict }) => {
      const end = verdict.decision === 'act' ? outcomes.get(verdict.action.token) : undefined;
      return end?.reason.code === 'handed-over' ? [`${account}/${region}`] : [];
    }),
  );
  const isLeft = ({ account, region, handedOver }: TargetReport): boolean =>
    handedOver === true || unbegun.has(`${account}/${region}`);
  const left = targets.filter(isLeft);
  if (left.length === 0 || !round?.handOver) return { targets, outcomes };
  const seenBefore = targets.reduce((sum, target) => (isLeft(target) ? sum : sum + target.seen), round.seenBefore);
  const begun = [...outcomes.values()].some(({ reason }) => reason.code !== 'handed-over');
  const rest = {
    targets: byAccount(left.map(({ account, region }) => ({ account, regions: [region] }))),
    seenBefore,
    progress: begun || left.length < targets.length,
  };
  const taken = await round.handOver(rest);
  return taken
    ? { targets: targets.map(target => (isLeft(target) ? { ...target, handedOver: true } : target)), outcomes }
    : { targets: targets.map(notTaken), outcomes: lateAgain(outcomes) };
}

function notTaken({ handedOver, ...target }: TargetReport): TargetReport {
  return handedOver ? { ...target, problem: OUT_OF_TIME } : target;
}

/** As it is told where there is no queue. */
export const lateAgain = (outcomes: ReadonlyMap<string, Outcome>): ReadonlyMap<string, Outcome> =>
  new Map(
    [...outcomes].map(([token, end]) => [
      token,
      end.reason.code === 'handed-over' ? outcome('skipped', 'out-of-time') : end,
    ]),
  );
