import { DIALECTS } from '../chat/dialects.ts';
import type { AnswerTo, Provider } from '../chat/inbound.ts';
import type { Webhook } from '../chat/outbound.ts';
import { slackForAll, slackUpdate } from '../chat/slack/outbound.ts';
import type { Said } from '../flow/chat/said.ts';
import { digest } from '../model/token.ts';
import type { ChatHouse } from './chat-house.ts';
import { type Address, post } from './posting.ts';

/** Names a webhook without telling it: two names of one address share its budget. */
export const channelOf = (provider: Provider, { url }: Webhook): string => `${provider}-${digest(url).slice(0, 16)}`;

/**
 * Answers where the message came from: at the address that it brought, else at the channel's webhook. Only Slack lets a
 * robot replace a card; elsewhere that takes an app's API, and the new card follows the old one.
 *
 * @param until when this process must have ended
 */
export async function answer(
  said: Said,
  { provider, answer: to }: { provider: Provider; answer: AnswerTo },
  house: ChatHouse,
  until: Date,
): Promise<void> {
  const { wire, clock, ledger } = house.around;
  const { webhook } = await house.secretsOf(provider);
  const addresses = [
    ...(to.via === 'url' && to.until > clock.now() ? [brought(said, provider, to.url, webhook)] : []),
    ...own(provider, webhook),
  ];
  for (const address of addresses) {
    if (await post(said.card, address, { wire, clock, ledger, deadline: until, log: house.log })) return;
  }
  house.log.error('chat answer could not be given', { provider, title: said.card.title, ways: addresses.length });
}

const own = (provider: Provider, webhook: Webhook | null): Address[] =>
  webhook
    ? [
        {
          provider,
          channel: channelOf(provider, webhook),
          make: (card, now) => DIALECTS[provider].posting(webhook, card, now),
        },
      ]
    : [];

function brought({ forAll, replaces }: Said, provider: Provider, url: string, webhook: Webhook | null): Address {
  const channel = webhook ? channelOf(provider, webhook) : provider;
  const plain: Address['make'] = (card, now) => DIALECTS[provider].posting({ url, secret: null }, card, now);
  if (provider !== 'slack') return { provider, channel, make: plain };
  const make: Address['make'] = replaces ? card => slackUpdate(url, card) : card => slackForAll(url, card);
  return { provider, channel, make: replaces || forAll ? make : plain };
}
