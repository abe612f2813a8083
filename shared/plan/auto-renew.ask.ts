import * as z from 'zod/mini';
import type { RenewPolicy } from '../model/ask.ts';
import { askReader, exempt } from './ask.ts';

/** The term of a renewal. */
export const cycle = z
  .strictObject({ type: z.enum(['month', 'year']), count: z.int().check(z.gte(1), z.lte(11)) })
  .check(z.refine(({ type, count }) => type === 'month' || count <= 3, 'must be 1 to 11 months or 1 to 3 years'));

const days = (from: number) => z.number().check(z.gte(from), z.lte(366));

const percent = (from: number, to: number) => z.number().check(z.gte(from), z.lte(to));

/** What is left out warns at these bounds, and buys nothing. */
const trafficPackage = z.strictObject({
  warnBelowPercent: z._default(percent(0, 100), 20),
  warnWithinDays: z._default(days(0), 7),
  // Above this, the package that was bought would soon be bought again itself.
  rebuyBelowPercent: z._default(z.nullable(percent(1, 90)), null),
});

const resources = z
  .array(z.enum(['eip', 'ipv6-bandwidth', 'shared-bandwidth']))
  .check(z.refine(kinds => new Set(kinds).size === kinds.length, 'must name each resource once'));

const policy = z.pipe(
  z
    .strictObject({
      resources: z._default(resources, ['eip']),
      trafficPackage: z._default(z.nullable(trafficPackage), null),
      withinDays: days(0),
      notBeforeDays: z._default(z.nullable(days(0)), null),
      cycle,
      onlyBound: z._default(z.boolean(), false),
      includePackaged: z._default(z.boolean(), false),
      expired: z._default(z.enum(['hold', 'renew']), 'hold'),
      exempt: z._default(exempt, { names: [], labels: {} }),
      settleWithinSeconds: z._default(z.number().check(z.gte(0), z.lte(600)), 20),
    })
    .check(
      z.refine(
        ({ withinDays, notBeforeDays }) => notBeforeDays === null || notBeforeDays <= withinDays,
        'notBeforeDays must not be more than withinDays',
      ),
      z.refine(
        ({ resources: kinds, trafficPackage: bounds }) => kinds.length > 0 || bounds !== null,
        'resources must not be empty unless trafficPackage is given',
      ),
    ),
  z.transform((read): RenewPolicy => read),
);

/** Reads the ask of auto-renew; its policy stands under `renew`. @throws RejectedRequest */
export const readRenewAsk = /* @__PURE__ */ askReader('renew', policy);
