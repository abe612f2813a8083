import type { Channel } from '../channel.ts';
import { readButton } from '../decision.ts';
import { type Envelope, FULL, type Inbound } from '../inbound.ts';
import { type Json, jsonObject, textAt, utf8 } from '../json.ts';
import { refuse } from '../refusal.ts';
import { jsonReply, plainReply } from '../reply.ts';
import { actorOf, answerUrl, dedupeBy, inScope } from '../scope.ts';
import { slackText } from './command.ts';

/** Longer than Slack's retries, which end after five minutes, and than both sides of the window. */
const TTL_SECONDS = 3600;
const ACK_WITHIN_MS = 3000;
/** A response_url may be used five times within half an hour. */
const RESPONSE = { uses: 5, livesMs: 30 * 60_000 };

const NOTHING: Inbound = { kind: 'nothing', reply: plainReply('') };

/**
 * Reads the body of an authentic request. The bytes say what they are, not the content type: that is not signed, and
 * the JSON of a message, read as a form, could be made to name another user.
 */
export function readSlack(body: Buffer, channel: Channel, sentAt: Date): Inbound {
  const text = utf8(body);
  if (text.startsWith('{')) return readEvent(jsonObject(text), channel, sentAt);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  if (payload !== null) return readInteraction(jsonObject(payload), channel, sentAt);
  return form.get('ssl_check') === '1' ? NOTHING : readSlash(form, channel, sentAt);
}

type Ids = { team: string; user: string; app: string; chat: string; dedupe: string; url: string | null };

function envelope(ids: Ids, channel: Channel, sentAt: Date): Envelope {
  inScope(channel, { tenant: ids.team, app: ids.app, chat: ids.chat });
  const until = new Date(sentAt.getTime() + RESPONSE.livesMs);
  return {
    provider: 'slack',
    actor: actorOf('slack', ids.team, ids.user),
    tenant: ids.team,
    app: ids.app,
    channel: ids.chat,
    dedupe: dedupeBy('slack', TTL_SECONDS, ids.dedupe),
    answer:
      ids.url === null
        ? { via: 'chat', chat: ids.chat, message: '' }
        : { via: 'url', url: answerUrl(ids.url, channel), until, uses: RESPONSE.uses },
    capabilities: FULL,
    sentAt,
    ackWithinMs: ACK_WITHIN_MS,
  };
}

function readSlash(form: URLSearchParams, channel: Channel, sentAt: Date): Inbound {
  const field = (name: string): string => form.get(name) ?? '';
  if (field('command') === '') refuse('unparsable');
  const ids: Ids = {
    team: field('team_id'),
    user: field('user_id'),
    app: field('api_app_id'),
    chat: field('channel_id'),
    dedupe: field('trigger_id'),
    url: field('response_url'),
  };
  return { kind: 'command', text: slackText(field('text')), ...envelope(ids, channel, sentAt) };
}

function readInteraction(payload: Json, channel: Channel, sentAt: Date): Inbound {
  const decision = readButton(textAt(payload, 'actions', 0, 'value'));
  if (textAt(payload, 'type') !== 'block_actions' || decision === undefined) return NOTHING;
  const ids: Ids = {
    team: textAt(payload, 'team', 'id'),
    user: textAt(payload, 'user', 'id'),
    app: textAt(payload, 'api_app_id'),
    chat: textAt(payload, 'channel', 'id'),
    dedupe: textAt(payload, 'trigger_id'),
    url: textAt(payload, 'response_url'),
  };
  return { kind: 'decision', decision, ...envelope(ids, channel, sentAt) };
}

function readEvent(body: Json, channel: Channel, sentAt: Date): Inbound {
  if (textAt(body, 'type') === 'url_verification') {
    return { kind: 'handshake', reply: jsonReply({ challenge: textAt(body, 'challenge') || refuse('unparsable') }) };
  }
  if (!isForUs(body)) return NOTHING;
  const ids: Ids = {
    team: textAt(body, 'team_id'),
    user: textAt(body, 'event', 'user'),
    app: textAt(body, 'api_app_id'),
    chat: textAt(body, 'event', 'channel'),
    dedupe: textAt(body, 'event_id'),
    url: null,
  };
  return { kind: 'command', text: slackText(textAt(body, 'event', 'text')), ...envelope(ids, channel, sentAt) };
}

/** A person's mention of us or direct message; bots, ourselves among them, and edits (which have a subtype) are not heard. */
function isForUs(body: Json): boolean {
  const type = textAt(body, 'event', 'type');
  const heard = type === 'app_mention' || (type === 'message' && textAt(body, 'event', 'channel_type') === 'im');
  return heard && textAt(body, 'event', 'bot_id') === '' && textAt(body, 'event', 'subtype') === '';
}
