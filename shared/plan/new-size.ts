import type { ScalePolicy } from '../model/scale.ts';
import type { Utilisation } from './load.ts';

/** What a size may be, in Mbps. `current` is what it is now; `least` is what an open window asks for, 0 where none does. */
export type Bounds = { readonly current: number; readonly baseline: number; readonly least: number };

/** `at-ceiling`: more is needed than may be had. */
export type NewSize =
  | { readonly toMbps: number; readonly code: 'load-high' | 'window-open' | 'load-low' }
  | 'at-ceiling';

type Policy = Pick<
  ScalePolicy,
  'upAbovePercent' | 'downBelowPercent' | 'targetPercent' | 'ladderMbps' | 'ceilingMbps' | 'floorMbps' | 'return'
>;

/** The size that is wanted instead of the current one, if another is. `load` is undefined where it is not known. */
export function newSize(load: Utilisation | undefined, bounds: Bounds, policy: Policy): NewSize | undefined {
  return raise(load, bounds, policy) ?? lower(load, bounds, policy);
}

const holds = (mbps: number, { peakMbps }: Utilisation, { targetPercent }: Policy): boolean =>
  100 * peakMbps <= targetPercent * mbps;

/** One step to the right size: the lowest rung that holds the peak, else the highest that is allowed. */
function raise(load: Utilisation | undefined, { current, least }: Bounds, policy: Policy): NewSize | undefined {
  const { ladderMbps, ceilingMbps, upAbovePercent } = policy;
  const byWindow = least > current ? least : 0;
  const isHigh = load?.percents.every(percent => percent >= upAbovePercent) ?? false;
  if (!load || !isHigh) return byWindow > 0 ? { toMbps: byWindow, code: 'window-open' } : undefined;
  const allowed = ladderMbps.filter(rung => rung > current && rung <= ceilingMbps);
  const byLoad = allowed.find(rung => holds(rung, load, policy)) ?? allowed.at(-1) ?? 0;
  if (byWindow > byLoad) return { toMbps: byWindow, code: 'window-open' };
  return byLoad > 0 ? { toMbps: byLoad, code: 'load-high' } : 'at-ceiling';
}

/** Back towards the size before our first raise, as far as the load allows with a margin; nothing is made smaller than that. */
function lower(load: Utilisation | undefined, bounds: Bounds, policy: Policy): NewSize | undefined {
  const { current, baseline, least } = bounds;
  const isLow = load?.percents.every(percent => percent <= policy.downBelowPercent) ?? false;
  if (policy.return === 'never' || !load || !isLow) return undefined;
  const lowest = Math.max(baseline, policy.floorMbps ?? 0, least);
  const sizes = [lowest, ...policy.ladderMbps].filter(mbps => mbps >= lowest && mbps < current);
  const toMbps = sizes.toSorted((a, b) => a - b).find(mbps => holds(mbps, load, policy));
  return toMbps === undefined ? undefined : { toMbps, code: 'load-low' };
}
