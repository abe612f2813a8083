import type { Channel } from '../channel.ts';
import { readButton } from '../decision.ts';
import { type AnswerTo, type Envelope, FULL, type Inbound } from '../inbound.ts';
import { type Json, jsonObject, textAt, utf8 } from '../json.ts';
import { refuse } from '../refusal.ts';
import { plainReply } from '../reply.ts';
import { actorOf, answerUrl, dedupeBy, inScope } from '../scope.ts';

const TTL_SECONDS = 3 * 3600;
const ACK_WITHIN_MS = 5000;
/** A response_url may be used once within an hour. */
const RESPONSE = { uses: 1, livesMs: 3600_000 };

/** Reads the decrypted JSON of an AI bot's callback. It names no corp: the bot belongs to the first of the settings' tenants. */
export function readAiBot(text: Buffer, channel: Channel, sentAt: Date): Inbound {
  const message = jsonObject(utf8(text));
  if (!channel.aiBots.includes(textAt(message, 'aibotid'))) refuse('wrong-app');
  if (textAt(message, 'msgtype') === 'text') {
    return { kind: 'command', text: textAt(message, 'text', 'content'), ...envelope(message, channel, sentAt) };
  }
  const decision = readButton(textAt(message, 'event', 'template_card_event', 'event_key'));
  if (decision === undefined) return { kind: 'nothing', reply: plainReply('') };
  return { kind: 'decision', decision, ...envelope(message, channel, sentAt) };
}

function envelope(message: Json, channel: Channel, sentAt: Date): Envelope {
  const [tenant = '', app] = [channel.tenants[0], textAt(message, 'aibotid')];
  const chat = textAt(message, 'chatid');
  inScope({ ...channel, apps: [] }, { tenant, app, chat });
  return {
    provider: 'wecom',
    actor: actorOf('wecom', tenant, app, textAt(message, 'from', 'userid')),
    tenant,
    app,
    channel: chat,
    dedupe: dedupeBy('wecom', TTL_SECONDS, textAt(message, 'msgid')),
    answer: answerOf(message, channel, sentAt),
    capabilities: FULL,
    sentAt,
    ackWithinMs: ACK_WITHIN_MS,
  };
}

function answerOf(message: Json, channel: Channel, sentAt: Date): AnswerTo {
  const url = textAt(message, 'response_url');
  if (url === '') return { via: 'channel' };
  return {
    via: 'url',
    url: answerUrl(url, channel),
    until: new Date(sentAt.getTime() + RESPONSE.livesMs),
    uses: RESPONSE.uses,
  };
}
