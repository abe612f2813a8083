import type { Card } from '../../model/card.ts';
import type { Reply } from '../inbound.ts';
import { at, textAt, tryJson } from '../json.ts';
import {
  GIVE_UP,
  httpFailure,
  JSON_TYPE,
  type Posted,
  type Posting,
  type PostingFailure,
  type Webhook,
} from '../outbound.ts';
import { jsonReply, plainReply } from '../reply.ts';
import { slackCard, slackEscaped } from './card.ts';

/** The first answer, within three seconds: for the caller's eyes only. Null: a bare 200. */
export const slackAck = (text: string | null): Reply =>
  text === null
    ? plainReply('')
    : jsonReply({
        response_type: 'ephemeral',
        text: slackEscaped(text),
        mrkdwn: false,
      });

/** Posts a card to an incoming webhook or a response_url; the URL is the secret, nothing is signed. */
export const slackPosting = ({ url }: Webhook, card: Card): Posting => ({
  url,
  headers: JSON_TYPE,
  body: slackCard(card),
});

/** Posts to a response_url so that everybody in the channel sees it; without that word only who asked would. */
export const slackForAll = (url: string, card: Card): Posting => ({
  url,
  headers: JSON_TYPE,
  body: JSON.stringify({ response_type: 'in_channel', ...(JSON.parse(slackCard(card)) as object) }),
});

/** Takes the place of the message whose button was clicked; only for a response_url. */
export function slackUpdate(url: string, card: Card): Posting {
  const message = JSON.parse(slackCard(card)) as Record<string, unknown>;
  return { url, headers: JSON_TYPE, body: JSON.stringify({ replace_original: true, ...message }) };
}

/** Slack tells failures by the HTTP status; a response_url may also answer `{"ok": false, "error": …}` with 200. */
export function slackFailure(posted: Posted): PostingFailure | undefined {
  const answer = tryJson(posted.body);
  const refused = at(answer, 'ok') === false;
  return httpFailure(posted) ?? (refused ? { code: textAt(answer, 'error') || 'not-ok', ...GIVE_UP } : undefined);
}
