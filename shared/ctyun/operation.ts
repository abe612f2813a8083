import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';
import { CtyunError } from './errors.ts';
import type { QueryValue } from './signature.ts';

/** The first part of a product's host: `ctvpc` -> `ctvpc-global.ctapi.ctyun.cn`. */
export type Product = 'ctvpc' | 'ctecs';

/** A member of a request body. */
export type BodyValue = QueryValue | readonly string[];

/**
 * One call of the API, as data. `GET` takes its parameters in the query, `POST` in a JSON body.
 * `token`: whether the call takes a `clientToken`: none, one that only marks a read, or one that makes a write idempotent.
 */
export type Operation<Params extends Record<string, BodyValue>, Answer> = {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly product: Product;
  readonly path: string;
  readonly effect: 'read' | 'write';
  readonly token: 'none' | 'any' | 'idempotent';
  readonly answer: (envelope: Envelope) => Answer;
  /** Never set: carries the parameters' type. */
  readonly params?: Params;
};

/** Where the answer is in the envelope. Generated structs and official examples differ, so both shapes are accepted. */
export const objectOf =
  <T>(schema: z.ZodMiniType<T>) =>
  (envelope: Envelope): T => {
    const value: unknown = Array.isArray(envelope.returnObj) ? envelope.returnObj[0] : envelope.returnObj;
    return checked(schema, value);
  };

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
