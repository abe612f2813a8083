/**
 * Checks the EOP signature of a received request, written from the specification and from nothing else: the product's
 * own signing code is what is being tested against it.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Received = { readonly headers: IncomingHttpHeaders; readonly rawQuery: string; readonly body: Buffer };
export type KeyPair = { readonly accessKey: string; readonly secretKey: string };

/** What the gateway holds against a request: a code of FACTS B2 and its words. */
export type GatewayRefusal = { readonly code: 'CTAPI_10009' | 'CTAPI_10002'; readonly message: string };

export type ClockRule = { readonly now: Date; readonly windowMinutes: number; readonly beijing: boolean };

const AUTHORIZATION = /^(\S+) Headers=(\S+) Signature=(\S+)$/;

const refused = (why: string): GatewayRefusal => ({
  code: 'CTAPI_10009',
  message: `ctyun-EOP: signature verification failed (${why})`,
});

/** The access key that a request claims, if it claims one. */
export const claimedKey = (headers: IncomingHttpHeaders): string | undefined =>
  AUTHORIZATION.exec(String(headers['eop-authorization'] ?? ''))?.[1];

/** @returns what is wrong, or undefined if the request is authentic and fresh */
export function signatureProblem(request: Received, key: KeyPair, clock: ClockRule): GatewayRefusal | undefined {
  const match = AUTHORIZATION.exec(String(request.headers['eop-authorization'] ?? ''));
  if (!match) return refused('no Eop-Authorization header');
  const [, , list = '', given = ''] = match;
  const names = list.split(';');
  const missing = ['ctyun-eop-request-id', 'eop-date'].filter(name => !names.includes(name) || !request.headers[name]);
  if (missing.length > 0) return refused(`${missing.join(' and ')} must be sent and signed`);
  const date = String(request.headers['eop-date']);
  if (!isFresh(date, clock)) return refused('eop-date is outside the window; it is Beijing time');
  const expected = sign(textOf(request, names), key, date);
  // Bytes, not characters: a header may hold characters of several bytes.
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(given)];
  const same = ours.byteLength === theirs.byteLength && timingSafeEqual(ours, theirs);
  return same ? undefined : refused('the signature differs');
}

function isFresh(date: string, { now, windowMinutes, beijing }: ClockRule): boolean {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  // JavaScript rolls 30 February over to March: such a stamp is no time.
  if (`${new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z` !== date) return false;
  const offsets = beijing ? [8] : [8, 0];
  return offsets.some(hours => Math.abs(wall - hours * 3_600_000 - now.getTime()) <= windowMinutes * 60_000);
}

function textOf({ headers, rawQuery, body }: Received, names: readonly string[]): string {
  const lines = names.toSorted().map(name => `${name}:${String(headers[name] ?? '')}\n`);
  const query = rawQuery.split('&').toSorted(byKey).join('&');
  return `${lines.join('')}\n${query}\n${createHash('sha256').update(body).digest('hex')}`;
}

const byKey = (a: string, b: string): number => {
  const [x = '', y = ''] = [a.split('=')[0], b.split('=')[0]];
  return x < y ? -1 : x > y ? 1 : 0;
};

function sign(text: string, { accessKey, secretKey }: KeyPair, date: string): string {
  const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
  const time = hmac(secretKey, date);
  const day = hmac(hmac(time, accessKey), date.slice(0, 8));
  return hmac(day, text).toString('base64');
}
