import { openEnvelope } from '../../shared/ctyun/envelope.ts';
import { CtyunError, type CtyunErrorDetails } from '../../shared/ctyun/errors.ts';

/** Bytes as they are, text as UTF-8, anything else as JSON. */
export const bytesOf = (body: unknown): Uint8Array =>
  body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

/** What `openEnvelope` says of an answer that it must not take for a success. */
export function refusalOf(httpStatus: number, body: unknown): CtyunErrorDetails {
  try {
    openEnvelope(httpStatus, bytesOf(body));
  } catch (error) {
    if (error instanceof CtyunError) return error.details;
    throw error;
  }
  throw new Error('the envelope was opened');
}
