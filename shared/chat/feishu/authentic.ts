import type { FeishuSecrets, Given } from '../channel.ts';
import { hashOf, mustMatch, same } from '../digest.ts';
import type { Inbound } from '../inbound.ts';
import { type Json, jsonObject, textAt, utf8 } from '../json.ts';
import { bounded, header, own, type Received, sentBy } from '../received.ts';
import { firstAccepted, judged, type Refusal, refuse } from '../refusal.ts';
import { jsonReply } from '../reply.ts';
import { freshInstant } from '../timestamp.ts';
import { feishuDecrypt } from './decrypt.ts';
import { readFeishu } from './read.ts';

/**
 * SHA-256 in hex, no HMAC, of timestamp, nonce, Encrypt Key and the raw outer body, without separators. That is why the
 * timestamp must have ten digits and the body must be nothing but JSON that decrypts: neither digits nor an appended
 * tail can then be moved across a border.
 */
export const feishuSignature = (timestamp: string, nonce: string, encryptKey: string, body: Buffer): string =>
  hashOf('sha256', timestamp, nonce, encryptKey, body);

/**
 * Judges an event or card callback of Feishu's (Lark's). An Encrypt Key is required: without one nothing is signed.
 * Source: open.feishu.cn, "Receive events", "Security verification".
 */
export function authenticFeishu(received: Received, given: Given<FeishuSecrets>): Inbound | Refusal {
  return judged(() => {
    bounded(received);
    sentBy(received, 'POST');
    if (own(received.headers, 'x-lark-signature') === undefined) return handshake(received.body, given.secrets);
    const timestamp = header(received, 'x-lark-request-timestamp');
    const nonce = header(received, 'x-lark-request-nonce');
    const signature = header(received, 'x-lark-signature');
    const sentAt = freshInstant(timestamp, 's', given.now, given.channel.windowSeconds);
    const event = firstAccepted(given.secrets.encryptKeys, key => {
      if (key === '') refuse('secret-missing');
      mustMatch(signature, feishuSignature(timestamp, nonce, key, received.body));
      return opened(received.body, key, given.secrets.verificationTokens);
    });
    return isHandshake(event) ? answerTo(event) : readFeishu(event, given.channel, sentAt);
  });
}

/** The only request without a signature. It is encrypted, carries the token, and gets back nothing but its own words. */
function handshake(body: Buffer, { encryptKeys, verificationTokens }: FeishuSecrets): Inbound {
  const event = firstAccepted(encryptKeys, key => opened(body, key, verificationTokens));
  return isHandshake(event) ? answerTo(event) : refuse('header-missing');
}

const isHandshake = (event: Json): boolean => textAt(event, 'type') === 'url_verification';

const answerTo = (event: Json): Inbound => ({
  kind: 'handshake',
  reply: jsonReply({ challenge: textAt(event, 'challenge') || refuse('unparsable') }),
});

/** Decrypts the body and compares its Verification Token: the second lock, for the hash is no HMAC. */
function opened(body: Buffer, encryptKey: string, verificationTokens: readonly string[]): Json {
  const outer = jsonObject(utf8(body));
  const encrypted = textAt(outer, 'encrypt') || refuse('plain-body');
  const event = jsonObject(utf8(feishuDecrypt(encryptKey, encrypted)));
  const token = textAt(event, 'header', 'token') || textAt(event, 'token');
  const usable = verificationTokens.filter(each => each !== '');
  if (usable.length === 0) refuse('secret-missing');
  if (!usable.some(each => same(token, each))) refuse('wrong-token');
  return event;
}
