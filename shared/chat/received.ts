import { refuse } from './refusal.ts';

/** A request as it arrived: header names in lower case, query values decoded, the body's exact bytes. */
export type Received = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};

/** Plenty for a command; Slack's interactive payloads are the largest. */
export const MAX_BODY_BYTES = 64 * 1024;

/** The first check of every adapter: before anything is hashed, decrypted or parsed. */
export function bounded({ body }: Received): void {
  if (body.byteLength > MAX_BODY_BYTES) refuse('too-large');
}

/** @param method in upper case */
export function sentBy(received: Received, method: string): void {
  if (received.method.toUpperCase() !== method) refuse('wrong-method');
}

/** A header that must be there and not be empty. @param name in lower case */
export function header({ headers }: Received, name: string): string {
  return own(headers, name) || refuse('header-missing');
}

/** A query parameter that must be there and not be empty. */
export function parameter({ query }: Received, name: string): string {
  return own(query, name) || refuse('parameter-missing');
}

/** Names come from outside: `constructor` must not find what every object inherits. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
