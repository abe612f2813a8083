import type { Clock } from '../model/clock.ts';
import type { CredentialSource, Credentials } from '../model/credentials.ts';
import { ConfigError } from '../model/errors.ts';
import { jsonOf } from '../model/json.ts';

/** Fetches the text of an account's secret. @throws ConfigError when a person must mend something */
export type FetchSecret = (account: string) => Promise<string>;

/** A key that was just fetched anew and is refused again is not rotated but wrong: it is not fetched for every call. */
const REFRESH_AT_MOST_EVERY_MS = 10_000;

/** `again`: fetched in the place of an earlier one. */
type Cached = { readonly value: Promise<Credentials>; readonly fetchedAt: number; readonly again: boolean };

/** The credentials of all accounts, cached for a bounded time; simultaneous callers share one fetch. */
export class CredentialStore {
  readonly #fetch: FetchSecret;
  readonly #clock: Clock;
  readonly #ttlMs: number;
  readonly #cache = new Map<string, Cached>();

  constructor(fetch: FetchSecret, clock: Clock, ttlSeconds: number) {
    this.#fetch = fetch;
    this.#clock = clock;
    this.#ttlMs = ttlSeconds * 1000;
  }

  /** Starts fetching, for the time before the first event. A failure is forgotten here and met again on first use. */
  prefetch(accounts: readonly string[]): void {
    for (const account of accounts) this.#current(account).catch(() => undefined);
  }

  sourceOf(account: string): CredentialSource {
    return {
      current: () => this.#current(account),
      refresh: used => this.#refresh(account, used),
    };
  }

  #current(account: string): Promise<Credentials> {
    const cached = this.#cache.get(account);
    return cached && this.#age(cached) < this.#ttlMs ? cached.value : this.#load(account);
  }

  async #refresh(account: string, used: Credentials): Promise<Credentials> {
    const cached = this.#cache.get(account);
    if (!cached) return this.#load(account);
    const latest = await cached.value;
    const alreadyNew = latest.accessKey !== used.accessKey || latest.secretKey !== used.secretKey;
    if (alreadyNew || this.#cache.get(account) !== cached) return this.#current(account);
    return this.#isYoung(cached) ? latest : this.#load(account);
  }

  // A prefetched key may be younger than this at its first refusal and still be old: only a later one is spared.
  #isYoung(cached: Cached): boolean {
    return cached.again && this.#age(cached) < REFRESH_AT_MOST_EVERY_MS;
  }

  #load(account: string): Promise<Credentials> {
    const value = this.#fetch(account).then(text => parseCredentials(account, text));
    const entry = { value, fetchedAt: this.#clock.now().getTime(), again: this.#cache.has(account) };
    this.#cache.set(account, entry);
    value.catch(() => {
      if (this.#cache.get(account) === entry) this.#cache.delete(account);
    });
    return value;
  }

  #age({ fetchedAt }: Cached): number {
    return this.#clock.now().getTime() - fetchedAt;
  }
}

/** CTyun's keys are 32 characters (the official SDK checks it); stray white space of a secret store is trimmed. */
const KEY = /^[\x21-\x7e]{32}$/;

/**
 * Reads `{"accessKey": "…", "secretKey": "…"}`.
 *
 * @throws ConfigError naming every problem; it never holds the secret's text, and no cause that would quote it
 */
export function parseCredentials(account: string, text: string): Credentials {
  const secret = parseObject(text);
  const accessKey = trimmed(secret?.accessKey);
  const secretKey = trimmed(secret?.secretKey);
  const problems = [
    ...(secret ? [] : [`the secret of account "${account}" is not a JSON object`]),
    ...(secret && !KEY.test(accessKey) ? [`accessKey of account "${account}" is not 32 characters`] : []),
    ...(secret && !KEY.test(secretKey) ? [`secretKey of account "${account}" is not 32 characters`] : []),
  ];
  if (problems.length > 0) throw new ConfigError(problems, 'Store {"accessKey":"…","secretKey":"…"} as the secret.');
  return { accessKey, secretKey };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
