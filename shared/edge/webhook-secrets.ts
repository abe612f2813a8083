import * as z from 'zod/mini';
import type { FetchSecret } from '../config/credentials.ts';
import type { Clock } from '../model/clock.ts';
import { ConfigError } from '../model/errors.ts';
import { jsonOf } from '../model/json.ts';

/** The secrets of one scheme, newest first. `refresh` fetches them anew where one was rotated, not more often than it may. */
export type WebhookSecrets = {
  readonly current: (scheme: string) => Promise<readonly string[]>;
  readonly refresh: (scheme: string) => Promise<readonly string[]>;
};

export const SECRET_FORM = '["whsec_…"]';
/** Forged requests must not make a fetch each. */
const REFRESH_AT_MOST_EVERY_MS = 10_000;

const list = z.array(z.string().check(z.minLength(1), z.maxLength(512))).check(z.minLength(1), z.maxLength(10));

type Cached = { readonly value: Promise<readonly string[]>; readonly fetchedAt: number };

/** @param ttlSeconds how long fetched secrets are believed */
export function webhookSecrets(fetch: FetchSecret, clock: Clock, ttlSeconds: number): WebhookSecrets {
  const cache = new Map<string, Cached>();
  const load = (scheme: string): Cached['value'] => {
    const value = fetch(scheme).then(text => parse(scheme, text));
    const entry = { value, fetchedAt: clock.now().getTime() };
    cache.set(scheme, entry);
    // A failure is not remembered: the next request asks again.
    value.catch(() => cache.get(scheme) === entry && cache.delete(scheme));
    return value;
  };
  const unlessOlder = (scheme: string, ms: number): Cached['value'] => {
    const cached = cache.get(scheme);
    return cached && clock.now().getTime() - cached.fetchedAt < ms ? cached.value : load(scheme);
  };
  return {
    current: scheme => unlessOlder(scheme, ttlSeconds * 1000),
    refresh: scheme => unlessOlder(scheme, REFRESH_AT_MOST_EVERY_MS),
  };
}

/** @throws ConfigError that never holds the secret's text */
function parse(scheme: string, text: string): readonly string[] {
  const read = z.safeParse(list, jsonOf(text));
  if (read.success) return read.data;
  throw new ConfigError(
    [`the webhook secret "${scheme}" is not a list of secrets`],
    `Store ${SECRET_FORM}, newest first.`,
  );
}
