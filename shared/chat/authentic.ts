import type { DingtalkSecrets, FeishuSecrets, Given, SlackSecrets, WecomSecrets } from './channel.ts';
import { authenticDingtalk } from './dingtalk/authentic.ts';
import { authenticFeishu } from './feishu/authentic.ts';
import type { Inbound, Provider } from './inbound.ts';
import type { Received } from './received.ts';
import { type Refusal, refusal } from './refusal.ts';
import { authenticSlack } from './slack/authentic.ts';
import { authenticWecom } from './wecom/authentic.ts';

/** What each provider's requests are checked with. */
export type ChatSecrets = {
  readonly slack: SlackSecrets;
  readonly feishu: FeishuSecrets;
  readonly dingtalk: DingtalkSecrets;
  readonly wecom: WecomSecrets;
};

const JUDGES: { readonly [P in Provider]: (received: Received, given: Given<ChatSecrets[P]>) => Inbound | Refusal } = {
  slack: authenticSlack,
  feishu: authenticFeishu,
  dingtalk: authenticDingtalk,
  wecom: authenticWecom,
};

/**
 * Judges a request that came to a provider's door: an authentic handshake, command or decision, or a refusal.
 * Pure: the clock and chance are in `given`, and whether the request is a repetition is the store's to say.
 */
export function authentic<P extends Provider>(
  provider: P,
  received: Received,
  given: Given<ChatSecrets[P]>,
): Inbound | Refusal {
  return given.channel.provider === provider ? JUDGES[provider](received, given) : refusal('wrong-channel');
}
