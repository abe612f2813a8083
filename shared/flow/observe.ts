import type { CtyunClient } from '../ctyun/client.ts';
import { resourcesLabelled } from '../ctyun/labels.ts';
import type { Lister } from '../ctyun/list-eips.ts';
import { type Counted, countOf, type RegionFacts, summed, type Where } from '../model/facts.ts';
import type { Problem, TargetReport } from '../model/report.ts';
import type { Place } from './places.ts';
import { problemOf, whyOf } from './problem.ts';
import { canHandOver, leftMs, NEEDED_MS } from './round.ts';
import { LISTED, type Room, type Settles, type Sieve, type Sifted, sifting } from './sift.ts';
import { type World, withProgress } from './world.ts';

/** What was seen, and how the looking went, target by target. */
export type Sight = { readonly facts: readonly RegionFacts[]; readonly targets: readonly TargetReport[] };

/** What is looked at. */
export type Look = {
  /** Labels whose bearers are looked up, key -> value (`*` = any). */
  readonly labels: Readonly<Record<string, string>>;
  readonly lists: readonly Lister[];
  /** What need not be held, but only counted; left out: all is held. */
  readonly settles?: Settles | undefined;
};

/**
 * Looks at every place. One that cannot be looked at is reported and does not stop the others, nor does a kind of resource
 * stop the other kinds of its place.
 */
export async function observe(places: readonly Place[], look: Look, world: World): Promise<Sight> {
  const room: Room = { left: LISTED };
  const isShared = ({ account, region }: Place): boolean =>
    places.some(other => other.region.id === region.id && other.account !== account);
  const seen = await withProgress(world, 'look', places, place =>
    lookAt(place, look, { room, keepIds: isShared(place) }, world),
  );
  return {
    facts: seen.flatMap(({ facts }) => (facts ? [facts] : [])),
    targets: seen.map(({ target }) => target),
  };
}

type Sifting = { readonly room: Room; readonly keepIds: boolean };

async function lookAt(place: Place, { labels, lists, settles = never }: Look, sifted: Sifting, world: World) {
  const { account, region } = place;
  const target = { account, region: region.id, regionName: region.name };
  // A look that begins so late would leave no time to act on it.
  if (canHandOver(world) && leftMs(world) < NEEDED_MS)
    return { facts: undefined, target: { ...target, seen: 0, problem: null, handedOver: true as const } };
  try {
    const client = world.clientOf(account);
    const where = onceAsked(async (): Promise<Where> => {
      const labelled = await labelledIds(region.id, labels, client);
      return { account, region: region.id, labelled };
    });
    const { seen, problem } = await allOf(lists, { settles, where, ...sifted }, client, region.id);
    if (seen.length === 0 && problem) return { facts: undefined, target: { ...target, seen: 0, problem } };
    const eips = seen.flatMap(each => each.eips);
    const counted = together(seen.map(each => each.counted));
    const total = eips.length + countOf({ counted });
    const at = total > 0 ? await where() : { account, region: region.id, labelled: new Set<string>() };
    return { facts: { ...at, eips, counted }, target: { ...target, seen: total, problem } };
  } catch (error) {
    return { facts: undefined, target: { ...target, seen: 0, problem: problemOf(error) satisfies Problem } };
  }
}

const never: Settles = () => undefined;

function onceAsked<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

const together = (all: readonly Counted[]): Counted => ({
  byReason: summed(all.map(({ byReason }) => byReason)),
  ids: new Set(all.flatMap(({ ids }) => [...ids])),
});

/** What was seen of each kind that could be looked at, and the first problem with one that could not. */
async function allOf(lists: readonly Lister[], sieve: Sieve, client: CtyunClient, region: string) {
  const seen: Sifted[] = [];
  let problem: Problem | null = null;
  for (const list of lists) {
    try {
      seen.push(await list(client, region, sifting(sieve)));
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
