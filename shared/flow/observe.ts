import type { CtyunClient } from '../ctyun/client.ts';
import { resourcesLabelled } from '../ctyun/labels.ts';
import type { Eip } from '../model/eip.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { Problem, TargetReport } from '../model/report.ts';
import type { Place } from './places.ts';
import { problemOf, whyOf } from './problem.ts';
import type { Lister } from './resources.ts';
import { canHandOver, leftMs, NEEDED_MS } from './round.ts';
import { type World, withProgress } from './world.ts';

/** What was seen, and how the looking went, target by target. */
export type Sight = { readonly facts: readonly RegionFacts[]; readonly targets: readonly TargetReport[] };

/**
 * Looks at every place; judges nothing. One that cannot be looked at is reported and does not stop the others, nor does a
 * kind of resource stop the other kinds of its place.
 *
 * @param labels whose bearers are looked up, key -> value (`*` = any)
 */
export async function observe(
  places: readonly Place[],
  labels: Readonly<Record<string, string>>,
  lists: readonly Lister[],
  world: World,
): Promise<Sight> {
  const seen = await withProgress(world, 'look', places, place => lookAt(place, labels, lists, world));
  return {
    facts: seen.flatMap(({ facts }) => (facts ? [facts] : [])),
    targets: seen.map(({ target }) => target),
  };
}

async function lookAt(place: Place, labels: Readonly<Record<string, string>>, lists: readonly Lister[], world: World) {
  const { account, region } = place;
  const target = { account, region: region.id, regionName: region.name };
  // A look that begins so late would leave no time to act on it.
  if (canHandOver(world) && leftMs(world) < NEEDED_MS)
    return { facts: undefined, target: { ...target, seen: 0, problem: null, handedOver: true as const } };
  try {
    const client = world.clientOf(account);
    const { seen, problem } = await allOf(lists, client, region.id);
    if (seen.length === 0 && problem) return { facts: undefined, target: { ...target, seen: 0, problem } };
    const eips = seen.flat();
    const labelled = eips.length > 0 ? await labelledIds(region.id, labels, client) : new Set<string>();
    const facts: RegionFacts = { account, region: region.id, eips, labelled };
    return { facts, target: { ...target, seen: eips.length, problem } };
  } catch (error) {
    return { facts: undefined, target: { ...target, seen: 0, problem: problemOf(error) satisfies Problem } };
  }
}

/** What was seen of each kind that could be looked at, and the first problem with one that could not. */
async function allOf(lists: readonly Lister[], client: CtyunClient, region: string) {
  const seen: Eip[][] = [];
  let problem: Problem | null = null;
  for (const list of lists) {
    try {
      seen.push(await list(client, region));
    } catch (error) {
      problem ??= problemOf(error);
    }
  }
  return { seen, problem };
}

/** The ids of the resources that carry one of the labels, or why they cannot be read. */
export async function labelledIds(
  region: string,
  labels: Readonly<Record<string, string>>,
  client: CtyunClient,
): Promise<RegionFacts['labelled']> {
  try {
    const ids = await Promise.all(
      Object.entries(labels).map(([key, value]) => resourcesLabelled(client, region, key, value)),
    );
    return new Set(ids.flat());
  } catch (error) {
    return { unreadable: whyOf(error) };
  }
}
