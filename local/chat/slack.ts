/** Slack, as far as its signed requests go; written from docs.slack.dev and from nothing of ours. */
import { createHmac } from 'node:crypto';
import { type Sent, seconds } from './sent.ts';

export type SlackApp = {
  readonly signingSecret: string;
  readonly team: string;
  readonly app: string;
  readonly channel: string;
  /** Where answers are to be posted. */
  readonly responseUrl: string;
};

function signed(app: SlackApp, now: Date, type: string, text: string): Sent {
  const body = Buffer.from(text);
  const timestamp = seconds(now);
  const base = Buffer.concat([Buffer.from(`v0:${timestamp}:`), body]);
  const signature = `v0=${createHmac('sha256', app.signingSecret).update(base).digest('hex')}`;
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
  };
  return { method: 'POST', headers, query: {}, body };
}

const form = (app: SlackApp, now: Date, fields: Record<string, string>): Sent =>
  signed(app, now, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString());

const json = (app: SlackApp, now: Date, value: unknown): Sent =>
  signed(app, now, 'application/json', JSON.stringify(value));

/** `/eip <text>`, typed by a person. */
export const slackSlash = (app: SlackApp, now: Date, user: string, text: string, triggerId = `${now.getTime()}.1`) =>
  form(app, now, {
    token: 'deprecated',
    team_id: app.team,
    team_domain: 'example',
    channel_id: app.channel,
    channel_name: 'ops',
    user_id: user,
    user_name: 'anybody',
    command: '/eip',
    text,
    api_app_id: app.app,
    response_url: app.responseUrl,
    trigger_id: triggerId,
  });

/** A click on a button of a message. */
export const slackClick = (app: SlackApp, now: Date, user: string, value: string, triggerId = `${now.getTime()}.2`) =>
  form(app, now, {
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: app.team, domain: 'example' },
      user: { id: user, username: 'anybody' },
      api_app_id: app.app,
      channel: { id: app.channel },
      trigger_id: triggerId,
      response_url: app.responseUrl,
      actions: [{ type: 'button', action_id: 'decide-0', value }],
    }),
  });

/** The Events API asks whether the address is ours. */
export const slackChallenge = (app: SlackApp, now: Date, challenge: string) =>
  json(app, now, { token: 'deprecated', challenge, type: 'url_verification' });

/** Somebody mentions the app in a channel. */
export const slackMention = (
  app: SlackApp,
  now: Date,
  user: string,
  text: string,
  change: Record<string, unknown> = {},
) =>
  json(app, now, {
    type: 'event_callback',
    team_id: app.team,
    api_app_id: app.app,
    event_id: `Ev${now.getTime()}`,
    event: { type: 'app_mention', user, text: `<@UBOT> ${text}`, channel: app.channel, ...change },
  });
