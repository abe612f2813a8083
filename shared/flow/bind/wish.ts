import type { BindEnd, Binding, Place } from '../../model/binding.ts';
import type { Eip } from '../../model/eip.ts';
import { allowingRule } from '../../plan/allowed-targets.ts';
import { forbidden, goalOf } from './goal.ts';
import { refused, resolveEip } from './resolve.ts';
import type { BindWorld } from './world.ts';

/** What a request means: the EIP, and where it is to be; null for nowhere. */
export type Wish = { readonly eip: Eip; readonly goal: Place | null };

/** Finds what a request speaks of, and refuses what it must not touch. Changes nothing. @throws CtyunError, ConfigError */
export async function wishOf({ order }: Pick<Binding, 'order'>, world: BindWorld): Promise<Wish | BindEnd> {
  const { account, region, eip: ref } = order.request;
  const anyName = world.targets.map(rule => ({ ...rule, name: '*' }));
  // Before any secret is fetched for an account that only the request names.
  if (allowingRule({ account, region, name: '' }, anyName) === null)
    return refused(world.targets.length === 0 ? 'no-targets-allowed' : 'target-not-allowed', { account, region });
  const client = world.clientOf(account);
  const goal = order.kind === 'bind' ? await goalOf(client, region, order.request.target) : null;
  if (goal !== null && 'outcome' in goal) return goal;
  const no = goal === null ? undefined : forbidden({ account, region, name: goal.name }, world);
  if (no !== undefined) return no;
  const eip = await resolveEip(client, region, ref);
  return 'outcome' in eip ? eip : { eip, goal: goal?.place ?? null };
}
