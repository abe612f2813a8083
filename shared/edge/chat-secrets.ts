import * as z from 'zod/mini';
import type { ChatSecrets } from '../chat/authentic.ts';
import type { Provider } from '../chat/inbound.ts';
import type { Webhook } from '../chat/outbound.ts';
import { ConfigError } from '../model/errors.ts';
import { jsonOf } from '../model/json.ts';
import { problemsOf } from '../plan/ask-problems.ts';

const secret = z.string().check(z.minLength(1), z.maxLength(512));
/** Newest first. */
const list = z.array(secret).check(z.minLength(1));
const optionalList = z._default(z.array(secret), []);
const aesKey = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}$/, 'must be the 43 characters of the EncodingAESKey'));
const callbacks = z.array(z.strictObject({ token: secret, aesKey }));

const webhook = z.strictObject({
  url: z.string().check(z.refine(text => URL.canParse(text), 'must be a URL')),
  secret: z._default(z.nullable(secret), null),
});
const out = { webhook: z._default(z.nullable(webhook), null) };

const SCHEMAS = {
  slack: z.strictObject({ ...out, signingSecrets: list }),
  feishu: z.strictObject({ ...out, encryptKeys: list, verificationTokens: list }),
  dingtalk: z.strictObject({
    ...out,
    appSecrets: optionalList,
    aesKeys: z._default(z.array(aesKey), []),
    callbacks: z._default(callbacks, []),
    cardSecrets: optionalList,
  }),
  wecom: z.strictObject({ ...out, callbacks: callbacks.check(z.minLength(1)) }),
} as const;

/** A provider's secrets; `webhook` is where reports go, null for none. */
export type ChannelSecrets<P extends Provider> = ChatSecrets[P] & { readonly webhook: Webhook | null };

/**
 * Reads one provider's secret, JSON as the secrets store holds it. Values are never repeated in an error.
 *
 * @throws ConfigError naming every problem
 */
export function readChatSecrets<P extends Provider>(provider: P, text: string): ChannelSecrets<P> {
  const read = z.safeParse(SCHEMAS[provider], jsonOf(text), { reportInput: true });
  if (read.success) return read.data as ChannelSecrets<P>;
  throw new ConfigError(problemsOf(read.error.issues), `Mend the secret of ${provider} in the secrets store.`);
}

/** What is no JSON is no object either, which is then said; the text itself must not get into an error. */
