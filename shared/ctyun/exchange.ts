import type { Credentials } from '../model/credentials.ts';
import { type Envelope, openEnvelope } from './envelope.ts';
import { CtyunError, type CtyunErrorDetails } from './errors.ts';
import type { SignedRequest } from './request.ts';
import { retryAfterMs } from './retry.ts';
import { type Wire, type WireAnswer, WireError } from './wire.ts';

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Sends one signed request and opens the answer.
 *
 * @param now the local clock's, to read dates in the answer's headers
 * @throws CtyunError with what the headers told (`retryAfterMs`, `serverDate`)
 */
export async function exchange(wire: Wire, request: SignedRequest, timeoutMs: number, now: Date): Promise<Envelope> {
  const answer = await sent(wire, request, timeoutMs);
  try {
    return openEnvelope(answer.status, answer.body);
  } catch (error) {
    if (!(error instanceof CtyunError)) throw error;
    throw new CtyunError({ ...error.details, ...toldByHeaders(answer, now) });
  }
}

async function sent(wire: Wire, request: SignedRequest, timeoutMs: number): Promise<WireAnswer> {
  try {
    return await wire({ ...request, timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const details = { kind: error.sent ? 'lost' : 'not-sent', code: error.code, message: error.message } as const;
    throw new CtyunError(details, '', '', { cause: error });
  }
}

function toldByHeaders({ headers }: WireAnswer, now: Date): Partial<CtyunErrorDetails> {
  const wait = retryAfterMs(headers['retry-after'], now);
  const serverTime = Date.parse(headers.date ?? '');
  return {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(Number.isNaN(serverTime) ? {} : { serverDate: new Date(serverTime) }),
  };
}

/** Says which call failed, and takes the key out of anything that the server may have echoed. */
export function named(error: unknown, operation: string, requestId: string, credentials: Credentials): unknown {
  if (!(error instanceof CtyunError)) return error;
  const safe = (text: string): string =>
    text.replaceAll(credentials.secretKey, '***').replaceAll(credentials.accessKey, '***');
  const { code, message } = error.details;
  const details = { ...error.details, code: safe(code), message: safe(message) };
  return new CtyunError(details, operation, requestId, { cause: error.cause });
}
