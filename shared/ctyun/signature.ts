/**
 * The EOP signature of CTyun's OpenAPI, step by step as the official signing page has it (document 10264960/10022621).
 * Everything here is pure: credentials, request id and instant are arguments.
 *
 * Three traps: the date is Beijing wall time with a literal `Z` (not UTC); the body digest is of the exact bytes sent;
 * the query string that is signed is the one in the URL, byte by byte.
 */
import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Credentials } from '../model/credentials.ts';

export type QueryValue = string | number | boolean | undefined;

/** The parts of one request that are signed. Method, host and path are not among them. */
export type Signable = {
  /** The canonical query string, without `?`, exactly as it stands in the URL. */
  readonly query: string;
  /** The bytes of the body; empty when there is none. */
  readonly body: string | Uint8Array;
  /** A fresh id for every try (a UUID). */
  readonly requestId: string;
  readonly instant: Date;
};

const BEIJING_AHEAD_MS = 8 * 3600_000;
const SIGNED_HEADERS = 'ctyun-eop-request-id;eop-date';

/** Step 1: the date header, Beijing wall time: 2026-08-19T16:10:11Z -> `20260820T001011Z`. */
export function eopDate(instant: Date): string {
  const wall = new Date(instant.getTime() + BEIJING_AHEAD_MS).toISOString();
  return `${wall.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Step 2: parameters sorted by name, RFC 3986 encoded (`%20`, never `+`), empty values kept, `undefined` left out. */
export function canonicalQuery(params: Readonly<Record<string, QueryValue>>): string {
  return Object.entries(params)
    .filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(String(value))}`)
    .join('&');
}

// encodeURIComponent leaves !'()* alone, which RFC 3986 reserves, and throws on lone surrogates, which have no UTF-8.
const encodeRfc3986 = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Step 3: SHA-256 of the body's exact bytes, lower-case hex. */
export const bodyDigest = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** Step 4: the signed headers in name order, an empty line, the query, the body digest. */
export const stringToSign = (requestId: string, date: string, query: string, digest: string): string =>
  `ctyun-eop-request-id:${requestId}\neop-date:${date}\n\n${query}\n${digest}`;

/** Step 5: the key of the (Beijing) day, chained from secret key, date, access key and calendar date. */
export function dayKey({ accessKey, secretKey }: Credentials, date: string): KeyObject {
  const timeKey = createHmac('sha256', secretKey).update(date).digest();
  const accessKeyKey = createHmac('sha256', timeKey).update(accessKey).digest();
  return createSecretKey(createHmac('sha256', accessKeyKey).update(date.slice(0, 8)).digest());
}

/** Step 6: the signature, base64. */
export const signature = (key: KeyObject, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64');

/** All steps: the headers that authenticate one request. */
export function signedHeaders(credentials: Credentials, request: Signable): Record<string, string> {
  const date = eopDate(request.instant);
  const text = stringToSign(request.requestId, date, request.query, bodyDigest(request.body));
  const signed = signature(keyOfTheSecond(credentials, date), text);
  return {
    'ctyun-eop-request-id': request.requestId,
    'eop-date': date,
    'Eop-Authorization': `${credentials.accessKey} Headers=${SIGNED_HEADERS} Signature=${signed}`,
  };
}

/** The date has the resolution of a second, so within one second an account's key is the same and is kept. */
const kept = new Map<string, { secretKey: string; date: string; key: KeyObject }>();
const MAX_KEPT = 64;

function keyOfTheSecond(credentials: Credentials, date: string): KeyObject {
  const last = kept.get(credentials.accessKey);
  if (last?.date === date && last.secretKey === credentials.secretKey) return last.key;
  if (kept.size >= MAX_KEPT) kept.clear();
  const key = dayKey(credentials, date);
  kept.set(credentials.accessKey, { secretKey: credentials.secretKey, date, key });
  return key;
}
