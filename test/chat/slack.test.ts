import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sent } from '../../local/chat/sent.ts';
import { type SlackApp, slackChallenge, slackClick, slackMention, slackSlash } from '../../local/chat/slack.ts';
import type { Channel, SlackSecrets } from '../../shared/chat/channel.ts';
import { authenticSlack, slackSignature } from '../../shared/chat/slack/authentic.ts';
import { slackText } from '../../shared/chat/slack/command.ts';
import {
  BUTTON,
  badBodies,
  badTimes,
  channelOf,
  DECISION,
  instead,
  later,
  NOW,
  type Row,
  refuses,
  SALT,
  withBody,
  withHeader,
  withoutHeader,
} from './given.ts';
import { SLACK_BODY } from './vectors.ts';

const APP: SlackApp = {
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  team: 'T1',
  app: 'A1',
  channel: 'C1',
  responseUrl: 'https://hooks.slack.com/commands/T1/1/x',
};
const channel = channelOf('slack', 'T1', { apps: ['A1'], chats: ['C1'] });
const secrets: SlackSecrets = { signingSecrets: [APP.signingSecret] };
const judge = (sent: Sent, change: Partial<Channel> = {}, now = NOW, signingSecrets = secrets.signingSecrets) =>
  authenticSlack(sent, { channel: { ...channel, ...change }, secrets: { signingSecrets }, now, salt: SALT });

/** Signed as Slack would, whatever the bytes. */
function signed(body: Buffer | string, now = NOW): Sent {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const bytes = Buffer.from(body);
  const text = Buffer.concat([Buffer.from(`v0:${timestamp}:`), bytes]);
  const signature = `v0=${createHmac('sha256', APP.signingSecret).update(text).digest('hex')}`;
  return {
    method: 'POST',
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
    query: {},
    body: bytes,
  };
}
const slash = (change: Record<string, string>): Sent => {
  const fields = new URLSearchParams(slackSlash(APP, NOW, 'U2', 'status').body.toString());
  for (const [name, value] of Object.entries(change)) fields.set(name, value);
  return signed(fields.toString());
};

