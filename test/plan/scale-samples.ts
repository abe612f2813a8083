import type { Eip } from '../../shared/model/eip.ts';
import type { Quote, RegionFacts } from '../../shared/model/facts.ts';
import type { Load, Sample } from '../../shared/model/load.ts';
import { fenOf } from '../../shared/model/money.ts';
import type { ScalePolicy } from '../../shared/model/scale.ts';
import type { SizeMemory } from '../../shared/model/size-memory.ts';
import { planSizes } from '../../shared/plan/scale-bandwidth.ts';
import { eip, facts, NOW } from './samples.ts';

export const PERIOD_MS = 300_000;
const KEY = 'main/r1/eip-0000000001';

/** A bound EIP on demand with 10 Mbps. */
export const onDemand = (change: Partial<Eip> = {}): Eip =>
  eip({ billing: 'on_demand', expiresAt: null, bandwidthMbps: 10, ...change });

export const scalePolicy = (change: Partial<ScalePolicy> = {}): ScalePolicy => ({
  direction: 'egress',
  upAbovePercent: 80,
  downBelowPercent: 30,
  sustain: { points: 3, periodSeconds: 300 },
  targetPercent: 60,
  ladderMbps: [1, 2, 5, 10, 20, 50, 100, 200, 300],
  ceilingMbps: 200,
  floorMbps: null,
  cooldownMinutes: 30,
  return: 'auto',
  periodic: 'never',
  windows: [],
  exempt: { names: ['keep-*'], labels: {} },
  settleWithinSeconds: 20,
  ...change,
});

export const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

/** The newest points, newest last, a period apart, the last one now. */
export const points = (values: readonly (number | null)[], newest = NOW): Sample[] =>
  values.map((mbps, index) => ({ at: new Date(newest.getTime() - (values.length - 1 - index) * PERIOD_MS), mbps }));

export const egress = (...values: readonly (number | null)[]): Load => ({
  samples: { egress: points(values), ingress: [] },
});

export const memory = (change: Partial<SizeMemory> = {}): SizeMemory => ({
  baselineMbps: 5,
  setMbps: 10,
  wasMbps: 5,
  changedAt: minutesAgo(120),
  by: 'us',
  begun: null,
  ...change,
});

export type Given = {
  readonly eip?: Partial<Eip>;
  readonly load?: Load | null;
  readonly policy?: Partial<ScalePolicy>;
  readonly memory?: SizeMemory;
  readonly labelled?: RegionFacts['labelled'];
  readonly quote?: Quote;
  readonly now?: Date;
  readonly named?: ReadonlySet<string>;
};

/** The verdict on one EIP. */
export function verdictOf(given: Given) {
  const { load = egress(9, 9, 9), quote = { price: fenOf('0.00') } } = given;
  const known = {
    loads: new Map(load ? [[KEY, load]] : []),
    memories: new Map(given.memory ? [[KEY, given.memory]] : []),
    named: given.named ?? null,
  };
  const seen = facts([onDemand(given.eip)], given.labelled);
  const items = planSizes(seen, known, new Map([[KEY, quote]]), scalePolicy(given.policy), given.now ?? NOW);
  return items[0]!.verdict;
}

/** In short: `→ 20 load-high`, or `keep in-range`. */
export function shortOf(given: Given): string {
  const verdict = verdictOf(given);
  if (verdict.decision !== 'act') return `${verdict.decision} ${verdict.reason.code}`;
  return verdict.action.kind === 'resize' ? `→ ${verdict.action.toMbps} ${verdict.reason.code}` : verdict.action.kind;
}
