import type { Received } from '../chat/received.ts';
import { type Refusal, refusal } from '../chat/refusal.ts';
import { verifyBearer } from './bearer.ts';
import type { Scheme } from './bind-settings.ts';
import { verifyGithubWebhook } from './github-signature.ts';
import { type AuthenticWebhook, verifyStandardWebhook } from './standard-webhooks.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

type Verify = (received: Received, secrets: readonly string[], now: Date) => AuthenticWebhook | Refusal;

const VERIFY: Readonly<Record<Scheme, Verify>> = {
  standard: verifyStandardWebhook,
  github: verifyGithubWebhook,
  bearer: verifyBearer,
};

/** The header by which a request says how it is signed. */
const MARK: Readonly<Record<Scheme, string>> = {
  standard: 'webhook-signature',
  github: 'x-hub-signature-256',
  bearer: 'authorization',
};

/**
 * Verifies a request in the scheme that it is signed in, if the settings allow that. A signature that does not fit is
 * tried once more with secrets fetched anew, for they may have been rotated.
 *
 * @throws ConfigError where the secrets cannot be read
 */
export async function verifyWebhook(
  received: Received,
  schemes: readonly Scheme[],
  secrets: WebhookSecrets,
  now: Date,
): Promise<AuthenticWebhook | Refusal> {
  const scheme = schemes.find(each => received.headers[MARK[each]] !== undefined);
  if (scheme === undefined) return refusal('header-missing');
  const known = await secrets.current(scheme);
  const first = VERIFY[scheme](received, known, now);
  const verified =
    first.kind === 'refused' && first.code === 'signature-mismatch'
      ? VERIFY[scheme](received, await secrets.refresh(scheme), now)
      : first;
  // Senders of different schemes do not know of each other: their ids are told apart.
  return verified.kind === 'refused' || scheme === 'standard'
    ? verified
    : { ...verified, id: `${scheme}:${verified.id}` };
}
