import type { Credentials } from '../model/credentials.ts';
import type { BodyValue, Operation, Product } from './operation.ts';
import { canonicalQuery, type QueryValue, signedHeaders } from './signature.ts';

/** A request ready to be sent: what is here is what was signed, byte by byte. */
export type SignedRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
};

/** What differs from try to try of one call: a fresh request id, the instant, perhaps the key. */
export type Try = {
  readonly credentials: Credentials;
  readonly instant: Date;
  readonly requestId: string;
  /** Scheme and host of a product. */
  readonly endpoint: (product: Product) => string;
  /** The `clientToken`; the same for every try of a write. */
  readonly token: string | undefined;
};

// Requests without a User-Agent run into CTyun's risk control (a comment in the official SDK).
const USER_AGENT = 'Mozilla/5.0 (compatible; eip-autopilot/0.1)';

/** Serialises once, signs exactly those bytes, and puts the signed query string into the URL verbatim. */
export function signedRequest<P extends Record<string, BodyValue>, A>(
  operation: Operation<P, A>,
  params: P,
  { credentials, instant, requestId, endpoint, token }: Try,
): SignedRequest {
  const all = withToken(operation, params, token, requestId);
  const inBody = (operation.place ?? (operation.method === 'POST' ? 'body' : 'query')) === 'body';
  const body = inBody ? Buffer.from(JSON.stringify(all)) : undefined;
  const query = inBody ? '' : canonicalQuery(all as Record<string, QueryValue>);
  const headers = signedHeaders(credentials, { query, body: body ?? '', requestId, instant });
  return {
    method: operation.method,
    url: `${endpoint(operation.product)}${operation.path}${query && `?${query}`}`,
    headers: { ...headers, 'Content-Type': 'application/json', 'User-Agent': USER_AGENT },
    body,
  };
}

function withToken<P extends Record<string, BodyValue>, A>(
  operation: Operation<P, A>,
  params: P,
  token: string | undefined,
  requestId: string,
): Record<string, BodyValue> {
  if (operation.token === 'none') return params;
  if (operation.token === 'any') return { clientToken: requestId, ...params };
  // Without a lasting token a repetition would be a second purchase.
  if (!token) throw new Error(`${operation.name} needs a token`);
  return { clientToken: token, ...params };
}
