/** A caller that signs, written for these tests alone: neither the product's signer nor the simulator's check. */
import { createHash, createHmac, randomUUID } from 'node:crypto';

export const KEY = { accessKey: 'k'.repeat(32), secretKey: 's'.repeat(32) };

export type Body = Record<string, unknown>;
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: Body };

/** What of a correct request a test wants otherwise. */
export type Change = {
  readonly key?: { accessKey: string; secretKey: string };
  readonly eopDate?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly text?: string;
};

/** Wall time as `yyyyMMddTHHmmssZ`; Beijing unless told. */
export const stamp = (now: Date, zoneHours = 8): string =>
  `${new Date(now.getTime() + zoneHours * 3_600_000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

export function authorization(
  key: { accessKey: string; secretKey: string },
  date: string,
  requestId: string,
  query: string,
  text: string,
): string {
  const digest = createHash('sha256').update(text).digest('hex');
  const signed = `ctyun-eop-request-id:${requestId}\neop-date:${date}\n\n${query}\n${digest}`;
  const day = hmac(hmac(hmac(key.secretKey, date), key.accessKey), date.slice(0, 8));
  const signature = hmac(day, signed).toString('base64');
  return `${key.accessKey} Headers=ctyun-eop-request-id;eop-date Signature=${signature}`;
}

const queryOf = (params: Body): string =>
  Object.keys(params)
    .toSorted()
    .map(name => `${name}=${encodeURIComponent(String(params[name]))}`)
    .join('&');

/** Sends raw parts and reads what comes back. */
export async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  text: string,
): Promise<Answer> {
  const response = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: text }) });
  const answered = await response.text();
  return { status: response.status, headers: response.headers, text: answered, body: jsonOf(answered) };
}

function jsonOf(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

/** Calls an operation, `'GET /v4/…'`, at a time. */
export function call(url: string, now: Date, operation: string, params: Body, change: Change = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = operation.split(' ');
  const query = method === 'GET' ? queryOf(params) : '';
  const text = change.text ?? (method === 'GET' ? '' : JSON.stringify(params));
  const requestId = randomUUID();
  const date = change.eopDate ?? stamp(now);
  const headers = {
    'content-type': 'application/json',
    'ctyun-eop-request-id': requestId,
    'eop-date': date,
    'eop-authorization': authorization(change.key ?? KEY, date, requestId, query, text),
    ...change.headers,
  };
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return send(`${url}${path}${query === '' ? '' : `?${query}`}`, method, Object.fromEntries(sent), text);
}
