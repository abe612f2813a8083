import { DIALECTS } from '../chat/dialects.ts';
import type { AnswerTo, Provider } from '../chat/inbound.ts';
import type { Webhook } from '../chat/outbound.ts';
import { slackForAll, slackUpdate } from '../chat/slack/outbound.ts';
import type { Said } from '../flow/chat/said.ts';
import { digest } from '../model/token.ts';
import type { ChatHouse } from './chat-house.ts';
import { type Address, type PostingWorld, post } from './posting.ts';

/** Names a webhook without telling it: two names of one address share its budget. */
export const channelOf = (provider: Provider, { url }: Webhook): string => `${provider}-${digest(url).slice(0, 16)}`;

/**
 * Answers where the message came from: at the address that it brought, else at the channel's webhook. Only Slack lets a
 * robot replace a card; elsewhere that takes an app's API, and the new card follows the old one.
 *
 * @param until when this process must have ended
 */
export async function answer(said: Said, to: Answering, house: ChatHouse, until: Date): Promise<void> {
  const addresses = await addressesOf(to, house, said);
  for (const address of addresses) {
    if (await post(said.card, address, postingWorld(house, until))) return;
  }
  const { provider } = to;
  house.log.error('chat answer could not be given', { provider, title: said.card.title, ways: addresses.length });
}

export type Answering = { readonly provider: Provider; readonly answer: AnswerTo };

export const postingWorld = ({ around, log, enqueue }: ChatHouse, deadline: Date): PostingWorld => ({
  wire: around.wire,
  clock: around.clock,
  ledger: around.ledger,
  deadline,
  log,
  enqueue,
});

/** The ways to who wrote, the best first; all of them share one budget. */
export async function addressesOf(
  { provider, answer: to }: Answering,
  { around, secretsOf }: ChatHouse,
  how: Pick<Said, 'forAll' | 'replaces'>,
): Promise<Address[]> {
  const { webhook } = await secretsOf(provider);
  const common = {
    provider,
    channel: webhook ? channelOf(provider, webhook) : provider,
    where: { via: 'answer', provider, answer: to },
  } as const;
  return [
    ...(to.via === 'url' && to.until > around.clock.now()
      ? [{ ...common, make: toBrought(how, provider, to.url) }]
      : []),
    ...(webhook ? [{ ...common, make: toWebhook(provider, webhook) }] : []),
  ];
}

export const toWebhook =
  (provider: Provider, webhook: Webhook): Address['make'] =>
  (card, now) =>
    DIALECTS[provider].posting(webhook, card, now);

function toBrought({ forAll, replaces }: Pick<Said, 'forAll' | 'replaces'>, provider: Provider, url: string) {
  const plain = toWebhook(provider, { url, secret: null });
  if (provider !== 'slack') return plain;
  const make: Address['make'] = replaces ? card => slackUpdate(url, card) : card => slackForAll(url, card);
  return replaces || forAll ? make : plain;
}
