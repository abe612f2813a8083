import * as z from 'zod/mini';
import { canonicalAddress } from '../model/address.ts';
import type { Ask } from '../model/ask.ts';
import type { OrphanPolicy, Zone } from '../model/orphans.ts';
import { askReader, exempt, limitsOf, wholeNumber } from './ask.ts';
import { readZone } from './zone-file.ts';

const hours = z.number().check(z.gte(0), z.lte(8784));
const address = z.pipe(
  z.string().check(z.refine(text => canonicalAddress(text) !== null, 'must be an IPv4 or IPv6 address')),
  z.transform((text: string) => canonicalAddress(text) ?? text),
);
const name = z.string().check(z.regex(/^[\p{L}\p{N}*?._-]{1,253}$/u, 'must be a name, * and ? allowed'));

/** The text of a zone file: read where there are files, understood here. */
const zone = z.pipe(
  z.strictObject({ file: z._default(z.string(), 'zone'), origin: z._default(z.string(), ''), text: z.string() }),
  z.transform((given, context): Zone => {
    const read = readZone(given.text, given.origin);
    if ('zone' in read) return read.zone;
    for (const problem of read.problems)
      context.issues.push({ code: 'custom', message: `${given.file}, ${problem}`, path: [], input: given.file });
    return z.NEVER;
  }),
);

const NO_FILES = 'files are read by the terminal only; say the text of each: "zones": [{ "text": "…" }]';
const NO_DNS = { names: [], zones: [], zoneFiles: [], resolvers: [], timeoutSeconds: 3 };
const dns = z.strictObject({
  names: z._default(z.array(name).check(z.maxLength(500)), []),
  zoneFiles: z._default(z.array(z.string()).check(z.refine(files => files.length === 0, NO_FILES)), []),
  zones: z._default(z.array(zone), []),
  resolvers: z._default(z.array(address).check(z.maxLength(8)), []),
  timeoutSeconds: z._default(z.number().check(z.gte(0.1), z.lte(30)), 3),
});

const policy = z.pipe(
  z.strictObject({
    graceHours: z._default(hours, 168),
    warnHours: z._default(hours, 24),
    billing: z._default(z.array(z.enum(['on_demand'])), ['on_demand']),
    periodic: z._default(z.enum(['report', 'release-when-expiring']), 'report'),
    expiringDays: z._default(z.number().check(z.gte(0), z.lte(31)), 2),
    exempt: z._default(z.extend(exempt, { addresses: z._default(z.array(address), []) }), {
      ...{ names: [], addresses: [], labels: {} },
    }),
    dns: z._default(dns, NO_DNS),
    maxUnboundJumpPercent: z._default(z.number().check(z.gte(0), z.lte(100)), 25),
    settleWithinSeconds: z._default(z.number().check(z.gte(0), z.lte(600)), 20),
  }),
  z.transform((read): Omit<OrphanPolicy, 'inventoryFloor'> => {
    const { zoneFiles: _, ...rest } = read.dns;
    return { ...read, dns: rest };
  }),
);

/** What cannot be undone has tighter caps than what can; `inventoryFloor` is this function's own limit. */
const limits = z.extend(limitsOf({ maxActions: 10, maxSharePercent: 10 }), {
  inventoryFloor: z._default(wholeNumber(0, 100_000), 1),
});

const read = /* @__PURE__ */ askReader('orphans', policy, limits);

/** Reads the ask of release-orphans; its policy stands under `orphans`. @throws RejectedRequest */
export function readOrphansAsk(input: unknown): Ask<OrphanPolicy> {
  const ask = read(input);
  const { inventoryFloor, ...rest } = ask.limits;
  return { ...ask, limits: rest, policy: { ...ask.policy, inventoryFloor } };
}
