import { canonicalAddress } from '../model/address.ts';
import type { Eip } from '../model/eip.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { OrphanExempt, OrphanPolicy } from '../model/orphans.ts';
import { matchingPattern } from './names.ts';
import { hold, keep, type Settled } from './orphan-judged.ts';

const DAY_MS = 86_400_000;

/** What release-orphans leaves alone whatever else is true, in the order in which a person would want to hear it. */
export function kept(
  eip: Eip,
  { labelled }: RegionFacts,
  { exempt }: Pick<OrphanPolicy, 'exempt'>,
): Settled | undefined {
  if (eip.status === 'DELETED') return keep('gone', { status: eip.status });
  const pattern = matchingPattern(eip.name, exempt.names);
  if (pattern !== undefined) return keep('exempt-name', { pattern });
  if (isExemptAddress(eip, exempt)) return keep('exempt-address');
  if (hasLabel(eip, labelled)) return keep('exempt-label');
  return eip.packaged ? keep('packaged') : undefined;
}

export const isExemptAddress = ({ address }: Pick<Eip, 'address'>, { addresses }: OrphanExempt): boolean =>
  addresses.includes(canonicalAddress(address) ?? address);

const hasLabel = (eip: Eip, labelled: RegionFacts['labelled']): boolean =>
  !('unreadable' in labelled) && (labelled.has(eip.id) || (eip.resourceId !== null && labelled.has(eip.resourceId)));

/** States and ways of billing in which an EIP is not released, though nothing uses it. */
export function unfit(eip: Eip, policy: OrphanPolicy, now: Date): Settled | undefined {
  if (eip.status !== 'DOWN') return hold('state', { status: eip.status });
  if (eip.address === '') return hold('address-missing');
  if (eip.billing === 'unknown') return hold('billing-unknown');
  if (eip.billing === 'on_demand') return policy.billing.includes('on_demand') ? undefined : hold('idle-not-asked');
  return termLeft(eip, policy, now);
}

/** A periodic EIP is paid for: what is left of its term is told, and only its last days end in a release. */
function termLeft({ expiresAt, expiryText }: Eip, policy: OrphanPolicy, now: Date): Settled | undefined {
  if (expiresAt === null) return expiryText ? hold('expiry-unreadable', { text: expiryText }) : hold('expiry-missing');
  const left = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  const facts = { daysLeft: Math.round(left * 100) / 100, expiresAt: expiresAt.toISOString() };
  if (left <= 0) return hold('expired-idle', facts);
  const wanted = policy.periodic === 'release-when-expiring' && left <= policy.expiringDays;
  return wanted ? undefined : hold('idle-periodic', facts);
}
