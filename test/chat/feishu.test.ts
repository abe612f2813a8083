import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FeishuApp,
  feishuChallenge,
  feishuClick,
  feishuEncrypt,
  feishuMessage,
  feishuPush,
} from '../../local/chat/feishu.ts';
import type { Moment, Sent } from '../../local/chat/sent.ts';
import type { Channel, FeishuSecrets } from '../../shared/chat/channel.ts';
import { authenticFeishu, feishuSignature } from '../../shared/chat/feishu/authentic.ts';
import { feishuText } from '../../shared/chat/feishu/command.ts';
import { feishuDecrypt } from '../../shared/chat/feishu/decrypt.ts';
import { feishuLegacyCardSignature } from '../../shared/chat/feishu/legacy-card.ts';
import {
  BUTTON,
  badBodies,
  badTimes,
  channelOf,
  DECISION,
  instead,
  later,
  MOMENT,
  NOW,
  type Row,
  refuses,
  SALT,
  withBody,
  withHeader,
  withoutHeader,
} from './given.ts';

const APP: FeishuApp = {
  encryptKey: 'test key',
  verificationToken: 'vtoken',
  tenant: 'tk1',
  app: 'cli_1',
  chat: 'oc_1',
};
const channel = channelOf('feishu', 'tk1', { apps: ['cli_1'], chats: ['oc_1'] });
const secrets: FeishuSecrets = { encryptKeys: [APP.encryptKey], verificationTokens: [APP.verificationToken] };
const judge = (sent: Sent, change: Partial<FeishuSecrets> = {}, place: Partial<Channel> = {}) =>
  authenticFeishu(sent, {
    channel: { ...channel, ...place },
    secrets: { ...secrets, ...change },
    now: NOW,
    salt: SALT,
  });
const at = (seconds: number): Moment => ({ ...MOMENT, now: later(seconds) });

const message = (change: object = {}, header: object = {}, rest: object = {}): Sent =>
  feishuPush(APP, MOMENT, {
    schema: '2.0',
    header: {
      event_id: 'ev1',
      token: 'vtoken',
      event_type: 'im.message.receive_v1',
      tenant_key: 'tk1',
      app_id: 'cli_1',
      ...header,
    },
    event: {
      sender: { sender_id: { open_id: 'ou_1' }, sender_type: 'user', tenant_key: 'tk1', ...rest },
      message: { message_id: 'om_1', chat_id: 'oc_1', message_type: 'text', content: '{"text":"帮助"}', ...change },
    },
  });

