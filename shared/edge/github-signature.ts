import { hmacSha256, mustMatch } from '../chat/digest.ts';
import { bounded, header, type Received } from '../chat/received.ts';
import { firstAccepted, judged, type Refusal, refuse } from '../chat/refusal.ts';
import type { AuthenticWebhook } from './standard-webhooks.ts';

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;
const DELIVERY = /^[A-Za-z0-9-]{1,64}$/;

/** `sha256=` and the HMAC-SHA256 of the raw body in hex. */
export const githubSignature = (secret: string, body: Buffer): string =>
  `sha256=${hmacSha256(secret, body).toString('hex')}`;

/**
 * Verifies a webhook signed as GitHub does (`X-Hub-Signature-256`). It carries no time, and the delivery's id is not
 * signed: who has once seen a request can repeat it under another id. Therefore off unless the settings turn it on.
 */
export function verifyGithubWebhook(received: Received, secrets: readonly string[]): AuthenticWebhook | Refusal {
  return judged(() => {
    bounded(received);
    const signature = header(received, 'x-hub-signature-256');
    if (!SIGNATURE.test(signature)) refuse('signature-malformed');
    const id = header(received, 'x-github-delivery');
    if (!DELIVERY.test(id)) refuse('id-malformed');
    firstAccepted(secrets, secret => mustMatch(signature, githubSignature(secret, received.body)));
    return { kind: 'authentic', id, sentAt: null };
  });
}
