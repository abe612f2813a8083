/** Faults on demand: which of them strike a call. */
import * as z from 'zod/mini';
import { Rate } from './rate.ts';
import type { Params } from './route.ts';
import { checkedInput } from './state.ts';

export const KINDS = [
  'latency',
  'throttle',
  'status',
  'reset-before',
  'reset-after',
  'hang-before',
  'hang-after',
  'garbage',
  'html',
  'empty',
  'huge',
  'short-page',
  'wrong-count',
  'duplicate-row',
  'stuck-order',
  'failed-order',
  'insufficient-balance',
  'expired-key',
  'clock-skew',
  'business-error',
  'price-error',
  'price-changes',
  'string-status',
  'array-return',
] as const;

/** Without these a fault of the kind would change nothing. */
const NEEDS: Readonly<Partial<Record<(typeof KINDS)[number], string>>> = {
  'wrong-count': 'delta',
  'clock-skew': 'minutes',
  'price-changes': 'factor',
};

const count = z.int().check(z.gte(0));
const fault = z
  .strictObject({
    kind: z.enum(KINDS),
    path: z.optional(z.string()),
    account: z.optional(z.string()),
    eipID: z.optional(z.string()),
    bandwidthID: z.optional(z.string()),
    regionID: z.optional(z.string()),
    after: z._default(count, 0),
    times: z.optional(count),
    ms: z.optional(z.number()),
    status: z.optional(z.int()),
    acted: z.optional(z.boolean()),
    delta: z.optional(z.int()),
    minutes: z.optional(z.number()),
    factor: z.optional(z.number()),
    code: z.optional(z.string()),
    message: z.optional(z.string()),
    retryAfterSeconds: z.optional(z.int()),
    perSecond: z.optional(z.number().check(z.gt(0))),
  })
  .check(context => {
    const needed = NEEDS[context.value.kind];
    if (needed === undefined || needed in context.value) return;
    context.issues.push({ code: 'custom', message: 'is required', path: [needed], input: context.value });
  });

export type Fault = z.infer<typeof fault>;
export type FaultKind = Fault['kind'];

/** What of a call decides whether a fault strikes it. */
export type Target = { readonly path: string; readonly account: string | undefined; readonly params: Params };

export class Faults {
  #list: { fault: Fault; met: number; rate: Rate | undefined }[] = [];

  /** @throws BadInput naming every problem */
  replace(input: unknown): void {
    const list = typeof input === 'object' && input !== null && 'faults' in input ? input.faults : input;
    this.#list = checkedInput(z.array(fault), list).map(one => ({
      fault: one,
      met: 0,
      rate: one.perSecond === undefined ? undefined : new Rate(one.perSecond, performance.now()),
    }));
  }

  list(): Fault[] {
    return this.#list.map(({ fault: one }) => one);
  }

  /** The faults that strike this call; each is counted once a call, whether or not the call can feel it. */
  strike(target: Target): Fault[] {
    return this.#list
      .filter(({ fault: one }) => concerns(one, target))
      .filter(entry => {
        const met = entry.met++;
        const { after, times = Number.POSITIVE_INFINITY } = entry.fault;
        return met >= after && met < after + times && !entry.rate?.lets(performance.now());
      })
      .map(({ fault: one }) => one);
  }
}

function concerns({ path, account, eipID, bandwidthID, regionID }: Fault, target: Target): boolean {
  const pathFits =
    path === undefined || (path.endsWith('*') ? target.path.startsWith(path.slice(0, -1)) : path === target.path);
  return (
    pathFits &&
    (account === undefined || account === target.account) &&
    (eipID === undefined || eipID === target.params.eipID) &&
    (bandwidthID === undefined || bandwidthID === target.params.bandwidthID) &&
    (regionID === undefined || regionID === target.params.regionID)
  );
}
