import * as z from 'zod/mini';
import type { Ask, Limits } from '../model/ask.ts';
import { RejectedRequest } from '../model/errors.ts';
import { fenOf } from '../model/money.ts';
import { problemsOf } from './ask-problems.ts';

export const wholeNumber = (from: number, to: number) => z.int().check(z.gte(from), z.lte(to));

/** Money in an ask is a string, for a JSON number of yuan would be a binary fraction. */
const money = z.pipe(
  z.string().check(z.regex(/^\d{1,9}(\.\d{1,2})?$/, 'must be an amount in CNY as a string, for instance "500.00"')),
  z.transform((text: string) => fenOf(text)),
);

/**
 * The bounds of one run, and of one day and month of an account over all runs. What is left out has these defaults;
 * there is no way to say "unlimited".
 */
export const limitsOf = (usual: Pick<Limits, 'maxActions' | 'maxSharePercent'>) =>
  z.strictObject({
    maxActions: z._default(wholeNumber(0, 100_000), usual.maxActions),
    maxSharePercent: z._default(z.number().check(z.gte(0), z.lte(100)), usual.maxSharePercent),
    maxSpendPerAction: z._default(money, fenOf('1000.00')),
    maxSpendPerRun: z._default(money, fenOf('1000.00')),
    maxSpendPerDay: z._default(money, fenOf('2000.00')),
    maxSpendPerMonth: z._default(money, fenOf('10000.00')),
  });

const USUAL = limitsOf({ maxActions: 20, maxSharePercent: 50 });

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const REGION = /^(\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63})$/;

const target = z.strictObject({
  account: z.string().check(z.regex(ACCOUNT, 'must be the name of an account: letters, digits, . _ -')),
  regions: z.array(z.string().check(z.regex(REGION, 'must be a region id (资源池 ID) or "*"'))).check(
    z.minLength(1),
    z.refine(regions => !regions.includes('*') || regions.length === 1, '"*" stands alone'),
  ),
});

const slot = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 time; the scheduler fills it in' });

/** Labels and name patterns that exempt an EIP. */
export const exempt = z.strictObject({
  names: z._default(z.array(z.string().check(z.minLength(1), z.maxLength(64))), []),
  labels: z._default(
    z.record(z.string().check(z.minLength(1), z.maxLength(32)), z.string().check(z.minLength(1), z.maxLength(32))),
    {},
  ),
});

const notify = z.strictObject({
  channels: z
    .array(z.string().check(z.regex(ACCOUNT, 'must be the name of a channel: letters, digits, . _ -')))
    .check(z.minLength(1), z.maxLength(10)),
  when: z._default(z.enum(['something', 'always']), 'something'),
  digest: z._default(z.nullable(z.enum(['daily'])), null),
});

const common = z.strictObject({
  mode: z._default(z.enum(['plan', 'apply']), 'plan'),
  targets: z.array(target).check(z.minLength(1), z.maxLength(1000)),
  slot: z.optional(slot),
  approval: z._default(z.enum(['required', 'when-held']), 'when-held'),
  approvers: z._default(wholeNumber(1, 10), 1),
  notify: z.optional(notify),
});

/**
 * Makes the reader of one function's ask: its policy stands under `key`, beside what all functions share.
 * Unknown keys, wrong types and impossible values are refused with every problem named at once.
 *
 * @param limits where its bounds are not the usual ones
 */
export function askReader<Policy>(key: string, policy: z.ZodMiniType<Policy>): (input: unknown) => Ask<Policy>;
export function askReader<Policy, L extends Limits>(
  key: string,
  policy: z.ZodMiniType<Policy>,
  limits: z.ZodMiniType<L>,
): (input: unknown) => Ask<Policy> & { readonly limits: L };
export function askReader<Policy>(key: string, policy: z.ZodMiniType<Policy>, limits: z.ZodMiniType<Limits> = USUAL) {
  const schema = z.extend(common, { limits: z.optional(limits), [key]: policy });
  return (input: unknown): Ask<Policy> => {
    const read = z.safeParse(schema, input, { reportInput: true });
    if (!read.success) throw new RejectedRequest(`the ask (${key})`, problemsOf(read.error.issues));
    const {
      mode,
      targets,
      slot: at,
      limits: given,
      approval,
      approvers,
      notify: told,
    } = read.data as object as z.infer<typeof common> & { limits?: Limits };
    return {
      mode,
      targets,
      slot: at === undefined ? null : new Date(at).toISOString(),
      policy: (read.data as Record<string, unknown>)[key] as Policy,
      limits: given ?? z.parse(limits, {}),
      approval: { always: approval === 'required', approvers },
      ...(told ? { notify: told } : {}),
    };
  };
}
