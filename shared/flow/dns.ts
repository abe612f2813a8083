import { canonicalAddress } from '../model/address.ts';
import type { DnsFacts, DnsPolicy, Zone } from '../model/orphans.ts';
import { askable, needsReverse } from '../plan/dns-names.ts';
import type { World } from './world.ts';

/**
 * Asks which names point at addresses. Every server is asked by itself, for they may know different things; one that does
 * not answer in time makes the whole unreadable.
 *
 * @param addresses those whose reverse names are asked for, where a pattern needs them
 */
export async function namesPointing(
  policy: DnsPolicy & { readonly zones?: readonly Zone[] },
  addresses: readonly string[],
  { resolver }: Pick<World, 'resolver'>,
): Promise<DnsFacts> {
  const zones = policy.zones ?? [];
  const pointers = new Map(zones.flatMap(zone => [...zone.pointers]));
  if (addresses.length === 0) return { pointers, reverse: new Map() };
  const names = [...askable(policy.names), ...zones.flatMap(({ outside }) => outside)];
  const servers = policy.resolvers.length > 0 ? policy.resolvers.map(server => [server]) : [[]];
  const timeoutMs = policy.timeoutSeconds * 1000;
  const each = <T>(items: readonly T[], ask: (item: T, server: readonly string[]) => Promise<readonly string[]>) =>
    Promise.all(items.flatMap(item => servers.map(async server => [item, await ask(item, server)] as const)));
  try {
    const found = await each(names, (name, server) => resolver.addressesOf(name, server, timeoutMs));
    for (const [name, at] of found) for (const one of at) pointers.set(canonicalAddress(one) ?? one, name);
    const asked = needsReverse(policy) ? addresses : [];
    const back = await each(asked, (address, server) => resolver.namesOf(address, server, timeoutMs));
    return { pointers, reverse: merged(back) };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

function merged(answers: readonly (readonly [string, readonly string[]])[]): ReadonlyMap<string, readonly string[]> {
  const reverse = new Map<string, readonly string[]>();
  for (const [address, names] of answers) {
    const key = canonicalAddress(address) ?? address;
    reverse.set(key, [...(reverse.get(key) ?? []), ...names]);
  }
  return reverse;
}
