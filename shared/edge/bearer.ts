import { hashOf, mustMatch } from '../chat/digest.ts';
import { bounded, header, type Received } from '../chat/received.ts';
import { firstAccepted, judged, type Refusal, refuse } from '../chat/refusal.ts';
import type { AuthenticWebhook } from './standard-webhooks.ts';

const AUTHORIZATION = /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/i;
const KEY = /^[\x21-\x7e]{1,128}$/;
/** Shorter tokens can be guessed. */
const MIN_TOKEN = 32;

/**
 * Verifies a bare bearer token. Nothing of the request is signed and the token travels with it: off unless the settings
 * turn it on. The caller gives an `Idempotency-Key`, for else a repeated request could not be told from a new one.
 */
export function verifyBearer(received: Received, tokens: readonly string[]): AuthenticWebhook | Refusal {
  return judged(() => {
    bounded(received);
    const [, token] = AUTHORIZATION.exec(header(received, 'authorization')) ?? [];
    if (token === undefined) return refuse('signature-malformed');
    const id = header(received, 'idempotency-key');
    if (!KEY.test(id)) refuse('id-malformed');
    firstAccepted(tokens, each => {
      if (each.length < MIN_TOKEN) refuse('secret-missing');
      // Hashes have one length, so that not even the token's length can be measured.
      mustMatch(hashOf('sha256', token), hashOf('sha256', each));
    });
    return { kind: 'authentic', id, sentAt: null };
  });
}