describe('Feishu: what is authentic', () => {
  it('decrypts the official sample', () => {
    expect(feishuDecrypt('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=').toString()).toBe('hello world');
  });
  it('signs an event', () => {
    const body = Buffer.from('{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}');
    expect(feishuSignature('1700000000', 'nonce1', 'test key', body)).toBe(
      '21b279029a3bdf7b9f02a4935c76c53f09876d9d0e45add77a99d55d1bc7e79e',
    );
  });
  it('signs a card of the old format', () => {
    expect(feishuLegacyCardSignature('1700000000', 'nonce1', 'vtoken', Buffer.from('{}'))).toBe(
      'edc71b69af661bc64cbd7191ad566724ba051297',
    );
  });
  it('reads a message', () => {
    expect(judge(feishuMessage(APP, MOMENT, 'ou_1', '续订 203.0.113.1'))).toEqual({
      kind: 'command',
      text: '@_user_1 续订 203.0.113.1',
      provider: 'feishu',
      actor: { provider: 'feishu', tenant: 'tk1', user: 'ou_1', id: 'feishu:tk1/ou_1' },
      tenant: 'tk1',
      app: 'cli_1',
      channel: 'oc_1',
      dedupe: { key: `feishu:nonce1-${NOW.getTime()}`, ttlSeconds: 86_400 },
      answer: { via: 'chat', chat: 'oc_1', message: 'om_nonce1' },
      capabilities: { mayOperate: true, mayApprove: true },
      sentAt: NOW,
      ackWithinMs: 3000,
    });
  });
  it('reads a click, and keeps the token that updates the card twice', () => {
    expect(judge(feishuClick(APP, MOMENT, 'ou_2', { decision: BUTTON }))).toMatchObject({
      kind: 'decision',
      decision: DECISION,
      actor: { id: 'feishu:tk1/ou_2' },
      answer: { via: 'card-token', token: 'c-nonce1', uses: 2, until: later(1800) },
    });
  });
  it('reads a message in the older format', () => {
    const event = {
      uuid: 'uuid1',
      token: 'vtoken',
      type: 'event_callback',
      event: {
        type: 'message',
        msg_type: 'text',
        tenant_key: 'tk1',
        app_id: 'cli_1',
        open_id: 'ou_1',
        open_chat_id: 'oc_1',
        open_message_id: 'om_1',
        text_without_at_bot: ' status',
        text: '@EIP status',
      },
    };
    expect(judge(feishuPush(APP, MOMENT, event))).toMatchObject({
      kind: 'command',
      text: ' status',
      dedupe: { key: 'feishu:uuid1' },
    });
  });
  it.each<[string, boolean]>([
    ['unsigned, as Feishu sends it', false],
    ['signed', true],
  ])('answers the address check %s', (_sentence, sign) => {
    const event = { challenge: 'ajls384k', token: 'vtoken', type: 'url_verification' };
    expect(judge(feishuPush(APP, MOMENT, event, sign))).toMatchObject({
      kind: 'handshake',
      reply: { status: 200, body: '{"challenge":"ajls384k"}' },
    });
  });
  it.each<[string, Sent]>([
    ['a picture is posted', message({ message_type: 'image' })],
    ['a bot speaks', message({}, {}, { sender_type: 'app' })],
    ['a button is not one of ours', feishuClick(APP, MOMENT, 'ou_1', { other: 1 })],
    ['somebody joins', message({}, { event_type: 'im.chat.member.user.added_v1' })],
    ['the event has no type', message({}, { event_type: '' })],
  ])('does nothing when %s', (_sentence, sent) => {
    expect(judge(sent)).toMatchObject({ kind: 'nothing', reply: { status: 200, body: '{}' } });
  });
  it.each<[string, Sent, Partial<FeishuSecrets>]>([
    ['at the end of the window', feishuMessage(APP, at(-300), 'ou_1', 'x'), {}],
    ['as far ahead as it goes', feishuMessage(APP, at(300), 'ou_1', 'x'), {}],
    ['under the older of two keys', feishuMessage(APP, MOMENT, 'ou_1', 'x'), { encryptKeys: ['new', 'test key'] }],
    ['under the older of two tokens', feishuMessage(APP, MOMENT, 'ou_1', 'x'), { verificationTokens: ['n', 'vtoken'] }],
  ])('accepts a message %s', (_sentence, sent, change) => {
    expect(judge(sent, change)).toMatchObject({ kind: 'command' });
  });
  it.each([
    ['{"text":"@_user_1 你好"}', '@_user_1 你好'],
    ['{"title":"x"}', ''],
    ['no json', ''],
    ['["text"]', ''],
  ])('the content %s is the text "%s"', (content, text) => {
    expect(feishuText(content)).toBe(text);
  });
});

const good = feishuMessage(APP, MOMENT, 'ou_1', 'status');
const SIGNATURE = 'x-lark-signature';
const TIMESTAMP = 'x-lark-request-timestamp';
const NONCE = 'x-lark-request-nonce';
const time = good.headers[TIMESTAMP]!;
const signedBody = (text: string): Sent => {
  const body = Buffer.from(text);
  return {
    ...good,
    body,
    headers: { ...good.headers, [SIGNATURE]: feishuSignature(time, MOMENT.nonce, APP.encryptKey, body) },
  };
};
const encrypted = (text: string): Sent =>
  signedBody(JSON.stringify({ encrypt: feishuEncrypt(APP.encryptKey, MOMENT.random, text) }));

