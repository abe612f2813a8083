import { type Begun, type BindEnd, type Binding, type Place, samePlace } from '../../model/binding.ts';
import { forbidden, nameOf } from './goal.ts';
import { refused } from './resolve.ts';
import { canGoBack } from './send.ts';
import type { BindWorld } from './world.ts';

/**
 * Why an EIP may not be taken from where it is: nobody said so, the settings do not list what would lose it, or it could
 * not be put back if the new binding failed. Undefined where it may, or where there is nothing to take.
 */
export async function conflict(
  { order }: Pick<Binding, 'order'>,
  { goal, from, before }: Pick<Begun, 'goal' | 'from' | 'before'>,
  left: Begun | null,
  world: BindWorld,
): Promise<BindEnd | undefined> {
  if (from === null || samePlace(goal, from)) return undefined;
  const { account, region } = order.request;
  const ofOvertaken = left !== null && samePlace(left.goal, from);
  if (order.kind === 'bind' && order.request.onConflict === 'refuse' && !ofOvertaken)
    return { ...refused('bound-elsewhere', factsOf(from)), where: from };
  const name = await nameOf(world.clientOf(account), region, from);
  const no = forbidden({ account, region, name }, world);
  if (no !== undefined) return { ...no, where: from };
  if (goal !== null && before !== null && !canGoBack(before))
    return { ...refused('cannot-go-back', factsOf(before)), where: from };
  return undefined;
}

const factsOf = ({ type, id }: Place) => ({ type, id });
