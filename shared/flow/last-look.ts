import type { Eip } from '../model/eip.ts';
import type { Reason, Release } from '../model/plan.ts';
import { lastWord } from '../plan/last-word.ts';
import { namesPointing } from './dns.ts';
import { labelledIds } from './observe.ts';
import { recallRegion } from './orphan-memory.ts';
import { usesIn } from './uses.ts';
import type { World } from './world.ts';

/**
 * Asks everybody but the EIP itself, which is looked at after all others.
 *
 * @returns what then forbids the release, or undefined
 */
export async function lookAround(action: Release, world: World): Promise<(eip: Eip) => Reason | undefined> {
  const { account, region, eipId, unless, expects } = action;
  const client = world.clientOf(account);
  const [uses, labelled, dns, recalled] = await Promise.all([
    usesIn(client, region),
    labelledIds(region, unless.exempt.labels, client),
    namesPointing(unless.dns, [expects.address], world),
    recallRegion({ account, region }, world),
  ]);
  const watch = 'unreadable' in recalled ? undefined : recalled.value.watched[eipId];
  return eip => lastWord(eip, { uses, labelled, dns, watch }, action);
}