type R = Row<FeishuSecrets>;
const ROWS: R[] = [
  ...badBodies<FeishuSecrets>().map(([what, how]): R => [`refuses a body that is ${what}`, how, 'signature-mismatch']),
  ...badTimes(time).map(
    ([what, text]): R => [`refuses a timestamp ${what}`, { sent: withHeader(TIMESTAMP, text) }, 'timestamp-malformed'],
  ),
  ['refuses an event without a signature', { sent: withoutHeader(SIGNATURE) }, 'header-missing'],
  ['refuses an event without a timestamp', { sent: withoutHeader(TIMESTAMP) }, 'header-missing'],
  ['refuses an event without a nonce', { sent: withoutHeader(NONCE) }, 'header-missing'],
  ['refuses an empty signature', { sent: withHeader(SIGNATURE, '') }, 'header-missing'],
  ['refuses an empty nonce', { sent: withHeader(NONCE, '') }, 'header-missing'],
  ['refuses an event a second too late', { now: later(301) }, 'timestamp-late'],
  ['refuses an event a second too early', { now: later(-301) }, 'timestamp-early'],
  ['refuses an event of next year', { now: later(-365 * 86_400) }, 'timestamp-early'],
  [
    'refuses an old event under a new timestamp',
    { now: later(600), sent: withHeader(TIMESTAMP, String(Number(time) + 600)) },
    'signature-mismatch',
  ],
  [
    'refuses a digit that slid from the timestamp into the nonce',
    { sent: sent => withHeader(NONCE, time.slice(-1) + MOMENT.nonce)(withHeader(TIMESTAMP, time.slice(0, -1))(sent)) },
    'timestamp-malformed',
  ],
  [
    'refuses a digit that slid from the nonce into the timestamp',
    { sent: sent => withHeader(NONCE, 'once1')(withHeader(TIMESTAMP, `${time}n`)(sent)) },
    'timestamp-malformed',
  ],
  ['refuses another nonce', { sent: withHeader(NONCE, 'nonce2') }, 'signature-mismatch'],
  ['refuses a signature cut short', { sent: withHeader(SIGNATURE, old => old.slice(0, -1)) }, 'signature-mismatch'],
  ['refuses a signature in capitals', { sent: withHeader(SIGNATURE, old => old.toUpperCase()) }, 'signature-mismatch'],
  [
    'refuses a signature with something after it',
    { sent: withHeader(SIGNATURE, old => `${old} `) },
    'signature-mismatch',
  ],
  ['refuses everything without an Encrypt Key, signed or not', { secrets: { encryptKeys: [] } }, 'secret-missing'],
  ['refuses the empty Encrypt Key', { secrets: { encryptKeys: [''] } }, 'secret-missing'],
  ['refuses everything without a Verification Token', { secrets: { verificationTokens: [] } }, 'secret-missing'],
  ['refuses the empty Verification Token', { secrets: { verificationTokens: [''] } }, 'secret-missing'],
  ['refuses what another key signed', { secrets: { encryptKeys: ['another'] } }, 'signature-mismatch'],
  ['refuses another Verification Token', { secrets: { verificationTokens: ['vtokem'] } }, 'wrong-token'],
  [
    'refuses a Verification Token that only begins alike',
    { secrets: { verificationTokens: ['vtoken2'] } },
    'wrong-token',
  ],
  ['refuses an event without a token', { sent: instead(message({}, { token: undefined })) }, 'wrong-token'],
  ['refuses an event whose token is no text', { sent: instead(message({}, { token: ['vtoken'] })) }, 'wrong-token'],
  ['refuses GET', { sent: sent => ({ ...sent, method: 'GET' }) }, 'wrong-method'],
  ['refuses more than 64 KiB', { sent: withBody(() => 'x'.repeat(65_537)) }, 'too-large'],
  [
    'refuses a signed body that is not encrypted',
    { sent: instead(signedBody('{"type":"url_verification","challenge":"x","token":"vtoken"}')) },
    'plain-body',
  ],
  [
    'refuses an address check that is not encrypted',
    {
      sent: sent =>
        withoutHeader(SIGNATURE)(withBody(() => '{"type":"url_verification","challenge":"x","token":"vtoken"}')(sent)),
    },
    'plain-body',
  ],
  [
    'refuses an address check with a wrong token',
    { sent: instead(feishuPush(APP, MOMENT, { challenge: 'x', token: 'no', type: 'url_verification' }, false)) },
    'wrong-token',
  ],
  [
    'refuses an address check under another key',
    { sent: instead(feishuChallenge({ ...APP, encryptKey: 'another' }, MOMENT, 'x')) },
    'undecryptable',
  ],
  [
    'refuses an address check without a challenge',
    { sent: instead(feishuPush(APP, MOMENT, { token: 'vtoken', type: 'url_verification' }, false)) },
    'unparsable',
  ],
  [
    'refuses a signed body with something after its JSON',
    { sent: instead(signedBody(`${good.body} {}`)) },
    'unparsable',
  ],
  ['refuses a signed list', { sent: instead(signedBody('[]')) }, 'unparsable'],
  [
    'refuses signed bytes that are not UTF-8',
    {
      sent: () => {
        const body = Buffer.from([0x7b, 0xff, 0x7d]);
        return {
          ...good,
          body,
          headers: { ...good.headers, [SIGNATURE]: feishuSignature(time, MOMENT.nonce, APP.encryptKey, body) },
        };
      },
    },
    'unparsable',
  ],
  ['refuses a ciphertext that is not base64', { sent: instead(signedBody('{"encrypt":"P37w*VZI"}')) }, 'undecryptable'],
  [
    'refuses a ciphertext with a blank in it',
    { sent: instead(signedBody('{"encrypt":"P37w VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}')) },
    'undecryptable',
  ],
  [
    'refuses a ciphertext of one block',
    { sent: instead(signedBody(`{"encrypt":"${Buffer.alloc(16).toString('base64')}"}`)) },
    'undecryptable',
  ],
  [
    'refuses a ciphertext of half a block',
    { sent: instead(signedBody(`{"encrypt":"${Buffer.alloc(40).toString('base64')}"}`)) },
    'undecryptable',
  ],
  [
    'refuses a ciphertext of noise',
    { sent: instead(signedBody(`{"encrypt":"${Buffer.alloc(64, 7).toString('base64')}"}`)) },
    'undecryptable',
  ],
  ['refuses a text inside that is no JSON', { sent: instead(encrypted('hello world')) }, 'unparsable'],
  [
    'refuses a text inside with a byte order mark',
    { sent: instead(encrypted('\ufeff{"token":"vtoken"}')) },
    'unparsable',
  ],
  ['refuses an event of another tenant', { sent: instead(message({}, {}, { tenant_key: 'tk2' })) }, 'wrong-tenant'],
  ['refuses an event of no tenant', { sent: instead(message({}, {}, { tenant_key: '' })) }, 'wrong-tenant'],
  ['refuses everyone when no tenant is listed', { channel: { tenants: [] } }, 'wrong-tenant'],
  ['refuses an event for another app', { sent: instead(message({}, { app_id: 'cli_2' })) }, 'wrong-app'],
  ['refuses a chat that is not listened to', { sent: instead(message({ chat_id: 'oc_2' })) }, 'wrong-channel'],
  ['refuses a message of nobody', { sent: instead(message({}, {}, { sender_id: {} })) }, 'actor-missing'],
  [
    'refuses an event that cannot be told from its repetition',
    { sent: instead(message({}, { event_id: '' })) },
    'id-missing',
  ],
];

describe('Feishu: what is refused', () => {
  expect(ROWS.length).toBeGreaterThan(40);
  refuses(authenticFeishu, good, channel, secrets, ROWS);

  it('no mutation of one byte of the body is accepted', () => {
    fc.assert(
      fc.property(fc.nat(good.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, bits) => {
        const body = Buffer.from(good.body);
        body[index] = body[index]! ^ bits;
        expect(judge({ ...good, body })).toMatchObject({ kind: 'refused', code: 'signature-mismatch' });
      }),
      { numRuns: 500 },
    );
  });
  it('no mutation of one byte of an unsigned address check makes it anything but the same check or refused', () => {
    const check = feishuChallenge(APP, MOMENT, 'challenge-of-some-length');
    fc.assert(
      fc.property(fc.nat(check.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, bits) => {
        const body = Buffer.from(check.body);
        body[index] = body[index]! ^ bits;
        expect(['refused', 'handshake']).toContain(judge({ ...check, body }).kind);
      }),
      { numRuns: 300 },
    );
  });
});
