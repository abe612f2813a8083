import { summed } from '../model/facts.ts';
import type { PlanItem } from '../model/plan.ts';

/** What a plan shows: all that acts or is held, and of what is left alone as much as a person may want to read. */
export type Listed = {
  readonly items: readonly PlanItem[];
  /** What is left alone besides, by the code of its reason. */
  readonly unlisted: ReadonlyMap<string, number>;
};

/**
 * Counts what is left alone beyond the first `most` of it.
 *
 * @param counted what has been counted before
 * @param tells reasons that are always shown
 */
export function listed(
  items: readonly PlanItem[],
  counted: ReadonlyMap<string, number>,
  most: number,
  tells: ReadonlySet<string>,
): Listed {
  const beyond = new Map<string, number>();
  let room = most;
  const shown = items.filter(({ verdict: { decision, reason } }) => {
    if (decision !== 'keep' || tells.has(reason.code)) return true;
    room -= 1;
    if (room >= 0) return true;
    beyond.set(reason.code, (beyond.get(reason.code) ?? 0) + 1);
    return false;
  });
  return { items: shown, unlisted: summed([counted, beyond]) };
}
