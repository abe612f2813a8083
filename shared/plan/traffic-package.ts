import type { RenewPolicy, TrafficPackagePolicy } from '../model/ask.ts';
import type { Eip, Traffic } from '../model/eip.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { Reason } from '../model/plan.ts';
import { exemption } from './exemption.ts';
import { daysUntil, expiryFacts, readableExpiry } from './expiry.ts';
import { hold, keep, type Settled } from './settled.ts';

/** A package whose content and expiry could be read. */
export type Package = {
  readonly eip: Eip;
  readonly cycleType: 'MONTH' | 'YEAR';
  readonly sizeGb: number;
  readonly leftGb: number;
  readonly alike: Traffic['alike'];
  readonly expiresAt: Date;
};

export type PackageJudgement = Settled | { readonly decision: 'due'; readonly reason: Reason; readonly pack: Package };

/** Everything that a package can say of itself without being one that can be drawn from. */
const OVER: ReadonlySet<string> = new Set(['INITIAL', 'UNSUBSCRIBED', 'EXPIRED', 'DESTROYED']);

/**
 * Whether each package of a region runs out, in the order in which they were seen. What the others still hold counts: a
 * package that another one has taken over from is no news, and is not bought once more.
 */
export function judgePackages(facts: RegionFacts, policy: RenewPolicy, now: Date): [Eip, PackageJudgement][] {
  const { trafficPackage: bounds } = policy;
  // Then none was looked for.
  if (!bounds) return [];
  const all = facts.eips.filter(({ resource }) => resource === 'traffic-package');
  const read = all.map(eip => [eip, readPackage(eip, now)] as const);
  const valid = read.flatMap(([, pack]) => ('eip' in pack ? [pack] : []));
  const open = valid.filter(({ eip }) => !exemption(eip, facts, policy.exempt));
  const next = lastOf(open.filter(pack => runsOut(pack, valid, bounds)));
  return read.map(([eip, pack]) => {
    const exempt = exemption(eip, facts, policy.exempt);
    return [eip, exempt ?? ('eip' in pack ? judge(pack, valid, next, facts, bounds, now) : pack)];
  });
}

/** The package, or why nothing can be said of it. */
function readPackage(eip: Eip, now: Date): Package | Settled {
  if (OVER.has(eip.status)) return keep('package-over', { status: eip.status });
  if (eip.status !== 'VALID') return hold('package-unreadable', { what: 'status', text: eip.status });
  const expiresAt = readableExpiry(eip);
  if (!(expiresAt instanceof Date)) return expiresAt;
  // The state follows the clock with a delay.
  if (expiresAt <= now) return keep('package-over', { status: eip.status });
  const { cycleType = null, sizeGb = null, leftGb = null, alike = [] } = eip.traffic ?? {};
  if (cycleType === null || sizeGb === null) return hold('package-unreadable', { what: 'size', text: '' });
  if (leftGb === null) return hold('package-unreadable', { what: 'left', text: '' });
  return { eip, cycleType, sizeGb, leftGb, alike, expiresAt };
}

const percentLeft = ({ leftGb, sizeGb }: Package): number => (100 * leftGb) / sizeGb;

/** Where less than a share of the package is left, and the others together do not hold that much either. */
const isShort = (pack: Package, valid: readonly Package[], percent: number): boolean =>
  percentLeft(pack) < percent && 100 * leftIn(othersOf(pack, valid)) < percent * pack.sizeGb;

const othersOf = (pack: Package, valid: readonly Package[]) => valid.filter(other => other.eip.id !== pack.eip.id);
const leftIn = (packs: readonly Package[]): number => packs.reduce((sum, { leftGb }) => sum + leftGb, 0);

const runsOut = (pack: Package, valid: readonly Package[], { rebuyBelowPercent }: TrafficPackagePolicy): boolean =>
  rebuyBelowPercent !== null && isShort(pack, valid, rebuyBelowPercent);

/** Of several that run out at once, only the one that was to last longest is bought again: the next run sees what that gave. */
const lastOf = (packs: readonly Package[]): Package | undefined =>
  packs.toSorted((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime() || (a.eip.id < b.eip.id ? -1 : 1))[0];

function judge(
  pack: Package,
  valid: readonly Package[],
  next: Package | undefined,
  { labelled }: RegionFacts,
  bounds: TrafficPackagePolicy,
  now: Date,
): PackageJudgement {
  const facts = factsOf(pack, now);
  if (runsOut(pack, valid, bounds)) {
    if (next && next !== pack) return keep('package-covered', { ...facts, by: next.eip.id });
    if ('unreadable' in labelled) return hold('labels-unreadable', { why: labelled.unreadable });
    return { decision: 'due', reason: { code: 'package-runs-out', facts }, pack };
  }
  if (isShort(pack, valid, bounds.warnBelowPercent)) return hold('package-low', facts);
  const others = othersOf(pack, valid);
  const by = others.map(({ eip }) => eip.id).join(', ');
  if (daysUntil(pack.expiresAt, now) <= bounds.warnWithinDays) {
    const isFollowed = others.some(other => lasts(other, bounds, now));
    return isFollowed ? keep('package-covered', { ...facts, by }) : hold('package-expiring', facts);
  }
  const isLow = percentLeft(pack) < bounds.warnBelowPercent;
  return isLow ? keep('package-covered', { ...facts, by }) : keep('package-enough', facts);
}

/** Neither low nor about to expire. */
const lasts = (pack: Package, { warnBelowPercent, warnWithinDays }: TrafficPackagePolicy, now: Date): boolean =>
  percentLeft(pack) >= warnBelowPercent && daysUntil(pack.expiresAt, now) > warnWithinDays;

const factsOf = (pack: Package, now: Date) => ({
  leftPercent: Math.round(100 * percentLeft(pack)) / 100,
  leftGb: pack.leftGb,
  sizeGb: pack.sizeGb,
  ...expiryFacts(pack.expiresAt, now),
});