describe('Slack: what is authentic', () => {
  it("signs the official sample as Slack's document does", () => {
    expect(slackSignature('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', Buffer.from(SLACK_BODY))).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
  it('accepts the official sample at its time, and reads it', () => {
    const headers = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    const sent: Sent = { method: 'POST', headers, query: {}, body: Buffer.from(SLACK_BODY) };
    const inbound = judge(sent, { tenants: ['T1DC2JH3J'], apps: [], chats: [] }, new Date(1531420618_000));
    expect(inbound).toMatchObject({
      kind: 'command',
      text: '',
      actor: { id: 'slack:T1DC2JH3J/U2CERLKJA' },
      dedupe: { key: 'slack:398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c' },
    });
  });
  it('reads a slash command', () => {
    expect(judge(slackSlash(APP, NOW, 'U2', '续订 203.0.113.1', 'trigger'))).toEqual({
      kind: 'command',
      text: '续订 203.0.113.1',
      provider: 'slack',
      actor: { provider: 'slack', tenant: 'T1', user: 'U2', id: 'slack:T1/U2' },
      tenant: 'T1',
      app: 'A1',
      channel: 'C1',
      dedupe: { key: 'slack:trigger', ttlSeconds: 3600 },
      answer: { via: 'url', url: APP.responseUrl, until: later(1800), uses: 5 },
      capabilities: { mayOperate: true, mayApprove: true },
      sentAt: NOW,
      ackWithinMs: 3000,
    });
  });
  it('reads a click', () => {
    expect(judge(slackClick(APP, NOW, 'U3', BUTTON))).toMatchObject({
      kind: 'decision',
      decision: DECISION,
      actor: { id: 'slack:T1/U3' },
    });
  });
  it('reads a mention, and answers in its channel', () => {
    expect(judge(slackMention(APP, NOW, 'U2', 'status'))).toMatchObject({
      kind: 'command',
      text: '<@UBOT> status',
      answer: { via: 'chat', chat: 'C1' },
      dedupe: { key: expect.stringMatching(/^slack:Ev/) },
    });
  });
  it('reads a direct message', () => {
    const sent = slackMention(APP, NOW, 'U2', 'help', { type: 'message', channel_type: 'im' });
    expect(judge(sent)).toMatchObject({ kind: 'command' });
  });
  it('answers the address check with its challenge', () => {
    const inbound = judge(slackChallenge(APP, NOW, '3eZbrw1aB10FEMAGAZd4FyFQ'));
    expect(inbound).toMatchObject({
      kind: 'handshake',
      reply: { status: 200, body: '{"challenge":"3eZbrw1aB10FEMAGAZd4FyFQ"}' },
    });
  });
  it.each<[string, Sent]>([
    ['a bot speaks', slackMention(APP, NOW, 'U2', 'x', { bot_id: 'B1' })],
    [
      'a message is edited',
      slackMention(APP, NOW, 'U2', 'x', { type: 'message', channel_type: 'im', subtype: 'message_changed' }),
    ],
    ['people talk in a channel', slackMention(APP, NOW, 'U2', 'x', { type: 'message', channel_type: 'channel' })],
    ['somebody reacts', slackMention(APP, NOW, 'U2', 'x', { type: 'reaction_added' })],
    ['a button is not one of ours', slackClick(APP, NOW, 'U2', 'buy-now')],
    ['a modal is closed', signed(`payload=${encodeURIComponent('{"type":"view_closed"}')}`)],
    ['Slack checks the certificate', signed('ssl_check=1&token=x')],
  ])('does nothing when %s', (_sentence, sent) => {
    expect(judge(sent)).toEqual({ kind: 'nothing', reply: expect.objectContaining({ status: 200, body: '' }) });
  });
  it.each<[string, Sent, readonly string[], number]>([
    ['at the very end of the window', slackSlash(APP, later(-300), 'U2', 'x'), secrets.signingSecrets, 0],
    ['as far ahead as the window goes', slackSlash(APP, later(300), 'U2', 'x'), secrets.signingSecrets, 0],
    ['signed with the older of two secrets', slackSlash(APP, NOW, 'U2', 'x'), ['new', APP.signingSecret], 0],
    ['signed with the newer of two secrets', slackSlash(APP, NOW, 'U2', 'x'), [APP.signingSecret, 'old'], 0],
    ['beside an empty secret', slackSlash(APP, NOW, 'U2', 'x'), ['', APP.signingSecret], 0],
    ['with Chinese and signs in it', slackSlash(APP, NOW, 'U2', '扩容 “网站&一”＝100%+1'), secrets.signingSecrets, 0],
    [
      'under any content type',
      withHeader('content-type', 'application/json')(slackSlash(APP, NOW, 'U2', 'x')),
      secrets.signingSecrets,
      0,
    ],
  ])('accepts a command %s', (_sentence, sent, list) => {
    expect(judge(sent, {}, NOW, list)).toMatchObject({ kind: 'command' });
  });
  it('gives the text back as it was typed', () => {
    expect(judge(slackSlash(APP, NOW, 'U2', '扩容 “网站&一”＝100%+1'))).toMatchObject({
      text: '扩容 “网站&一”＝100%+1',
    });
  });
  it('is not led to read a signed message as a form that names another user', () => {
    const text = 'x&command=/eip&text=approve&team_id=T1&user_id=UBOSS&api_app_id=A1&channel_id=C1&trigger_id=1';
    const sent = withHeader('content-type', 'application/x-www-form-urlencoded')(slackMention(APP, NOW, 'U2', text));
    expect(judge(sent)).toMatchObject({ kind: 'command', actor: { id: 'slack:T1/U2' } });
  });
});

const good = slackSlash(APP, NOW, 'U2', 'status');
const SIGNATURE = 'x-slack-signature';
const TIMESTAMP = 'x-slack-request-timestamp';
const time = good.headers[TIMESTAMP]!;

const ROWS: Row<SlackSecrets>[] = [
  ...badBodies<SlackSecrets>().map(
    ([what, how]): Row<SlackSecrets> => [`refuses a body that is ${what}`, how, 'signature-mismatch'],
  ),
  ...badTimes(time).map(
    ([what, text]): Row<SlackSecrets> => [
      `refuses a timestamp ${what}`,
      { sent: withHeader(TIMESTAMP, text) },
      'timestamp-malformed',
    ],
  ),
  ['refuses a request without its signature', { sent: withoutHeader(SIGNATURE) }, 'header-missing'],
  ['refuses a request without its timestamp', { sent: withoutHeader(TIMESTAMP) }, 'header-missing'],
  ['refuses an empty signature', { sent: withHeader(SIGNATURE, '') }, 'header-missing'],
  ['refuses an empty timestamp', { sent: withHeader(TIMESTAMP, '') }, 'header-missing'],
  ['refuses a request that is a second too late', { now: later(301) }, 'timestamp-late'],
  ['refuses a request that is an hour late', { now: later(3600) }, 'timestamp-late'],
  ['refuses a request that is a second too early', { now: later(-301) }, 'timestamp-early'],
  ['refuses a request of next year', { now: later(-365 * 86400) }, 'timestamp-early'],
  [
    'refuses an old request under a new timestamp',
    { now: later(600), sent: withHeader(TIMESTAMP, String(Number(time) + 600)) },
    'signature-mismatch',
  ],
  [
    'refuses a timestamp moved by one second',
    { sent: withHeader(TIMESTAMP, String(Number(time) + 1)) },
    'signature-mismatch',
  ],
  ['refuses a window of its own that is shorter', { channel: { windowSeconds: 10 }, now: later(11) }, 'timestamp-late'],
  ['refuses a signature cut short', { sent: withHeader(SIGNATURE, old => old.slice(0, -1)) }, 'signature-mismatch'],
  [
    'refuses a signature with something after it',
    { sent: withHeader(SIGNATURE, old => `${old}0`) },
    'signature-mismatch',
  ],
  ['refuses a signature in capitals', { sent: withHeader(SIGNATURE, old => old.toUpperCase()) }, 'signature-mismatch'],
  [
    'refuses a signature without its version',
    { sent: withHeader(SIGNATURE, old => old.slice(3)) },
    'signature-mismatch',
  ],
  [
    'refuses a signature of another version',
    { sent: withHeader(SIGNATURE, old => old.replace('v0', 'v1')) },
    'signature-mismatch',
  ],
  ['refuses two signatures at once', { sent: withHeader(SIGNATURE, old => `v0=00,${old}`) }, 'signature-mismatch'],
  [
    'refuses a signature in wide characters',
    { sent: withHeader(SIGNATURE, old => `ｖ${old.slice(1)}`) },
    'signature-mismatch',
  ],
  [
    'refuses a signature of the empty secret',
    {
      sent: withHeader(
        SIGNATURE,
        () => `v0=${createHmac('sha256', '').update(`v0:${time}:${good.body}`).digest('hex')}`,
      ),
      secrets: { signingSecrets: [''] },
    },
    'secret-missing',
  ],
  ['refuses everything without a secret', { secrets: { signingSecrets: [] } }, 'secret-missing'],
  ['refuses what another secret signed', { secrets: { signingSecrets: ['another'] } }, 'signature-mismatch'],
  ['refuses what neither of two secrets signed', { secrets: { signingSecrets: ['a', 'b'] } }, 'signature-mismatch'],
  [
    'refuses a secret with a blank at its end',
    { secrets: { signingSecrets: [`${APP.signingSecret} `] } },
    'signature-mismatch',
  ],
  ['refuses GET', { sent: sent => ({ ...sent, method: 'GET' }) }, 'wrong-method'],
  [
    'refuses a body of more than 64 KiB, before hashing it',
    { sent: instead(signed(`text=${'x'.repeat(65_536)}`)) },
    'too-large',
  ],
  [
    'refuses fields in another order',
    { sent: withBody(body => body.toString().split('&').toReversed().join('&')) },
    'signature-mismatch',
  ],
  [
    'refuses a plus sign written as %20',
    {
      sent: sent =>
        withBody(() => good.body.toString().replaceAll('+', '%20').replace('text=status', 'text=status%20'))(sent),
    },
    'signature-mismatch',
  ],
  ['refuses another workspace', { channel: { tenants: ['T2'] } }, 'wrong-tenant'],
  ['refuses everyone when no workspace is listed', { channel: { tenants: [] } }, 'wrong-tenant'],
  ['refuses a workspace that differs by case', { channel: { tenants: ['t1'] } }, 'wrong-tenant'],
  ['refuses a request that names no workspace', { sent: instead(slash({ team_id: '' })) }, 'wrong-tenant'],
  ['refuses another app', { channel: { apps: ['A2'] } }, 'wrong-app'],
  [
    'refuses a request that names no app where one is listed',
    { sent: instead(slash({ api_app_id: '' })) },
    'wrong-app',
  ],
  ['refuses a chat that is not listened to', { channel: { chats: ['C2'] } }, 'wrong-channel'],
  ['refuses a command of nobody', { sent: instead(slash({ user_id: '' })) }, 'actor-missing'],
  ['refuses a user id with a slash', { sent: instead(slash({ user_id: 'U1/U2' })) }, 'actor-missing'],
  ['refuses a user id that is a wildcard', { sent: instead(slash({ user_id: '*' })) }, 'actor-missing'],
  [
    'refuses a command that cannot be told from its repetition',
    { sent: instead(slash({ trigger_id: '' })) },
    'id-missing',
  ],
  [
    'refuses to answer to another host',
    { sent: instead(slash({ response_url: 'https://evil.example/x' })) },
    'foreign-answer-url',
  ],
  [
    'refuses to answer without TLS',
    { sent: instead(slash({ response_url: 'http://hooks.slack.com/x' })) },
    'foreign-answer-url',
  ],
  [
    'refuses to answer to a host that begins alike',
    { sent: instead(slash({ response_url: 'https://hooks.slack.com.evil.example/' })) },
    'foreign-answer-url',
  ],
  [
    'refuses to answer to a name before an @',
    { sent: instead(slash({ response_url: 'https://hooks.slack.com@evil.example/' })) },
    'foreign-answer-url',
  ],
  [
    'refuses to answer to another port',
    { sent: instead(slash({ response_url: 'https://hooks.slack.com:8443/' })) },
    'foreign-answer-url',
  ],
  ['refuses an answer address that is none', { sent: instead(slash({ response_url: 'hooks' })) }, 'foreign-answer-url'],
  ['refuses a signed form that is no command', { sent: instead(signed('a=b')) }, 'unparsable'],
  ['refuses a signed body that is not UTF-8', { sent: instead(signed(Buffer.from([0x74, 0xff, 0xfe]))) }, 'unparsable'],
  ['refuses a signed payload that is no JSON', { sent: instead(signed('payload={')) }, 'unparsable'],
  ['refuses a signed payload that is a list', { sent: instead(signed('payload=[]')) }, 'unparsable'],
  [
    'refuses signed JSON with something after it',
    { sent: instead(signed('{"type":"url_verification","challenge":"x"} x')) },
    'unparsable',
  ],
  [
    'refuses an address check without a challenge',
    { sent: instead(signed('{"type":"url_verification"}')) },
    'unparsable',
  ],
  [
    'refuses a challenge that nobody signed',
    { sent: withBody(() => '{"type":"url_verification","challenge":"x"}') },
    'signature-mismatch',
  ],
];

describe('Slack: what is refused', () => {
  expect(ROWS.length).toBeGreaterThan(40);
  refuses(authenticSlack, good, channel, secrets, ROWS);

  it('no mutation of one byte of the body, the timestamp or the signature is accepted', () => {
    fc.assert(
      fc.property(fc.nat(good.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, bits) => {
        const body = Buffer.from(good.body);
        body[index] = body[index]! ^ bits;
        expect(judge({ ...good, body })).toMatchObject({ kind: 'refused', code: 'signature-mismatch' });
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(SIGNATURE, TIMESTAMP),
        fc.nat(66),
        fc.integer({ min: 1, max: 127 }),
        (name, at, bits) => {
          const text = good.headers[name]!;
          const index = at % text.length;
          const changed =
            text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ bits) + text.slice(index + 1);
          expect(judge(withHeader(name, changed)(good))).toMatchObject({ kind: 'refused' });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('Slack: the text of a command', () => {
  it.each([
    ['status <http://web-1.example|web-1.example>', 'status web-1.example'],
    ['status <http://203.0.113.1>', 'status http://203.0.113.1'],
    ['status a &amp; b &lt;c&gt; &amp;lt;', 'status a & b <c> &lt;'],
    ['<@U1|eip> status <#C1|ops> <!here|here>', '<@U1|eip> status ops here'],
    ['status <web', 'status <web'],
  ])('%s is read as %s', (text, expected) => {
    expect(slackText(text)).toBe(expected);
  });
});
