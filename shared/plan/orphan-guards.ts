import type { Eip } from '../model/eip.ts';
import type { RegionFacts } from '../model/facts.ts';
import type { DnsFacts, DnsPolicy, Uses } from '../model/orphans.ts';
import { pointing } from './dns-names.ts';
import { hold, type Settled } from './orphan-judged.ts';

type Guards = { readonly seen: RegionFacts; readonly uses: Uses; readonly dns: DnsFacts };

/** What could not be read holds the whole region: somebody who cannot be asked may say that the address is in use. */
export function guarded(
  { address }: Eip,
  { seen, uses, dns }: Guards,
  policy: { dns: DnsPolicy },
): Settled | undefined {
  if ('unreadable' in uses) return hold('witness-unreadable', { witness: uses.witness, why: uses.unreadable });
  if ('unreadable' in seen.labelled) return hold('labels-unreadable', { why: seen.labelled.unreadable });
  if ('unreadable' in dns) return hold('dns-unreadable', { why: dns.unreadable });
  const name = pointing(address, dns, policy.dns);
  return name === undefined ? undefined : hold('dns-points-here', { name });
}
