import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from '../../shared/model/credentials.ts';

type Chunk = string | Uint8Array;
const hmac = (key: Chunk, data: string): Chunk => createHmac('sha256', key).update(data).digest();

/** The signature once more, from the specification and in the plainest way: what tests compare with. */
export function fourHmacs({ accessKey, secretKey }: Credentials, date: string, text: string): string {
  const signed = [date, accessKey, date.slice(0, 8), text].reduce<Chunk>(hmac, secretKey);
  return Buffer.from(signed).toString('base64');
}

/** The `Eop-Authorization` that a request with these parts must carry. */
export function authorizationOf(
  credentials: Credentials,
  { requestId, date, query, body }: { requestId: string; date: string; query: string; body: Chunk },
): string {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const text = `ctyun-eop-request-id:${requestId}\neop-date:${date}\n\n${query}\n${bodyHash}`;
  const signed = fourHmacs(credentials, date, text);
  return `${credentials.accessKey} Headers=ctyun-eop-request-id;eop-date Signature=${signed}`;
}
