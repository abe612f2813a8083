import { CtyunError } from '../ctyun/errors.ts';
import type { Eip } from '../model/eip.ts';
import type { Action } from '../model/plan.ts';
import { deedOf } from './deed.ts';
import type { World } from './world.ts';

/** What the action is about as it is now, or `gone`. @throws CtyunError if it cannot be seen */
export async function lookAgain(action: Action, world: World): Promise<Eip | 'gone'> {
  try {
    return await deedOf(action, world).show(world.clientOf(action.account));
  } catch (error) {
    if (error instanceof CtyunError && error.kind === 'not-found') return 'gone';
    throw error;
  }
}

/** Which of the facts that the action rests on have moved; none means that it may go on. */
export function whatMoved(action: Action, eip: Eip, world: World): string[] {
  const { expects } = action;
  return [
    ...deedOf(action, world).moved(eip),
    ...(eip.status === expects.status ? [] : ['status']),
    ...(eip.bound === expects.bound ? [] : ['binding']),
  ];
}
