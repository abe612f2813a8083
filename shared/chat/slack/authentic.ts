import type { Given, SlackSecrets } from '../channel.ts';
import { hmacSha256, mustMatch } from '../digest.ts';
import type { Inbound } from '../inbound.ts';
import { bounded, header, type Received, sentBy } from '../received.ts';
import { firstAccepted, judged, type Refusal } from '../refusal.ts';
import { freshInstant } from '../timestamp.ts';
import { readSlack } from './read.ts';

/** `v0=` and the HMAC-SHA256, in hex, of `v0:`, the timestamp, `:` and the raw body. */
export const slackSignature = (signingSecret: string, timestamp: string, body: Buffer): string =>
  `v0=${hmacSha256(signingSecret, `v0:${timestamp}:`, body).toString('hex')}`;

/**
 * Judges a request of Slack's: slash command, button or event. Its signature covers the body.
 * Source: docs.slack.dev, "Verifying requests from Slack".
 */
export function authenticSlack(received: Received, given: Given<SlackSecrets>): Inbound | Refusal {
  return judged(() => {
    bounded(received);
    sentBy(received, 'POST');
    const timestamp = header(received, 'x-slack-request-timestamp');
    const signature = header(received, 'x-slack-signature');
    const sentAt = freshInstant(timestamp, 's', given.now, given.channel.windowSeconds);
    firstAccepted(given.secrets.signingSecrets, secret =>
      mustMatch(signature, slackSignature(secret, timestamp, received.body)),
    );
    return readSlack(received.body, given.channel, sentAt);
  });
}
