import { canonicalAddress } from '../model/address.ts';
import type { DnsFacts, DnsPolicy } from '../model/orphans.ts';
import { matchingPattern } from './names.ts';

const lower = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** The name that points at an address: one that was given, or its reverse name where that fits one of them. */
export function pointing(address: string, dns: DnsFacts, { names }: Pick<DnsPolicy, 'names'>): string | undefined {
  if ('unreadable' in dns) return undefined;
  const canonical = canonicalAddress(address) ?? address;
  const named = dns.pointers.get(canonical);
  if (named !== undefined) return named;
  const patterns = names.map(lower);
  return dns.reverse.get(canonical)?.find(name => matchingPattern(lower(name), patterns) !== undefined);
}

/** Whether reverse names have to be asked for. */
export const needsReverse = ({ names }: Pick<DnsPolicy, 'names'>): boolean =>
  names.some(name => name.includes('*') || name.includes('?'));

/** What a resolver can be asked: names, and the wildcard record of a zone; not patterns beyond that. */
export const askable = (names: readonly string[]): string[] => [
  ...new Set(names.map(lower).filter(name => !/[*?]/.test(name.replace(/^\*\./, '')))),
];
