import type { Channel, DingtalkSecrets, Given } from '../channel.ts';
import { hmacSha256, mustMatch } from '../digest.ts';
import { type AnswerTo, FULL, type Inbound, READ_ONLY } from '../inbound.ts';
import { at, type Json, jsonObject, textAt, utf8 } from '../json.ts';
import { header, type Received } from '../received.ts';
import { firstAccepted, refuse } from '../refusal.ts';
import { plainReply } from '../reply.ts';
import { actorOf, answerUrl, dedupeBy, inScope } from '../scope.ts';
import { openSealed } from '../sealed.ts';
import { freshInstant } from '../timestamp.ts';

/** Longer than the hour for which DingTalk lets a signature live. */
const TTL_SECONDS = 2 * 3600;
const ACK_WITHIN_MS = 3000;

/** HMAC-SHA256 in base64 of timestamp (ms), line feed and secret, with the secret as key; incoming and outgoing alike. */
export const dingtalkSign = (secret: string, timestamp: string): string =>
  hmacSha256(secret, `${timestamp}\n${secret}`).toString('base64');

/**
 * A message to the robot. The signature covers the timestamp alone: who has seen one pair of headers can send any body
 * for as long as the window is open. With an AES key the body is encrypted and must be, and then it may do all that
 * its sender may; without one it may only read, and is answered nowhere but in the configured channel.
 */
export function judgeRobot(received: Received, { channel, secrets, now }: Given<DingtalkSecrets>): Inbound {
  const timestamp = header(received, 'timestamp');
  const sign = header(received, 'sign');
  const sentAt = freshInstant(timestamp, 'ms', now, channel.windowSeconds);
  firstAccepted(secrets.appSecrets, secret => mustMatch(sign, dingtalkSign(secret, timestamp)));
  const outer = jsonObject(utf8(received.body));
  if (secrets.aesKeys.length === 0) return readMessage(outer, channel, sentAt, false);
  const encrypted = textAt(outer, 'encrypt') || refuse('plain-body');
  const message = firstAccepted(secrets.aesKeys, key => opened(key, encrypted, channel));
  // The header's time does not bind the body: its own time must be fresh too, or an old one could come in new headers.
  freshInstant(String(at(message, 'createAt')), 'ms', now, channel.windowSeconds);
  return readMessage(message, channel, sentAt, true);
}

function opened(aesKey: string, encrypted: string, { tenants, apps }: Channel): Json {
  const { text, receiver } = openSealed(aesKey, encrypted);
  if (![...tenants, ...apps].includes(receiver)) refuse('wrong-receiver');
  return jsonObject(utf8(text));
}

function readMessage(message: Json, channel: Channel, sentAt: Date, covered: boolean): Inbound {
  const ids = {
    tenant: textAt(message, 'senderCorpId') || textAt(message, 'chatbotCorpId'),
    app: textAt(message, 'robotCode'),
    chat: textAt(message, 'conversationId'),
  };
  inScope(channel, ids);
  if (textAt(message, 'msgtype') !== 'text') return { kind: 'nothing', reply: plainReply('') };
  return {
    kind: 'command',
    text: textAt(message, 'text', 'content'),
    provider: 'dingtalk',
    // Outsiders have no staff id: they are nobody here.
    actor: actorOf('dingtalk', textAt(message, 'senderCorpId'), textAt(message, 'senderStaffId')),
    tenant: ids.tenant,
    app: ids.app,
    channel: ids.chat,
    dedupe: dedupeBy('dingtalk', TTL_SECONDS, textAt(message, 'msgId')),
    answer: covered ? sessionAnswer(message, channel) : { via: 'channel' },
    capabilities: covered ? FULL : READ_ONLY,
    sentAt,
    ackWithinMs: ACK_WITHIN_MS,
  };
}

function sessionAnswer(message: Json, channel: Channel): AnswerTo {
  const until = Number(at(message, 'sessionWebhookExpiredTime'));
  const url = textAt(message, 'sessionWebhook');
  if (url === '' || !Number.isSafeInteger(until)) return { via: 'channel' };
  return { via: 'url', url: answerUrl(url, channel), until: new Date(until), uses: 20 };
}
