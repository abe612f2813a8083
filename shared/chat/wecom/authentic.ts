import type { Given, WecomSecrets } from '../channel.ts';
import { mustMatch } from '../digest.ts';
import type { Inbound } from '../inbound.ts';
import { jsonObject, textAt, utf8 } from '../json.ts';
import { bounded, parameter, type Received, sentBy } from '../received.ts';
import { firstAccepted, judged, type Refusal, refuse } from '../refusal.ts';
import { plainReply } from '../reply.ts';
import { openSealed, sealSignature } from '../sealed.ts';
import { freshInstant } from '../timestamp.ts';
import { readAiBot } from './ai-bot.ts';
import { readWecom } from './read.ts';
import { flatXml } from './xml.ts';

/**
 * Judges a callback of WeCom's: the echo by which the address is registered, an app's message or click, or an AI bot's.
 * The signature covers the encrypted text; of the rest of the outer body nothing is believed.
 * Source: developer.work.weixin.qq.com, documents 90930 (callbacks), 90968 (encryption), 101033 (AI bots).
 */
export function authenticWecom(received: Received, given: Given<WecomSecrets>): Inbound | Refusal {
  return judged(() =>
    received.method.toUpperCase() === 'GET' ? judgeEcho(received, given) : judgePost(received, given),
  );
}

function judgeEcho(received: Received, given: Given<WecomSecrets>): Inbound {
  // Where a gateway read `+` as a blank, base64 would break.
  const echo = parameter(received, 'echostr').replaceAll(' ', '+');
  const { text, receiver } = opened(received, echo, given);
  const known = given.channel.tenants.includes(receiver) || isAiBot(receiver, given);
  return known ? { kind: 'handshake', reply: plainReply(utf8(text)) } : refuse('wrong-receiver');
}

function judgePost(received: Received, given: Given<WecomSecrets>): Inbound {
  bounded(received);
  sentBy(received, 'POST');
  const outer = utf8(received.body);
  const json = outer.trimStart().startsWith('{');
  const encrypted = json ? textAt(jsonObject(outer), 'encrypt') : (flatXml(outer).get('Encrypt') ?? '');
  const { text, receiver, sentAt } = opened(received, encrypted || refuse('plain-body'), given);
  if (json) {
    return isAiBot(receiver, given) ? readAiBot(text, given.channel, sentAt) : refuse('wrong-receiver');
  }
  if (!given.channel.tenants.includes(receiver)) refuse('wrong-receiver');
  return readWecom(text, receiver, given.channel, sentAt);
}

/** An AI bot's receiver id is the empty string: accepted only where the settings name such bots. */
const isAiBot = (receiver: string, { channel }: Given<WecomSecrets>): boolean =>
  receiver === '' && channel.aiBots.length > 0;

function opened(received: Received, encrypted: string, { channel, secrets, now }: Given<WecomSecrets>) {
  const signature = parameter(received, 'msg_signature');
  const timestamp = parameter(received, 'timestamp');
  const nonce = parameter(received, 'nonce');
  const sentAt = freshInstant(timestamp, 's', now, channel.windowSeconds);
  return firstAccepted(secrets.callbacks, ({ token, aesKey }) => {
    mustMatch(signature, sealSignature(token, timestamp, nonce, encrypted));
    return { ...openSealed(aesKey, encrypted), sentAt };
  });
}
