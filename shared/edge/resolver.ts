import { Resolver as DnsResolver } from 'node:dns/promises';
import type { Resolver } from '../flow/world.ts';

/** There is no such name, or it has no record of this kind: an answer, unlike silence. */
const NONE: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** An IPv6 address stands in brackets; an IPv4 address may have a port. */
const bracketed = (server: string): string => (/:.*:/.test(server) ? `[${server}]` : server);

function ask(servers: readonly string[], timeoutMs: number): DnsResolver {
  const resolver = new DnsResolver({ timeout: timeoutMs, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers.map(bracketed));
  return resolver;
}

async function orNone(answer: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NONE.has(String(error.code))) return [];
    throw error;
  }
}

/** Asks DNS over the network; CNAMEs are followed by the servers. */
export const systemResolver: Resolver = {
  addressesOf: async (name, servers, timeoutMs) => {
    const resolver = ask(servers, timeoutMs);
    const both = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))]);
    return both.flat();
  },
  namesOf: (address, servers, timeoutMs) => orNone(ask(servers, timeoutMs).reverse(address)),
};
