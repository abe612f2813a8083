import type { OrphanPolicy, Share } from '../model/orphans.ts';
import type { Reason } from '../model/plan.ts';

const HOUR_MS = 3600_000;
/** Unbinding a few EIPs of a small account is no jump. */
const LEAST_JUMP = 4;
/** A jump is believed after it has lasted as long as the grace, and at least this long. */
const LEAST_LASTING_HOURS = 24;

/** How many EIPs a region shows, and how many of them nothing uses. */
export type Inventory = { readonly total: number; readonly unused: number };

const percentOf = ({ total, unused }: Inventory): number => (total === 0 ? 0 : (100 * unused) / total);

/** Why a region's inventory is not believed, or undefined. */
export function inventoryProblem(seen: Inventory, before: Share | null, policy: OrphanPolicy): Reason | undefined {
  const { inventoryFloor, maxUnboundJumpPercent: limit } = policy;
  if (seen.total < inventoryFloor)
    return { code: 'inventory-floor', facts: { seen: seen.total, floor: inventoryFloor } };
  if (!before) return undefined;
  const percent = percentOf(seen);
  const grown = percent - before.percent;
  if (grown <= limit || (seen.total * grown) / 100 < LEAST_JUMP) return undefined;
  return { code: 'unbound-jump', facts: { before: tenth(before.percent), now: tenth(percent), limit } };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The share to compare the next run with: a jump does not become the measure before it has lasted. */
export function nextShare(seen: Inventory, before: Share | null, policy: OrphanPolicy, now: Date): Share {
  const lastingMs = Math.max(policy.graceHours, LEAST_LASTING_HOURS) * HOUR_MS;
  const jumps = before !== null && inventoryProblem(seen, before, policy)?.code === 'unbound-jump';
  if (before && jumps && now.getTime() - before.at.getTime() <= lastingMs) return before;
  return { percent: percentOf(seen), at: now };
}
