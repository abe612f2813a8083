import type { CtyunClient } from '../ctyun/client.ts';
import { resourcesLabelled } from '../ctyun/labels.ts';
import { listEips } from '../ctyun/list-eips.ts';
import { listRegions, type Region } from '../ctyun/regions.ts';
import type { Target } from '../model/ask.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { Problem, TargetReport } from '../model/report.ts';
import { problemOf, whyOf } from './problem.ts';
import { type World, withProgress } from './world.ts';

/** One account's region. */
type Place = { readonly account: string; readonly region: Region };

/** What was seen, and how the looking went, target by target. */
export type Sight = { readonly facts: readonly RegionFacts[]; readonly targets: readonly TargetReport[] };

/**
 * Looks at every region of every target; judges nothing. A target that cannot be looked at is reported and does not
 * stop the others.
 *
 * @param labels whose bearers are looked up, key -> value (`*` = any)
 */
export async function observe(
  targets: readonly Target[],
  labels: Readonly<Record<string, string>>,
  world: World,
): Promise<Sight> {
  const found = await Promise.all(targets.map(target => placesOf(target, world)));
  const unlisted = found.flatMap(result => ('problem' in result ? [result.problem] : []));
  const places = distinct(found.flatMap(result => ('places' in result ? result.places : [])));
  const seen = await withProgress(world, 'look', places, place => lookAt(place, labels, world));
  return {
    facts: seen.flatMap(({ facts }) => (facts ? [facts] : [])),
    targets: [...unlisted, ...seen.map(({ target }) => target)],
  };
}

async function placesOf(
  { account, regions }: Target,
  world: World,
): Promise<{ places: Place[] } | { problem: TargetReport }> {
  if (!regions.includes('*')) {
    return { places: regions.map(id => ({ account, region: { id, name: null } })) };
  }
  try {
    const all = await world.clientOf(account).call(listRegions, {});
    return { places: all.map(region => ({ account, region })) };
  } catch (error) {
    return { problem: { account, region: '*', regionName: null, seen: 0, problem: problemOf(error) } };
  }
}

// A region that is named by two targets is looked at, and acted on, once.
const distinct = (places: readonly Place[]): Place[] => [
  ...new Map(places.map(place => [`${place.account}/${place.region.id}`, place])).values(),
];

async function lookAt(place: Place, labels: Readonly<Record<string, string>>, world: World) {
  const { account, region } = place;
  const target = { account, region: region.id, regionName: region.name };
  try {
    const client = world.clientOf(account);
    const eips = await listEips(client, region.id);
    const labelled = eips.length > 0 ? await labelledIds(region.id, labels, client) : new Set<string>();
    const facts: RegionFacts = { account, region: region.id, eips, labelled };
    return { facts, target: { ...target, seen: eips.length, problem: null } };
  } catch (error) {
    return { facts: undefined, target: { ...target, seen: 0, problem: problemOf(error) satisfies Problem } };
  }
}

async function labelledIds(
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
