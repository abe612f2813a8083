import type { Eip } from '../model/eip.ts';
import { eipKey, type Quote, type RegionFacts, type Where } from '../model/facts.ts';
import type { Load } from '../model/load.ts';
import { cny } from '../model/money.ts';
import type { PlanItem, Reason, Resize, Verdict } from '../model/plan.ts';
import type { ScalePolicy } from '../model/scale.ts';
import type { SizeMemory } from '../model/size-memory.ts';
import { tokenOf } from '../model/token.ts';
import { utilisationOf } from './load.ts';
import { type NewSize, newSize } from './new-size.ts';
import { hold, keep, type Scalable, type Settled, scalable } from './scalable.ts';
import { type SizeNow, sizeNow } from './size-memory.ts';
import { leastMbps } from './windows.ts';

/** What is known beside the list, each by `eipKey`. */
export type Known = {
  readonly loads: ReadonlyMap<string, Load>;
  readonly memories: ReadonlyMap<string, SizeMemory>;
  /** The EIPs that an alarm names; null: all are looked at. */
  readonly named: ReadonlySet<string> | null;
};

type Wanted = { readonly decision: 'resize'; readonly reason: Reason; readonly toMbps: number; readonly size: SizeNow };

/** The EIPs whose traffic has to be known: the question to ask before all others. */
export const toMeasure = (facts: RegionFacts, named: Known['named'], policy: ScalePolicy): Eip[] =>
  facts.eips.filter(eip => isNamed(eip, facts, named) && !('decision' in scalable(eip, facts, policy)));

/** Why it is left alone, where the list and its labels tell and nothing is remembered of it. */
export function sizeSettled(
  eip: Eip,
  where: Where,
  memories: Known['memories'],
  policy: ScalePolicy,
): string | undefined {
  const fit = scalable(eip, where, policy);
  const isKept = 'decision' in fit && fit.decision === 'keep';
  return isKept && !memories.has(eipKey(where.account, where.region, eip.id)) ? fit.reason.code : undefined;
}

/** Which EIPs would get which bandwidth if there were a price: the questions to ask before `planSizes`. */
export function sizesToQuote(facts: RegionFacts, known: Known, policy: ScalePolicy, now: Date) {
  return facts.eips.flatMap(eip => {
    const judged = judge(eip, facts, known, policy, now);
    return judged.decision === 'resize' ? [{ eipId: eip.id, toMbps: judged.toMbps }] : [];
  });
}

/** The verdict on every EIP of a region, in the order in which they were seen. */
export function planSizes(
  facts: RegionFacts,
  known: Known,
  quotes: ReadonlyMap<string, Quote>,
  policy: ScalePolicy,
  now: Date,
): PlanItem[] {
  const { account, region } = facts;
  return facts.eips.map(eip => {
    const judged = judge(eip, facts, known, policy, now);
    const quote = quotes.get(eipKey(account, region, eip.id)) ?? { unavailable: 'not asked' };
    return { account, region, eip, verdict: withPrice(judged, facts, eip, quote) };
  });
}

const isNamed = (eip: Eip, { account, region }: RegionFacts, named: Known['named']): boolean =>
  named === null || named.has(eipKey(account, region, eip.id));

function judge(eip: Eip, facts: RegionFacts, known: Known, policy: ScalePolicy, now: Date): Settled | Wanted {
  if (!isNamed(eip, facts, known.named)) return keep('not-named');
  const fit = scalable(eip, facts, policy);
  if ('decision' in fit) return fit;
  const size = sizeNow(known.memories.get(eipKey(facts.account, facts.region, eip.id)), fit.bandwidthMbps, now);
  const restsUntil = (size.changedAt?.getTime() ?? 0) + policy.cooldownMinutes * 60_000;
  const rests = size.changedAt !== null && restsUntil > now.getTime();
  if (size.person === 'just-seen' || (size.person === 'remembered' && rests))
    return keep('changed-by-a-person', { currentMbps: fit.bandwidthMbps });
  const wanted = judgeLoad(fit, size, facts, known, policy, now);
  if (wanted.decision !== 'resize') return wanted;
  if (rests) return keep('cooldown', { until: new Date(restsUntil).toISOString() });
  const { labelled } = facts;
  return 'unreadable' in labelled ? hold('labels-unreadable', { why: labelled.unreadable }) : wanted;
}

function judgeLoad(
  eip: Scalable,
  size: SizeNow,
  { account, region }: RegionFacts,
  { loads }: Known,
  policy: ScalePolicy,
  now: Date,
): Settled | Wanted {
  const { bandwidthMbps: current } = eip;
  const isPeriodic = eip.billing === 'periodic';
  const load = utilisationOf(loads.get(eipKey(account, region, eip.id)), current, policy, now);
  const known = 'unclear' in load ? undefined : load;
  // A term is paid in advance: what is raised for some hours of it would never come back.
  const least = isPeriodic ? 0 : leastMbps(policy.windows, now);
  const allowed: ScalePolicy = isPeriodic ? { ...policy, return: 'never' } : policy;
  const next = newSize(known, { current, baseline: size.baselineMbps, least }, allowed);
  if (next === undefined && 'unclear' in load) return { decision: 'hold', reason: load.unclear };
  const facts = { currentMbps: current, ...loadFacts(known) };
  if (next === undefined) return keep('in-range', facts);
  if (next === 'at-ceiling') return keep('at-ceiling', { ...facts, ceilingMbps: policy.ceilingMbps });
  return { decision: 'resize', reason: reasonOf(next, facts, eip), toMbps: next.toMbps, size };
}

/** For people: the peak in whole percent of the current bandwidth, and in Mbps with two decimals. */
const loadFacts = (load: { percents: readonly number[]; peakMbps: number } | undefined) =>
  load === undefined
    ? {}
    : { peakPercent: Math.round(Math.max(...load.percents)), peakMbps: Math.round(100 * load.peakMbps) / 100 };

// With 按流量计费 the bandwidth is only a limit: what is paid is what flows.
const reasonOf = ({ code, toMbps }: Exclude<NewSize, string>, facts: Reason['facts'], eip: Eip): Reason => ({
  code,
  facts: { ...facts, toMbps, byTraffic: eip.bandwidthType === 'upflowc' },
});

function withPrice(judged: Settled | Wanted, facts: RegionFacts, eip: Eip, quote: Quote): Verdict {
  if (judged.decision !== 'resize') return judged;
  if ('unavailable' in quote) return hold('no-quote', { why: quote.unavailable });
  const { account, region } = facts;
  const { reason, toMbps, size } = judged;
  const was = { account, region, eipId: eip.id };
  const fromMbps = eip.bandwidthMbps ?? 0;
  const lastChangeAt = size.changedAt;
  const action: Resize = {
    kind: 'resize',
    ...was,
    toMbps,
    baselineMbps: size.baselineMbps,
    price: quote.price,
    expects: { status: eip.status, bound: eip.bound, bandwidthMbps: fromMbps, billing: eip.billing, lastChangeAt },
    token: tokenOf('resize', { ...was, fromMbps, toMbps, lastChangeAt }),
  };
  return { decision: 'act', reason: { ...reason, facts: { ...reason.facts, price: cny(quote.price) } }, action };
}
