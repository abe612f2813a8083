import pLimit from 'p-limit';
import type { Action } from '../model/plan.ts';
import { type Outcome, outcome } from '../model/report.ts';
import { renew } from './renew.ts';
import { type World, withProgress } from './world.ts';

/** Actions under way at once; most of an action is waiting for its order. */
const AT_ONCE = 4;
/** An action that starts later than this before the deadline could be cut off between its order and its settling. */
const NEEDED_MS = 15_000;

/**
 * Does what a plan says, in its order, each EIP on its own: one that fails takes no other with it.
 *
 * @param settleWithinSeconds how long each order is waited for
 * @returns outcomes by token
 */
export async function act(
  actions: readonly Action[],
  settleWithinSeconds: number,
  world: World,
): Promise<ReadonlyMap<string, Outcome>> {
  const atOnce = pLimit(AT_ONCE);
  const one = async (action: Action) =>
    [action.token, await carryOut(action, settleWithinSeconds * 1000, world)] as const;
  return new Map(await withProgress(world, 'act', actions, action => atOnce(() => one(action))));
}

async function carryOut(action: Action, settleMs: number, world: World): Promise<Outcome> {
  const leftMs = world.deadline.getTime() - world.clock.now().getTime();
  if (leftMs < NEEDED_MS) return outcome('skipped', 'out-of-time');
  try {
    return await renew(action, Math.min(settleMs, leftMs - NEEDED_MS / 2), world);
  } catch (error) {
    // A bug; what the other EIPs' orders did must still be told, and a report with an unknown outcome fails the run.
    return outcome('unknown', 'crashed', {
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}
