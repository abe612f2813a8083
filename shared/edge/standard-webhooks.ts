import { hmacSha256, same, strictBase64 } from '../chat/digest.ts';
import { bounded, header, type Received } from '../chat/received.ts';
import { firstAccepted, judged, type Refusal, refuse } from '../chat/refusal.ts';
import { freshInstant } from '../chat/timestamp.ts';

/** An authentic webhook. `id` is to be stored by a conditional write: the same id is the same request. */
export type AuthenticWebhook = {
  readonly kind: 'authentic';
  readonly id: string;
  /** When it was signed; null where the scheme does not say. */
  readonly sentAt: Date | null;
};

const PREFIX = 'whsec_';
/** Printable ASCII without `.`, which separates what is signed. */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
/** More would be work for nothing; a sender in rotation sends two. */
const MAX_SIGNATURES = 8;

/** The base64 of the HMAC-SHA256 of id, `.`, timestamp, `.` and the raw body; the key is what follows `whsec_`, decoded. */
export function standardSignature(secret: string, id: string, timestamp: string, body: Buffer): string {
  const key = secret.startsWith(PREFIX) ? strictBase64(secret.slice(PREFIX.length)) : undefined;
  if (key === undefined) return refuse('secret-missing');
  return hmacSha256(key, `${id}.${timestamp}.`, body).toString('base64');
}

/**
 * Verifies a webhook by the Standard Webhooks specification (standardwebhooks.com, 1.0.0), five minutes both ways.
 *
 * @param secrets newest first, each `whsec_` and base64
 */
export function verifyStandardWebhook(
  received: Received,
  secrets: readonly string[],
  now: Date,
): AuthenticWebhook | Refusal {
  return judged(() => {
    bounded(received);
    const id = header(received, 'webhook-id');
    const timestamp = header(received, 'webhook-timestamp');
    const signatures = header(received, 'webhook-signature').split(' ');
    if (!ID.test(id)) refuse('id-malformed');
    const sentAt = freshInstant(timestamp, 's', now);
    const given = signatures.slice(0, MAX_SIGNATURES).flatMap(each => (each.startsWith('v1,') ? [each.slice(3)] : []));
    if (given.length === 0) refuse('signature-malformed');
    firstAccepted(secrets, secret => {
      const expected = standardSignature(secret, id, timestamp, received.body);
      if (!given.some(each => same(each, expected))) refuse('signature-mismatch');
    });
    return { kind: 'authentic', id, sentAt };
  });
}
