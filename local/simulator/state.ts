/** The simulated cloud: what a state file may say, and the records that the operations change. */
import * as z from 'zod/mini';
import { instantText } from './clock.ts';
import { eip, id } from './eip-state.ts';
import { completedLists, LISTS, type Lists } from './resource-state.ts';

const money = z.string().check(z.regex(/^\d+(\.\d{1,2})?$/, 'must be CNY as a decimal string'));

const region = z.looseObject({
  regionID: id,
  regionName: z._default(z.string(), ''),
  openapiAvailable: z._default(z.boolean(), true),
});

const account = z.strictObject({
  name: id,
  accessKey: id,
  secretKey: id,
  balance: z._default(money, '10000.00'),
  enabled: z._default(z.boolean(), true),
  deniedRegions: z._default(z.array(z.string()), []),
  eips: z._default(z.array(eip), []),
  instances: z._default(z.array(z.looseObject({ regionID: id, instanceID: id })), []),
  ...LISTS,
});

const settings = z.strictObject({
  orderSeconds: z._default(z.number().check(z.gte(0)), 2),
  bindSeconds: z._default(z.number().check(z.gte(0)), 1),
  requireBeijingTime: z._default(z.boolean(), true),
  timeWindowMinutes: z._default(z.number(), 15),
  tokenIdempotency: z._default(z.boolean(), true),
  gatewayHttpStatus: z._default(z.int(), 401),
  refuseBoundDelete: z._default(z.boolean(), true),
});

/**
 * CNY: a Mbps of bandwidth for a month up to `tierMbps` and above it, the months a year costs, an
 * hour on demand; a GB of a traffic package.
 */
const prices = z.strictObject({
  tierMbps: z._default(z.number(), 5),
  perMbpsMonth: z._default(z.number(), 23),
  perMbpsMonthAbove: z._default(z.number(), 80),
  monthsPerYear: z._default(z.number(), 10),
  perMbpsHour: z._default(z.number(), 0.06),
  perGb: z._default(z.number(), 0.4),
  discount: z._default(z.number(), 1),
});

const stateFile = z
  .strictObject({
    now: z.optional(z.iso.datetime({ offset: true })),
    regions: z.optional(z.array(region)),
    accounts: z.array(account).check(z.minLength(1)),
    prices: z.optional(prices),
    settings: z.optional(settings),
  })
  .check(({ value, issues }) => {
    for (const key of ['name', 'accessKey'] as const)
      if (new Set(value.accounts.map(one => one[key])).size < value.accounts.length)
        issues.push({ code: 'custom', message: `two have the same ${key}`, path: ['accounts'], input: key });
  });

export type SimEip = z.infer<typeof eip> & Record<string, unknown>;
export type SimAccount = Omit<z.infer<typeof account>, keyof Lists> & Lists & { eips: SimEip[] };
export type Settings = z.infer<typeof settings>;
export type Prices = z.infer<typeof prices>;
export type SimRegion = z.infer<typeof region>;
export type State = { regions: SimRegion[]; accounts: SimAccount[]; prices: Prices; settings: Settings };

/** The input does not fit; every problem is named. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** @throws BadInput naming every problem */
export function checkedInput<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const read = z.safeParse(schema, input, { error: z.locales.en().localeError });
  if (read.success) return read.data;
  throw new BadInput(
    read.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'input'}: ${message}`),
  );
}

/** Reads a state; `setClock` is told its `now` first, since relative times count from there. @throws BadInput */
export function readState(input: unknown, clock: { now(): Date; set(instant: Date): void }): State {
  const file = checkedInput(stateFile, input);
  if (file.now !== undefined) clock.set(new Date(file.now));
  const now = clock.now();
  const accounts = file.accounts.map(each => ({
    ...each,
    ...completedLists(each, now),
    eips: each.eips.map(row => completed(row, now)),
  }));
  const known = new Set(accounts.flatMap(({ eips }) => eips.map(({ regionID }) => regionID)));
  return {
    accounts,
    regions: file.regions ?? [...known].map(regionID => ({ regionID, regionName: regionID, openapiAvailable: true })),
    prices: file.prices ?? z.parse(prices, {}),
    settings: file.settings ?? z.parse(settings, {}),
  };
}

/** The fields of an EIP of which a state says nothing. */
export const EIP_DEFAULTS = {
  name: '',
  description: '',
  associationID: '',
  associationType: null,
  privateIpAddress: '',
  bandwidth: 5,
  bandwidthID: '',
  bandwidthType: 'standalone',
  status: 'DOWN',
  tags: '',
  createdAt: '-30d',
  updatedAt: '-30d',
  expiredAt: null,
  projectID: '0',
  lineType: 'bgp',
  portID: '',
  isPackaged: false,
  enableSecondLevelMonitor: false,
};

function completed(row: SimEip, now: Date): SimEip {
  const billingMethod = row.expiredAt === null || row.expiredAt === undefined ? 'on_demand' : 'periodic';
  const full: Record<string, unknown> = { ...EIP_DEFAULTS, billingMethod, ...row };
  for (const name of ['createdAt', 'updatedAt', 'expiredAt']) full[name] = instantText(full[name], now);
  const points = row.load?.points?.map(point => ({ ...point, at: String(instantText(point.at, now)) }));
  return { ...(full as SimEip), ...(row.load && points ? { load: { ...row.load, points } } : {}) };
}
