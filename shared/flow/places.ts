import { listRegions, type Region } from '../ctyun/regions.ts';
import { LedgerError } from '../ledger/errors.ts';
import { endSlot, type Slot, takeSlot } from '../ledger/slots.ts';
import type { Target } from '../model/ask.ts';
import type { TargetReport } from '../model/report.ts';
import { problemOf } from './problem.ts';
import type { World } from './world.ts';

/** One account's region. */
export type Place = { readonly account: string; readonly region: Region };

/** Where to look, and the targets whose regions could not even be listed. */
export type Places = { readonly places: readonly Place[]; readonly unlisted: readonly TargetReport[] };

/** The regions of every target; one that is named by two targets is looked at, and acted on, once. */
export async function placesOf(targets: readonly Target[], world: World): Promise<Places> {
  const found = await Promise.all(targets.map(target => regionsOf(target, world)));
  const all = found.flatMap(result => ('places' in result ? result.places : []));
  return {
    places: [...new Map(all.map(place => [`${place.account}/${place.region.id}`, place])).values()],
    unlisted: found.flatMap(result => ('problem' in result ? [result.problem] : [])),
  };
}

async function regionsOf(
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

/** The same targets, each account once. */
export function byAccount(targets: readonly Target[]): Target[] {
  const all = new Map<string, string[]>();
  for (const { account, regions } of targets) all.set(account, [...(all.get(account) ?? []), ...regions]);
  return [...all].map(([account, regions]) => ({
    account,
    regions: regions.includes('*') ? ['*'] : [...new Set(regions)],
  }));
}

export type Claimed = {
  readonly free: readonly Place[];
  /** Places whose slot another delivery has worked on or works on now. */
  readonly taken: readonly TargetReport[];
  /**
   * Ends the slots: done where the place could be looked at, else free for another delivery.
   *
   * @returns why that could not be written down, or null
   */
  readonly end: (seen: readonly TargetReport[]) => Promise<string | null>;
};

/**
 * Schedules deliver at least once: of several deliveries of one slot, one does the work. Without a slot all is free.
 * In a round each of its runs has a lock of its own: what goes on with a rest does so once, and beside nobody.
 */
export async function claimSlots(
  places: readonly Place[],
  { fn, slot: planned }: { fn: string; slot: string | null },
  world: World,
): Promise<Claimed> {
  const slot = world.round ? world.round.lock : planned;
  if (slot === null) return { free: places, taken: [], end: async () => null };
  const slotOf = ({ account, region }: Place): Slot => ({ function: fn, account, region: region.id, slot });
  const now = world.clock.now();
  const claims = await Promise.all(
    places.map(async place => ({
      place,
      taken: await takeSlot(world.ledger, slotOf(place), world.runId, now, world.deadline),
    })),
  );
  const ours = claims.flatMap(({ place, taken }) => (typeof taken === 'object' ? [{ place, ...taken }] : []));
  return {
    free: ours.map(({ place }) => place),
    taken: claims.flatMap(({ place: { account, region }, taken }) =>
      typeof taken === 'object'
        ? []
        : [{ account, region: region.id, regionName: region.name, seen: 0, problem: null, slot: taken }],
    ),
    end: async seen => {
      const done = new Set(seen.flatMap(({ account, region, problem }) => (problem ? [] : [`${account}/${region}`])));
      const wasDone = ({ account, region }: Place): boolean => done.has(`${account}/${region.id}`);
      return failureOf(ours.map(({ place, fence }) => endSlot(world.ledger, slotOf(place), fence, wasDone(place))));
    },
  };
}

async function failureOf(writes: readonly Promise<unknown>[]): Promise<string | null> {
  try {
    await Promise.all(writes);
    return null;
  } catch (error) {
    if (error instanceof LedgerError) return error.message;
    throw error;
  }
}
