import * as z from 'zod/mini';
import { ConfigError } from '../model/errors.ts';

/** Everything that the environment decides. Read once, then frozen. */
export type Settings = {
  /** False: whatever an ask, a person or the switch says, nothing of the cloud is changed here. */
  readonly applyAllowed: boolean;
  /** Scheme and host that replace every product's; undefined = CTyun itself. */
  readonly endpoint: string | undefined;
  /** The DynamoDB table of the ledger; without it nothing can be changed. */
  readonly ledgerTable: string | undefined;
  /** The SQS queue to which a function hands work for its own later runs; without it there is one run for all. */
  readonly queueUrl: string | undefined;
  /** A secret's name is this and the account's name. */
  readonly secretPrefix: string;
  /** How long fetched credentials are believed, in seconds. */
  readonly credentialsTtlSeconds: number;
  /** Accounts whose credentials are fetched at cold start. */
  readonly accounts: readonly string[];
  /** Calls to CTyun in flight at once, per account. */
  readonly concurrency: number;
  /** For one try of one call, in milliseconds. */
  readonly timeoutMs: number;
};

const wholeNumber = (from: number, to: number, fallback: number) =>
  z.pipe(
    z._default(z.string(), String(fallback)),
    z.pipe(
      z.transform((text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN)),
      z.number().check(z.gte(from), z.lte(to)),
    ),
  );

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const isEndpoint = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username;
};

const FIELDS = {
  APPLY_ALLOWED: z._default(z.enum(['true', 'false']), 'true'),
  CTYUN_ENDPOINT: z.optional(z.string().check(z.refine(isEndpoint))),
  LEDGER_TABLE: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{3,255}$/))),
  QUEUE_URL: z.optional(z.url({ protocol: /^https?$/ })),
  CTYUN_SECRET_PREFIX: z._default(z.string().check(z.regex(/^[A-Za-z0-9/_+=.@-]{0,200}$/)), 'ctyun/'),
  CREDENTIALS_TTL_SECONDS: wholeNumber(0, 86_400, 300),
  CTYUN_ACCOUNTS: z.pipe(
    z._default(z.string(), 'main'),
    z.pipe(
      z.transform((text: string) =>
        text
          .split(',')
          .map(name => name.trim())
          .filter(Boolean),
      ),
      z.array(z.string().check(z.regex(NAME))),
    ),
  ),
  CTYUN_CONCURRENCY: wholeNumber(1, 100, 8),
  CTYUN_TIMEOUT_MS: wholeNumber(100, 120_000, 15_000),
};

const EXPECTED: Readonly<Record<string, string>> = {
  APPLY_ALLOWED: 'true or false',
  CTYUN_ENDPOINT: 'an http(s) URL without path, query or user, for instance http://127.0.0.1:8080',
  LEDGER_TABLE: 'the name of a DynamoDB table: 3 to 255 letters, digits and _.-',
  QUEUE_URL: "an SQS queue's URL",
  CTYUN_SECRET_PREFIX: 'letters, digits and /_+=.@-',
  CREDENTIALS_TTL_SECONDS: 'whole seconds from 0 to 86400',
  CTYUN_ACCOUNTS: 'account names separated by commas',
  CTYUN_CONCURRENCY: 'a whole number from 1 to 100',
  CTYUN_TIMEOUT_MS: 'whole milliseconds from 100 to 120000',
};

/** @throws ConfigError naming every variable that is wrong, at once */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // An empty variable is an unset one: that is how shells and templates leave things out.
  const given = Object.fromEntries(Object.keys(FIELDS).map(name => [name, environment[name]?.trim() || undefined]));
  const read = z.safeParse(z.object(FIELDS), given);
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map(issue => String(issue.path[0])))];
    throw new ConfigError(
      wrong.map(name => `${name} must be ${EXPECTED[name]}`),
      'Correct the environment variables.',
    );
  }
  const value = read.data;
  return Object.freeze({
    applyAllowed: value.APPLY_ALLOWED === 'true',
    endpoint: value.CTYUN_ENDPOINT?.replace(/\/$/, ''),
    ledgerTable: value.LEDGER_TABLE,
    queueUrl: value.QUEUE_URL,
    secretPrefix: value.CTYUN_SECRET_PREFIX,
    credentialsTtlSeconds: value.CREDENTIALS_TTL_SECONDS,
    accounts: value.CTYUN_ACCOUNTS,
    concurrency: value.CTYUN_CONCURRENCY,
    timeoutMs: value.CTYUN_TIMEOUT_MS,
  });
}
