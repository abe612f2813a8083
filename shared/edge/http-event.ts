import { strictBase64 } from '../chat/digest.ts';
import { at, textAt } from '../chat/json.ts';
import { MAX_BODY_BYTES, type Received } from '../chat/received.ts';
import { judged, type Refusal, refuse } from '../chat/refusal.ts';

/** A request as API Gateway (HTTP API, payload 2.0) or a Function URL delivers it, with the body's exact bytes. */
export type HttpRequest = Received & { readonly path: string; readonly rawQuery: string };

/**
 * Decodes the event: the body first, whatever its encoding, so that what is verified later are the bytes that were sent.
 * Base64 is measured before it is decoded, and must be canonical.
 */
export function decodeHttpEvent(event: unknown): HttpRequest | Refusal {
  return judged(() => {
    const rawQuery = textAt(event, 'rawQueryString');
    return {
      method: textAt(event, 'requestContext', 'http', 'method').toUpperCase() || refuse('unparsable'),
      path: textAt(event, 'rawPath') || '/',
      rawQuery,
      query: queryOf(rawQuery),
      headers: headersOf(at(event, 'headers')),
      body: bodyOf(at(event, 'body'), at(event, 'isBase64Encoded')),
    };
  });
}

/** The first of several values counts: what is signed must not depend on who reads the last. */
function queryOf(rawQuery: string): Record<string, string> {
  const pairs = [...new URLSearchParams(rawQuery)];
  return Object.fromEntries(pairs.toReversed());
}

function headersOf(headers: unknown): Record<string, string> {
  const pairs = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function bodyOf(body: unknown, isBase64: unknown): Buffer {
  if (body === undefined || body === null || body === '') return Buffer.alloc(0);
  if (typeof body !== 'string') return refuse('unparsable');
  if (isBase64 !== true) return sized(Buffer.from(body));
  if (body.length > Math.ceil(MAX_BODY_BYTES / 3) * 4) refuse('too-large');
  return sized(strictBase64(body) ?? refuse('wrong-encoding'));
}

const sized = (body: Buffer): Buffer => (body.byteLength > MAX_BODY_BYTES ? refuse('too-large') : body);
