import type { Mode } from '../model/ask.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { OrphanPolicy } from '../model/orphans.ts';
import type { PlanItem } from '../model/plan.ts';
import { idleOf, type OrphanFacts, planReleases } from '../plan/release-orphans.ts';
import type { Judged } from './decide.ts';
import { namesPointing } from './dns.ts';
import { monthlyCosts } from './monthly-costs.ts';
import { afterLook, type Recalled, recallRegion, rememberRegion, warned } from './orphan-memory.ts';
import { usesIn } from './uses.ts';
import { type World, withProgress } from './world.ts';

type Region = { readonly facts: OrphanFacts; readonly recalled: Recalled; readonly items: readonly PlanItem[] };

/**
 * Asks the witnesses, the names and the prices of every region, then judges. What was seen is written down before
 * anything is done; a warning after it, for it is given by the report.
 */
export async function judgeOrphans(
  seen: readonly RegionFacts[],
  policy: OrphanPolicy,
  now: Date,
  world: World,
  mode: Mode,
): Promise<Judged> {
  const regions = await withProgress(world, 'quote', seen, one => judgeRegion(one, policy, now, world, mode));
  return {
    items: regions.flatMap(({ items }) => items),
    before: () => noteSightings(regions, policy, now, world),
    after: () => (mode === 'apply' ? noteWarnings(regions, policy, now, world) : Promise.resolve()),
  };
}

async function judgeRegion(
  seen: RegionFacts,
  policy: OrphanPolicy,
  now: Date,
  world: World,
  mode: Mode,
): Promise<Region> {
  const recalled = await recallRegion(seen, world);
  const idleOnly = seen.eips.some(({ bound }) => !bound);
  const uses = idleOnly ? await usesIn(world.clientOf(seen.account), seen.region) : new Map();
  const idle = idleOf({ seen, uses }, policy);
  const dns = await namesPointing(
    policy.dns,
    idle.map(({ address }) => address),
    world,
  );
  const costs = await monthlyCosts(seen, idle, world);
  const memory = 'unreadable' in recalled ? recalled : recalled.value;
  const facts = { seen, uses, memory, dns, costs };
  return { facts, recalled, items: planReleases(facts, policy, now, mode) };
}

async function noteSightings(regions: readonly Region[], policy: OrphanPolicy, now: Date, world: World): Promise<void> {
  for (const { facts, recalled } of regions) {
    if ('unreadable' in recalled) continue;
    const value = afterLook(facts, recalled.value, policy, now);
    await rememberRegion(facts.seen, { value, version: recalled.version }, now, world);
  }
}

async function noteWarnings(regions: readonly Region[], policy: OrphanPolicy, now: Date, world: World): Promise<void> {
  for (const { facts, recalled, items } of regions) {
    const given = items.filter(({ verdict }) => verdict.reason.code === 'idle-warned').map(({ eip }) => eip.id);
    if ('unreadable' in recalled || given.length === 0) continue;
    const seen = afterLook(facts, recalled.value, policy, now);
    const value = warned(seen, new Set(given), now);
    await rememberRegion(facts.seen, { value, version: recalled.version + 1 }, now, world);
  }
}
