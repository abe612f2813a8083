import type { Card } from '../../model/card.ts';
import { hmacSha256 } from '../digest.ts';
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
import { cutTo, plain } from '../plain-text.ts';
import { jsonReply } from '../reply.ts';
import { feishuCard } from './card.ts';

/** HMAC-SHA256 in base64 whose *key* is timestamp (s), line feed and secret, over an empty message. */
export const feishuBotSign = (secret: string, timestamp: string): string => {
  const key = secret === '' ? '' : `${timestamp}\n${secret}`;
  return hmacSha256(key, '').toString('base64');
};

/** A card for a custom bot, signed if it has a secret; the signature holds for an hour. It gets no clicks: buttons are written as commands. */
export function feishuPosting({ url, secret }: Webhook, card: Card, now: Date): Posting {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signed = secret === null ? {} : { timestamp, sign: feishuBotSign(secret, timestamp) };
  const message = { ...signed, msg_type: 'interactive', card: JSON.parse(feishuCard(card, 'written')) as unknown };
  return { url, headers: JSON_TYPE, body: JSON.stringify(message) };
}

/** The first answer, within three seconds. A toast is shown to who clicked; a message's answer is empty. */
export const feishuAck = (text: string | null, card: Card | null = null): Reply =>
  jsonReply({
    ...(text === null ? {} : { toast: { type: 'info', content: cutTo(plain(text), 100) } }),
    ...(card === null ? {} : { card: { type: 'raw', data: JSON.parse(feishuCard(card)) as unknown } }),
  });

const CODES = {
  '9499': GIVE_UP, // bad request
  '11232': LATER(60), // 100 a minute, 5 a second
  '19021': MEND, // signature or clock
  '19022': MEND, // address not on the list
  '19024': MEND, // keyword missing
} as const;

/** Failures of a custom bot come with HTTP 200 and a code that is not 0. */
export const feishuFailure = (posted: Posted): PostingFailure | undefined => codeFailure(posted, 'code', CODES);
