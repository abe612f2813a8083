import type { Channel } from '../channel.ts';
import { readButton } from '../decision.ts';
import { type AnswerTo, type Envelope, FULL, type Inbound } from '../inbound.ts';
import { type Json, textAt } from '../json.ts';
import { jsonReply } from '../reply.ts';
import { actorOf, dedupeBy, inScope } from '../scope.ts';
import { feishuText } from './command.ts';

/** Feishu repeats for up to 7.1 hours, sometimes even after a success. */
const TTL_SECONDS = 24 * 3600;
const ACK_WITHIN_MS = 3000;
/** A card's callback token updates it twice within half an hour, and only after the callback was answered. */
const UPDATE = { uses: 2, livesMs: 30 * 60_000 };

const NOTHING: Inbound = { kind: 'nothing', reply: jsonReply({}) };

/** Reads a decrypted event: a message or a click on a card, in the format 2.0; messages also in the older one. */
export function readFeishu(event: Json, channel: Channel, sentAt: Date): Inbound {
  switch (textAt(event, 'header', 'event_type') || textAt(event, 'event', 'type')) {
    case 'im.message.receive_v1':
      return readMessage(event, channel, sentAt);
    case 'card.action.trigger':
      return readClick(event, channel, sentAt);
    case 'message':
      return readOldMessage(event, channel, sentAt);
    default:
      return NOTHING;
  }
}

type Ids = { tenant: string; user: string; app: string; chat: string; dedupe: string };

function envelope(ids: Ids, answer: AnswerTo, channel: Channel, sentAt: Date): Envelope {
  inScope(channel, ids);
  return {
    provider: 'feishu',
    actor: actorOf('feishu', ids.tenant, ids.user),
    tenant: ids.tenant,
    app: ids.app,
    channel: ids.chat,
    dedupe: dedupeBy('feishu', TTL_SECONDS, ids.dedupe),
    answer,
    capabilities: FULL,
    sentAt,
    ackWithinMs: ACK_WITHIN_MS,
  };
}

/** The operator's tenant, not the app's: an outsider in a shared chat has one of its own. */
const idsOf = (event: Json, user: string, tenant: string, chat: string): Ids => ({
  tenant,
  user,
  app: textAt(event, 'header', 'app_id'),
  chat,
  dedupe: textAt(event, 'header', 'event_id'),
});

function readMessage(event: Json, channel: Channel, sentAt: Date): Inbound {
  const message = (name: string): string => textAt(event, 'event', 'message', name);
  const sender = (...path: string[]): string => textAt(event, 'event', 'sender', ...path);
  if (message('message_type') !== 'text' || sender('sender_type') !== 'user') return NOTHING;
  const chat = message('chat_id');
  const ids = idsOf(event, sender('sender_id', 'open_id'), sender('tenant_key'), chat);
  const answer: AnswerTo = { via: 'chat', chat, message: message('message_id') };
  return { kind: 'command', text: feishuText(message('content')), ...envelope(ids, answer, channel, sentAt) };
}

function readClick(event: Json, channel: Channel, sentAt: Date): Inbound {
  const decision = readButton(textAt(event, 'event', 'action', 'value', 'decision'));
  if (decision === undefined) return NOTHING;
  const operator = (name: string): string => textAt(event, 'event', 'operator', name);
  const chat = textAt(event, 'event', 'context', 'open_chat_id');
  const ids = idsOf(event, operator('open_id'), operator('tenant_key'), chat);
  const until = new Date(sentAt.getTime() + UPDATE.livesMs);
  const token = textAt(event, 'event', 'token');
  const answer: AnswerTo = token === '' ? { via: 'channel' } : { via: 'card-token', token, until, uses: UPDATE.uses };
  return { kind: 'decision', decision, ...envelope(ids, answer, channel, sentAt) };
}

function readOldMessage(event: Json, channel: Channel, sentAt: Date): Inbound {
  const field = (name: string): string => textAt(event, 'event', name);
  if (field('msg_type') !== 'text') return NOTHING;
  const ids: Ids = {
    tenant: field('tenant_key'),
    user: field('open_id'),
    app: field('app_id'),
    chat: field('open_chat_id'),
    dedupe: textAt(event, 'uuid'),
  };
  const answer: AnswerTo = { via: 'chat', chat: ids.chat, message: field('open_message_id') };
  const text = field('text_without_at_bot') || field('text');
  return { kind: 'command', text, ...envelope(ids, answer, channel, sentAt) };
}
