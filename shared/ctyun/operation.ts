import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';
import { CtyunError } from './errors.ts';
import type { ParamsOf, Takes } from './parameter.ts';
import type { QueryValue } from './signature.ts';

/** The first part of a product's host: `ctvpc` -> `ctvpc-global.ctapi.ctyun.cn`. */
export type Product = 'ctvpc' | 'ctecs' | 'ctelb';

/** A member of a request body. */
export type BodyValue = QueryValue | readonly string[];

/**
 * One call of the API, as data.
 * `token`: whether the call takes a `clientToken`: none, one that only marks a read, or one that makes a write idempotent.
 */
export type Operation<Params, Answer> = {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly product: Product;
  readonly path: string;
  /** Where parameters travel, if not where the method says: GET in the query, POST in a JSON body. */
  readonly place?: 'query' | 'body';
  readonly effect: 'read' | 'write';
  readonly token: 'none' | 'any' | 'idempotent';
  readonly answer: (envelope: Envelope) => Answer;
  /** Never set: carries the parameters' type. */
  readonly params?: Params;
};

/** A call that says what it takes, under the documentation's own title. */
export type ApiOperation<Params = Record<string, BodyValue>, Answer = unknown> = Operation<Params, Answer> & {
  readonly title: string;
  /** Its parameters but the `clientToken`, which the client adds. */
  readonly takes: Takes;
  /** At least one of these must be given. */
  readonly anyOf?: readonly string[];
};

/** What deviates from the usual call of a kind. */
type Deviation = Partial<Pick<ApiOperation, 'product' | 'place' | 'effect' | 'token' | 'anyOf'>>;

/** A look: GET, nothing but the query, no token. */
export function look<const T extends Takes, A>(
  name: string,
  title: string,
  path: string,
  takes: T,
  answer: (envelope: Envelope) => A,
  other: Deviation = {},
): ApiOperation<ParamsOf<T>, A> {
  const usual = { method: 'GET', product: 'ctvpc', effect: 'read', token: 'none' } as const;
  return { ...usual, name, title, path, takes, answer, ...other };
}

/** A change: POST with a `clientToken` that makes it idempotent. Prices and lists are asked in the same way (`effect`). */
export function change<const T extends Takes, A>(
  name: string,
  title: string,
  path: string,
  takes: T,
  answer: (envelope: Envelope) => A,
  other: Deviation = {},
): ApiOperation<ParamsOf<T>, A> {
  const usual = { method: 'POST', product: 'ctvpc', effect: 'write', token: 'idempotent' } as const;
  return { ...usual, name, title, path, takes, answer, ...other };
}

/** A question that is asked by POST, with a token that only marks it. */
export const QUESTION = { effect: 'read', token: 'any' } as const;
/** A question that is asked by POST, without a token. */
export const BARE_QUESTION = { effect: 'read', token: 'none' } as const;
/** A change that takes no `clientToken`: sent twice, it is done twice. */
export const TOKENLESS = { token: 'none' } as const;

/** Where the answer is in the envelope. Generated structs and official examples differ, so both shapes are accepted. */
export function objectOf<T>(schema: z.ZodMiniType<T>): (envelope: Envelope) => T {
  return envelope => {
    const value: unknown = Array.isArray(envelope.returnObj) ? envelope.returnObj[0] : envelope.returnObj;
    return checked(schema, value);
  };
}

/** For calls that answer nothing but success. */
export const nothing = (_envelope: Envelope): void => undefined;

/** @throws CtyunError `unreadable`, naming the fields that are not as documented (never their values) */
export function checked<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(issue => `returnObj${issue.path.map(key => `.${String(key)}`).join('')}`);
  throw new CtyunError({
    kind: 'unreadable',
    code: 'UNEXPECTED_ANSWER',
    message: `the answer is not as documented at ${[...new Set(fields)].slice(0, 5).join(', ')}`,
  });
}
