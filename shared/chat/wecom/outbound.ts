import type { Card } from '../../model/card.ts';
import type { CallbackSecret, Salt } from '../channel.ts';
import type { Reply } from '../inbound.ts';
import {
  codeFailure,
  GIVE_UP,
  JSON_TYPE,
  LATER,
  MEND,
  type Posted,
  type Posting,
  type PostingFailure,
  type Webhook,
} from '../outbound.ts';
import { plainReply } from '../reply.ts';
import { seal, sealSignature } from '../sealed.ts';
import { wecomMarkdown } from './card.ts';

/** A card for a group robot. Nothing is signed: the URL is the secret. */
export const wecomPosting = ({ url }: Webhook, card: Card): Posting => ({
  url,
  headers: JSON_TYPE,
  body: JSON.stringify({ msgtype: 'markdown', markdown: { content: wecomMarkdown(card) } }),
});

/** A callback may be answered with 200 and nothing. */
export const wecomAck = (): Reply => plainReply('');

/** A passive reply within five seconds: the given XML, encrypted and signed as the request was. */
export function wecomPassiveReply(xml: string, secret: CallbackSecret, receiver: string, now: Date, salt: Salt): Reply {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const encrypted = seal(secret.aesKey, salt.random, xml, receiver);
  const signature = sealSignature(secret.token, timestamp, salt.nonce, encrypted);
  const body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${salt.nonce}]]></Nonce></xml>`;
  return { status: 200, headers: { 'content-type': 'application/xml; charset=utf-8' }, body };
}

const CODES = {
  '-1': LATER(5), // busy
  '45009': LATER(60), // more than 20 a minute
  '93000': MEND, // the robot's key is wrong, or the robot was removed
  '40058': GIVE_UP, // a wrong parameter or one that is too long
} as const;

/** Failures come with HTTP 200 and an errcode that is not 0. */
export const wecomFailure = (posted: Posted): PostingFailure | undefined => codeFailure(posted, 'errcode', CODES);
