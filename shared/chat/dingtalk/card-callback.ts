import type { DingtalkSecrets, Given } from '../channel.ts';
import { readButton } from '../decision.ts';
import { hmacSha256, mustMatch } from '../digest.ts';
import { type Inbound, READ_ONLY } from '../inbound.ts';
import { jsonObject, textAt, utf8 } from '../json.ts';
import { header, type Received } from '../received.ts';
import { firstAccepted } from '../refusal.ts';
import { jsonReply } from '../reply.ts';
import { actorOf, dedupeBy, inScope } from '../scope.ts';
import { freshInstant } from '../timestamp.ts';

const TTL_SECONDS = 3600;
const ACK_WITHIN_MS = 2000;

/** HMAC-SHA256 in base64 of the timestamp (ms) alone, with the registered apiSecret as key. */
export const dingtalkCardSignature = (apiSecret: string, timestamp: string): string =>
  hmacSha256(apiSecret, timestamp).toString('base64');

/**
 * A click on an interactive card. Like the robot's, this signature does not cover the body, and here nothing is
 * encrypted: a click may be shown, it never approves. The single-use token in `params` is the ledger's to compare.
 */
export function judgeCard(received: Received, { channel, secrets, now }: Given<DingtalkSecrets>): Inbound {
  const timestamp = header(received, 'x-ddpaas-signature-timestamp');
  const signature = header(received, 'x-ddpaas-signature');
  const sentAt = freshInstant(timestamp, 'ms', now, channel.windowSeconds);
  firstAccepted(secrets.cardSecrets, secret => mustMatch(signature, dingtalkCardSignature(secret, timestamp)));
  const body = jsonObject(utf8(received.body));
  const field = (name: string): string => textAt(body, name);
  inScope({ ...channel, apps: [], chats: [] }, { tenant: field('corpId'), app: '', chat: '' });
  const content = jsonObject(field('content') || '{}');
  const decision = readButton(textAt(content, 'cardPrivateData', 'params', 'decision'));
  if (field('type') !== 'actionCallback' || decision === undefined) return { kind: 'nothing', reply: jsonReply({}) };
  return {
    kind: 'decision',
    decision,
    provider: 'dingtalk',
    actor: actorOf('dingtalk', field('corpId'), field('userId')),
    tenant: field('corpId'),
    app: '',
    channel: '',
    dedupe: dedupeBy('dingtalk', TTL_SECONDS, 'card', field('outTrackId'), field('userId'), decision.token),
    answer: { via: 'channel' },
    capabilities: READ_ONLY,
    sentAt,
    ackWithinMs: ACK_WITHIN_MS,
  };
}
