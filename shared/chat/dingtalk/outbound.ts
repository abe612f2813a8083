import type { Card } from '../../model/card.ts';
import type { Reply } from '../inbound.ts';
import {
  codeFailure,
  JSON_TYPE,
  LATER,
  MEND,
  type Posted,
  type Posting,
  type PostingFailure,
  type Webhook,
} from '../outbound.ts';
import { cutTo, plain } from '../plain-text.ts';
import { jsonReply, plainReply } from '../reply.ts';
import { dingtalkCard } from './card.ts';
import { dingtalkSign } from './robot.ts';

/** A card for a robot; with a secret the URL carries the time (ms) and the signature, which holds for an hour. */
export function dingtalkPosting({ url, secret }: Webhook, card: Card, now: Date): Posting {
  return { url: secret === null ? url : signed(url, secret, now), headers: JSON_TYPE, body: dingtalkCard(card) };
}

function signed(url: string, secret: string, now: Date): string {
  const timestamp = String(now.getTime());
  const sign = encodeURIComponent(dingtalkSign(secret, timestamp));
  return `${url}${url.includes('?') ? '&' : '?'}timestamp=${timestamp}&sign=${sign}`;
}

/** A robot's callback wants no more than 200 and an empty body. */
export const dingtalkAck = (): Reply => plainReply('');

/**
 * The answer to a click, within two seconds: the card's variable `result`, a text, is set to what is said. Its update API
 * must not be called meanwhile. Source: open.dingtalk.com, "card callback" (HTTP mode).
 */
export const dingtalkCardAck = (text: string): Reply =>
  jsonReply({
    cardUpdateOptions: { updateCardDataByKey: true },
    cardData: { cardParamMap: { result: cutTo(plain(text), 200) } },
  });

const CODES = {
  '130101': LATER(600), // more than 20 a minute: blocked for ten minutes
  '310000': MEND, // signature, clock, keyword or address
  '-1': LATER(5), // busy
} as const;

/** Failures come with HTTP 200 and an errcode that is not 0. */
export const dingtalkFailure = (posted: Posted): PostingFailure | undefined => codeFailure(posted, 'errcode', CODES);
