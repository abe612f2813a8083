import type { Load, Sample } from '../model/load.ts';
import type { Reason } from '../model/plan.ts';
import type { ScalePolicy, Way } from '../model/scale.ts';

/** The newest points, as many as were asked for, in percent of a bandwidth, oldest first. */
export type Utilisation = { readonly percents: readonly number[]; readonly peakMbps: number };

/** More than this of a bandwidth cannot pass: then the unit is not what it is taken for. */
const IMPLAUSIBLE_PERCENT = 200;

type Point = { readonly atMs: number; readonly mbps: number | null };

/** How much of a bandwidth was used lately, or why that is not believed. */
export function utilisationOf(
  load: Load | undefined,
  bandwidthMbps: number,
  { direction, sustain: { points, periodSeconds } }: Pick<ScalePolicy, 'direction' | 'sustain'>,
  now: Date,
): Utilisation | { readonly unclear: Reason } {
  if (load === undefined) return unclear('metrics-missing');
  if ('unavailable' in load) return unclear('metrics-unavailable', { why: load.unavailable });
  const all = series(load.samples, direction);
  if (all === undefined) return unclear('metrics-unreadable');
  // What lies in the future is not known, whatever a clock that is wrong says.
  const known = all.filter(({ atMs }) => atMs <= now.getTime() + periodSeconds * 1000);
  const newest = known.at(-1);
  if (newest === undefined) return unclear('metrics-missing');
  const ageSeconds = Math.round((now.getTime() - newest.atMs) / 1000);
  if (ageSeconds > 2 * periodSeconds) return unclear('metrics-stale', { ageSeconds });
  const from = newest.atMs - (points - 0.5) * periodSeconds * 1000;
  const last = known.filter(({ atMs }) => atMs > from).slice(-points);
  if (last.length < points) return unclear('too-few-points', { points: last.length, asked: points });
  return measured(last, bandwidthMbps);
}

function measured(last: readonly Point[], bandwidthMbps: number): Utilisation | { readonly unclear: Reason } {
  const values = last.flatMap(({ mbps }) => (mbps !== null && mbps >= 0 ? [mbps] : []));
  if (values.length < last.length) return unclear('metrics-unreadable');
  const percents = values.map(mbps => (100 * mbps) / bandwidthMbps);
  const most = Math.max(...percents);
  if (most > IMPLAUSIBLE_PERCENT) return unclear('metrics-implausible', { percent: Math.round(most) });
  return { percents, peakMbps: Math.max(...values) };
}

const unclear = (code: string, facts: Reason['facts'] = {}) => ({ unclear: { code, facts } });

/** The points of one way, or of both where each moment has both, oldest first; undefined where one has no time. */
function series(samples: Extract<Load, { samples: unknown }>['samples'], way: Way): Point[] | undefined {
  if (way !== 'larger') return timed(samples[way]);
  const [egress, ingress] = [timed(samples.egress), timed(samples.ingress)];
  if (!egress || !ingress) return undefined;
  const other = new Map(ingress.map(({ atMs, mbps }) => [atMs, mbps]));
  return egress.flatMap(({ atMs, mbps }) => {
    const there = other.get(atMs);
    if (there === undefined) return [];
    return [{ atMs, mbps: mbps === null || there === null ? null : Math.max(mbps, there) }];
  });
}

/** A moment that is told twice is one moment; the later word counts. */
function timed(samples: readonly Sample[]): Point[] | undefined {
  const points = new Map<number, Point>();
  for (const { at, mbps } of samples) {
    if (at === null) return undefined;
    points.set(at.getTime(), { atMs: at.getTime(), mbps });
  }
  return [...points.values()].toSorted((a, b) => a.atMs - b.atMs);
}
