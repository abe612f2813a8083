import { createHash, createHmac, randomUUID } from 'node:crypto';
import { KEY } from '../../stand.ts';

export type Said = { status: number; date: Date; body: Record<string, unknown> & { returnObj?: unknown } };

/** A client of its own, in ten lines, that trusts neither the product's signing nor the simulator's. */
export async function callSigned(
  url: string,
  method: 'GET' | 'POST',
  path: string,
  params: Record<string, unknown> = {},
  change: { at?: Date; key?: typeof KEY } = {},
): Promise<Said> {
  const { accessKey, secretKey } = change.key ?? KEY;
  const wall = new Date((change.at ?? new Date()).getTime() + 8 * 3_600_000).toISOString();
  const date = `${wall.slice(0, 19).replace(/[-:]/g, '')}Z`;
  const id = randomUUID();
  const query =
    method === 'GET'
      ? Object.keys(params)
          .sort()
          .map(name => `${name}=${encodeURIComponent(String(params[name]))}`)
          .join('&')
      : '';
  const body = method === 'POST' ? JSON.stringify(params) : '';
  const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
  const text = `ctyun-eop-request-id:${id}\neop-date:${date}\n\n${query}\n${createHash('sha256').update(body).digest('hex')}`;
  const signature = hmac(hmac(hmac(hmac(secretKey, date), accessKey), date.slice(0, 8)), text).toString('base64');
  const headers = {
    'ctyun-eop-request-id': id,
    'eop-date': date,
    'Eop-Authorization': `${accessKey} Headers=ctyun-eop-request-id;eop-date Signature=${signature}`,
  };
  const response = await fetch(`${url}${path}${query && `?${query}`}`, {
    method,
    headers,
    ...(method === 'POST' ? { body } : {}),
  });
  return {
    status: response.status,
    date: new Date(response.headers.get('date') ?? ''),
    body: (await response.json()) as Said['body'],
  };
}
