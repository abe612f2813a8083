import type { CtyunClient } from '../ctyun/client.ts';
import { CtyunError } from '../ctyun/errors.ts';
import type { Eip } from '../model/eip.ts';
import type { Action } from '../model/plan.ts';
import { deedOf } from './deeds.ts';
import { showResource } from './resources.ts';

/** What the action is about as it is now, or `gone`. @throws CtyunError if it cannot be seen */
export async function lookAgain(client: CtyunClient, action: Action): Promise<Eip | 'gone'> {
  try {
    return await showResource(client, action);
  } catch (error) {
    if (error instanceof CtyunError && error.kind === 'not-found') return 'gone';
    throw error;
  }
}

/** Which of the facts that the action rests on have moved; none means that it may go on. */
export function whatMoved(action: Action, eip: Eip): string[] {
  const { expects } = action;
  return [
    ...deedOf(action).moved(eip),
    ...(eip.status === expects.status ? [] : ['status']),
    ...(eip.bound === expects.bound ? [] : ['binding']),
  ];
}
