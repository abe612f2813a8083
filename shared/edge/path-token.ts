import * as z from 'zod/mini';
import { hashOf, same } from '../chat/digest.ts';
import type { FetchSecret } from '../config/credentials.ts';
import type { Clock } from '../model/clock.ts';
import { ConfigError } from '../model/errors.ts';
import { jsonOf } from '../model/json.ts';

/** Shorter tokens can be guessed; more than two are no rotation. */
const schema = z.strictObject({
  tokens: z.array(z.string().check(z.regex(/^[A-Za-z0-9_-]{32,256}$/))).check(z.minLength(1), z.maxLength(2)),
});

/** Whether a token that came in a path is one of the accepted ones. */
export type PathToken = (token: string) => Promise<boolean>;

/**
 * Verifies secret tokens in paths against a secret, `{"tokens": ["new", "old"]}`: two are accepted, so that one can be
 * replaced without a gap. The secret is fetched again when it is older than the time to live, never for a wrong token.
 *
 * @throws ConfigError when the secret is not there or not of this form
 */
export function pathToken(fetch: FetchSecret, name: string, clock: Clock, ttlSeconds: number): PathToken {
  let cached: { readonly hashes: Promise<readonly string[]>; readonly at: number } | undefined;
  const current = (): Promise<readonly string[]> => {
    const now = clock.now().getTime();
    if (cached && now - cached.at < ttlSeconds * 1000) return cached.hashes;
    const made = { hashes: fetch(name).then(text => hashesOf(name, text)), at: now };
    cached = made;
    made.hashes.catch(() => {
      if (cached === made) cached = undefined;
    });
    return made.hashes;
  };
  return async token => {
    // Hashes have one length, so that not even the token's length can be measured; and all are compared.
    const given = hashOf('sha256', token);
    return (await current()).filter(hash => same(given, hash)).length > 0;
  };
}

function hashesOf(name: string, text: string): readonly string[] {
  const read = z.safeParse(schema, jsonOf(text));
  if (read.success) return read.data.tokens.map(token => hashOf('sha256', token));
  const problem = `the secret "${name}" does not hold one or two tokens of 32 to 256 letters, digits, _ and -`;
  throw new ConfigError([problem], 'Store {"tokens":["…"]} as the secret.');
}

/** The text itself must not get into an error. */
