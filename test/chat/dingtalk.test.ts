import { describe, expect, it } from 'vitest';
import { type DingtalkApp, dingtalkClick, dingtalkEvent, dingtalkMessage } from '../../local/chat/dingtalk.ts';
import { sealedSignature, sealText, unsealText } from '../../local/chat/sealing.ts';
import type { Moment, Sent } from '../../local/chat/sent.ts';
import type { DingtalkSecrets } from '../../shared/chat/channel.ts';
import { authenticDingtalk } from '../../shared/chat/dingtalk/authentic.ts';
import { dingtalkCardSignature } from '../../shared/chat/dingtalk/card-callback.ts';
import { dingtalkSign } from '../../shared/chat/dingtalk/robot.ts';
import {
  BUTTON,
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
  type Tampering,
  withBody,
  withHeader,
  withoutHeader,
  withoutQuery,
  withQuery,
} from './given.ts';
import { DINGTALK_A, DINGTALK_B } from './vectors.ts';

const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const OTHER_KEY = 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7';
const SESSION = 'https://oapi.dingtalk.com/robot/sendBySession?session=1';
const PLAIN: DingtalkApp = {
  appSecret: 'this is secret',
  aesKey: null,
  callback: { token: 'mryue', aesKey: OTHER_KEY },
  apiSecret: 'mySecret',
  corp: 'ding1',
  robot: 'robot1',
  conversation: 'cid1',
  sessionWebhook: SESSION,
};
const SEALED: DingtalkApp = { ...PLAIN, aesKey: AES };
const channel = channelOf('dingtalk', 'ding1', { apps: ['robot1'], chats: ['cid1'] });
const plainSecrets: DingtalkSecrets = {
  appSecrets: [PLAIN.appSecret],
  aesKeys: [],
  callbacks: [PLAIN.callback],
  cardSecrets: [PLAIN.apiSecret],
};
const secrets: DingtalkSecrets = { ...plainSecrets, aesKeys: [AES] };
const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');
const urlKindOf = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url');
const sealedIn = ({ body: bytes }: Sent): string => (JSON.parse(bytes.toString()) as { encrypt: string }).encrypt;
const judge = (sent: Sent, { channel: place, secrets: change, now = NOW }: Tampering<DingtalkSecrets> = {}) =>
  authenticDingtalk(sent, { channel: { ...channel, ...place }, secrets: { ...secrets, ...change }, now, salt: SALT });
const at = (seconds: number): Moment => ({ ...MOMENT, now: later(seconds) });

describe('DingTalk: what is authentic', () => {
  it('signs for a robot, in and out', () => {
    expect(dingtalkSign('this is secret', '1577262236757')).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
  });
  it('signs for a card', () => {
    expect(dingtalkCardSignature('mySecret', '1577262236757')).toBe('YPRwOACkIyAfSkOByibnXwmticUhkII0vLSQrdNiEPE=');
  });
  it.each([
    [
      'A',
      '123456',
      '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
      'suite4xxxxxxxxxxxxxxx',
      1445827045067,
      'nEXhMP4r',
      DINGTALK_A,
      '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    ],
    [
      'B',
      'mryue',
      OTHER_KEY,
      'ding6ccabc44d2c8d38b',
      1608001896814,
      'WL4PK6yA',
      DINGTALK_B,
      '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    ],
  ])(
    'answers the address check of sample %s by an encrypted success',
    (_name, token, aesKey, owner, time, nonce, encrypt, signature) => {
      const sent: Sent = {
        method: 'POST',
        headers: {},
        query: { signature, timestamp: String(time), nonce },
        body: Buffer.from(JSON.stringify({ encrypt })),
      };
      const now = new Date(time);
      const inbound = judge(sent, { now, channel: { apps: [owner] }, secrets: { callbacks: [{ token, aesKey }] } });
      expect(inbound).toMatchObject({ kind: 'handshake', reply: { status: 200 } });
      const reply = JSON.parse((inbound as { reply: { body: string } }).reply.body) as Record<string, string>;
      expect(unsealText(aesKey, reply.encrypt!)).toEqual({ text: 'success', receiver: owner });
      expect(reply.msg_signature).toBe(sealedSignature(token, reply.timeStamp!, reply.nonce!, reply.encrypt!));
      expect(reply.timeStamp).toBe(String(time));
    },
  );
  it('reads an encrypted message, which may do all that its sender may', () => {
    expect(judge(dingtalkMessage(SEALED, MOMENT, 'staff1', '续订 203.0.113.1'))).toEqual({
      kind: 'command',
      text: ' 续订 203.0.113.1',
      provider: 'dingtalk',
      actor: { provider: 'dingtalk', tenant: 'ding1', user: 'staff1', id: 'dingtalk:ding1/staff1' },
      tenant: 'ding1',
      app: 'robot1',
      channel: 'cid1',
      dedupe: { key: 'dingtalk:msgnonce1', ttlSeconds: 7200 },
      answer: { via: 'url', url: SESSION, until: later(90 * 60), uses: 20 },
      capabilities: { mayOperate: true, mayApprove: true },
      sentAt: NOW,
      ackWithinMs: 3000,
    });
  });
  it('lets a plain message read and nothing more, and answers it only where the settings say', () => {
    const forged = dingtalkMessage({ ...PLAIN, sessionWebhook: 'https://evil.example/' }, MOMENT, 'boss', 'approve x');
    expect(judge(forged, { secrets: plainSecrets })).toMatchObject({
      kind: 'command',
      capabilities: { mayOperate: false, mayApprove: false },
      answer: { via: 'channel' },
    });
  });
  it('shows that the signature of a plain message covers no body: hence no approvals', () => {
    const seen = dingtalkMessage(PLAIN, MOMENT, 'viewer', 'status');
    const forged = { ...dingtalkMessage(PLAIN, MOMENT, 'boss', 'approve x'), headers: seen.headers };
    expect(judge(forged, { secrets: plainSecrets })).toMatchObject({
      actor: { id: 'dingtalk:ding1/boss' },
      capabilities: { mayApprove: false },
    });
  });
  it('reads a click on a card, which never approves', () => {
    expect(judge(dingtalkClick(SEALED, MOMENT, 'staff1', BUTTON))).toMatchObject({
      kind: 'decision',
      decision: DECISION,
      actor: { id: 'dingtalk:ding1/staff1' },
      capabilities: { mayOperate: false, mayApprove: false },
      ackWithinMs: 2000,
    });
  });
  it('no change of one character of a sealed message is read as anything else', () => {
    const { encrypt } = JSON.parse(good.body.toString()) as { encrypt: string };
    for (let index = 0; index < encrypt.length; index += 1) {
      const other = encrypt[index] === 'A' ? 'B' : 'A';
      const changed = JSON.stringify({ encrypt: encrypt.slice(0, index) + other + encrypt.slice(index + 1) });
      expect(judge({ ...good, body: Buffer.from(changed) })).toMatchObject({ kind: 'refused' });
    }
  });
  it('acknowledges an event that is no address check', () => {
    expect(judge(dingtalkEvent(SEALED, MOMENT, { EventType: 'user_add_org' }))).toMatchObject({
      kind: 'nothing',
      reply: { status: 200 },
    });
  });
  it.each<[string, Sent]>([
    ['a picture is posted', dingtalkMessage(SEALED, MOMENT, 'staff1', '', { msgtype: 'picture' })],
    ['a button is not one of ours', dingtalkClick(SEALED, MOMENT, 'staff1', 'buy')],
  ])('does nothing when %s', (_sentence, sent) => {
    expect(judge(sent)).toMatchObject({ kind: 'nothing' });
  });
  it('answers in the channel where a message names no session', () => {
    expect(judge(dingtalkMessage(SEALED, MOMENT, 's', 'x', { sessionWebhook: '' }))).toMatchObject({
      answer: { via: 'channel' },
    });
    expect(judge(dingtalkMessage(SEALED, MOMENT, 's', 'x', { sessionWebhookExpiredTime: 'soon' }))).toMatchObject({
      answer: { via: 'channel' },
    });
  });
  it.each<[string, Sent, Tampering<DingtalkSecrets>]>([
    ['at the end of the window', dingtalkMessage(SEALED, at(-300), 's', 'x'), {}],
    ['as far ahead as it goes', dingtalkMessage(SEALED, at(300), 's', 'x'), {}],
    [
      "within DingTalk's own hour, where the settings allow it",
      dingtalkMessage(SEALED, at(-3600), 's', 'x'),
      { channel: { windowSeconds: 3600 } },
    ],
    [
      'under the older of two app secrets',
      dingtalkMessage(SEALED, MOMENT, 's', 'x'),
      { secrets: { appSecrets: ['new', PLAIN.appSecret] } },
    ],
    [
      'under the older of two AES keys',
      dingtalkMessage(SEALED, MOMENT, 's', 'x'),
      { secrets: { aesKeys: [OTHER_KEY, AES] } },
    ],
  ])('accepts a message %s', (_sentence, sent, change) => {
    expect(judge(sent, change)).toMatchObject({ kind: 'command' });
  });
});

type R = Row<DingtalkSecrets>;
const good = dingtalkMessage(SEALED, MOMENT, 'staff1', 'status');
const time = good.headers.timestamp!;
const message = (change: Record<string, unknown>): Sent => dingtalkMessage(SEALED, MOMENT, 'staff1', 'status', change);
const body = (value: unknown) => withBody(() => JSON.stringify(value));

const ROBOT: R[] = [
  ...badTimes(time).map(
    ([what, bad]): R => [`refuses a timestamp ${what}`, { sent: withHeader('timestamp', bad) }, 'timestamp-malformed'],
  ),
  ['refuses a message without a signature', { sent: withoutHeader('sign') }, 'header-missing'],
  ['refuses a message without a timestamp', { sent: withoutHeader('timestamp') }, 'header-missing'],
  ['refuses an empty signature', { sent: withHeader('sign', '') }, 'header-missing'],
  ['refuses a timestamp in seconds', { sent: withHeader('timestamp', time.slice(0, 10)) }, 'timestamp-malformed'],
  ['refuses a message a second too late', { now: later(301) }, 'timestamp-late'],
  ['refuses a message a second too early', { now: later(-301) }, 'timestamp-early'],
  ['refuses a message of next year', { now: later(-365 * 86_400) }, 'timestamp-early'],
  [
    'refuses an old message under a new timestamp',
    { now: later(600), sent: withHeader('timestamp', String(later(600).getTime())) },
    'signature-mismatch',
  ],
  [
    'refuses an old body under a new pair of headers',
    { now: later(600), sent: sent => ({ ...sent, headers: dingtalkMessage(SEALED, at(600), 's', 'x').headers }) },
    'timestamp-late',
  ],
  [
    'refuses a body of the future under right headers',
    { sent: instead(message({ createAt: later(400).getTime() })) },
    'timestamp-early',
  ],
  [
    'refuses a body without a time of its own',
    { sent: instead(message({ createAt: undefined })) },
    'timestamp-malformed',
  ],
  ['refuses a signature cut short', { sent: withHeader('sign', old => old.slice(1)) }, 'signature-mismatch'],
  [
    'refuses a signature in hexadecimal',
    { sent: withHeader('sign', old => Buffer.from(old, 'base64').toString('hex')) },
    'signature-mismatch',
  ],
  [
    'refuses a signature that is percent-encoded',
    { sent: withHeader('sign', old => encodeURIComponent(old)) },
    'signature-mismatch',
  ],
  [
    'refuses base64 without its padding',
    { sent: withHeader('sign', old => old.replace(/=+$/, '')) },
    'signature-mismatch',
  ],
  ['refuses everything without an app secret', { secrets: { appSecrets: [] } }, 'secret-missing'],
  ['refuses the empty app secret', { secrets: { appSecrets: [''] } }, 'secret-missing'],
  ['refuses another app secret', { secrets: { appSecrets: ['this is another'] } }, 'signature-mismatch'],
  [
    'refuses a plain body where an AES key is set',
    { sent: instead(dingtalkMessage(PLAIN, MOMENT, 'boss', 'approve x')) },
    'plain-body',
  ],
  [
    'refuses a plain body beside an empty sealed one',
    { sent: body({ encrypt: '', text: { content: 'approve' } }) },
    'plain-body',
  ],
  ['refuses an AES key that is none', { secrets: { aesKeys: [''] } }, 'secret-missing'],
  ['refuses what was sealed with another key', { secrets: { aesKeys: [OTHER_KEY] } }, 'undecryptable'],
  ['refuses a sealed text that is not base64', { sent: body({ encrypt: '*' }) }, 'undecryptable'],
  ['refuses sealed noise', { sent: body({ encrypt: Buffer.alloc(64, 3).toString('base64') }) }, 'undecryptable'],
  [
    'refuses a sealed text cut by a block',
    {
      sent: sent =>
        body({
          encrypt: Buffer.from(JSON.parse(sent.body.toString()).encrypt as string, 'base64')
            .subarray(0, -32)
            .toString('base64'),
        })(sent),
    },
    'undecryptable',
  ],
  [
    'refuses a text sealed for another corp',
    { sent: body({ encrypt: sealText(AES, MOMENT.random, '{}', 'ding2') }) },
    'wrong-receiver',
  ],
  [
    'refuses a text sealed for nobody',
    { sent: body({ encrypt: sealText(AES, MOMENT.random, '{}', '') }) },
    'wrong-receiver',
  ],
  [
    'refuses a sealed text that is no JSON',
    { sent: body({ encrypt: sealText(AES, MOMENT.random, 'hello', 'ding1') }) },
    'unparsable',
  ],
  ['refuses a body that is no JSON', { sent: withBody(() => 'x') }, 'unparsable'],
  ['refuses a body with something after it', { sent: withBody(old => `${old}{}`) }, 'unparsable'],
  ['refuses a body encoded twice', { sent: withBody(old => JSON.stringify(old.toString())) }, 'unparsable'],
  ['refuses a body in base64', { sent: withBody(old => old.toString('base64')) }, 'unparsable'],
  ['refuses an empty body', { sent: withBody(() => '') }, 'unparsable'],
  ['refuses a body that is not UTF-8', { sent: withBody(() => Buffer.from([0x7b, 0xff])) }, 'unparsable'],
  ['refuses GET', { sent: sent => ({ ...sent, method: 'GET' }) }, 'wrong-method'],
  ['refuses more than 64 KiB', { sent: withBody(() => 'x'.repeat(65_537)) }, 'too-large'],
  ['refuses a sender of another corp', { sent: instead(message({ senderCorpId: 'ding2' })) }, 'wrong-tenant'],
  ['refuses everyone when no corp is listed', { channel: { tenants: [] } }, 'wrong-receiver'],
  ['refuses another robot', { sent: instead(message({ robotCode: 'robot2' })) }, 'wrong-app'],
  [
    'refuses a conversation that is not listened to',
    { sent: instead(message({ conversationId: 'cid2' })) },
    'wrong-channel',
  ],
  ['refuses an outsider, who has no staff id', { sent: instead(message({ senderStaffId: '' })) }, 'actor-missing'],
  ['refuses an outsider, who has no corp', { sent: instead(message({ senderCorpId: '' })) }, 'actor-missing'],
  ['refuses a message without an id', { sent: instead(message({ msgId: '' })) }, 'id-missing'],
  [
    'refuses to answer elsewhere',
    { sent: instead(message({ sessionWebhook: 'https://evil.example/' })) },
    'foreign-answer-url',
  ],
];

describe('DingTalk: what is refused of a robot', () => {
  expect(ROBOT.length).toBeGreaterThan(40);
  refuses(authenticDingtalk, good, channel, secrets, ROBOT);
});

const click = dingtalkClick(SEALED, MOMENT, 'staff1', BUTTON);
const CLICK_TIME = 'x-ddpaas-signature-timestamp';
const CLICK_SIGN = 'x-ddpaas-signature';
const clickTime = click.headers[CLICK_TIME]!;
const clicked = (change: object) => withBody(old => JSON.stringify({ ...JSON.parse(old.toString()), ...change }));

const CARD: R[] = [
  ...badTimes(clickTime).map(
    ([what, bad]): R => [`refuses a timestamp ${what}`, { sent: withHeader(CLICK_TIME, bad) }, 'timestamp-malformed'],
  ),
  ['refuses a click without a timestamp', { sent: withoutHeader(CLICK_TIME) }, 'header-missing'],
  ['refuses a click without a signature', { sent: withoutHeader(CLICK_SIGN) }, 'header-missing'],
  ['refuses an empty signature', { sent: withHeader(CLICK_SIGN, '') }, 'header-missing'],
  ['refuses a click a second too late', { now: later(301) }, 'timestamp-late'],
  ['refuses a click a second too early', { now: later(-301) }, 'timestamp-early'],
  [
    'refuses a timestamp moved by a millisecond',
    { sent: withHeader(CLICK_TIME, String(Number(clickTime) + 1)) },
    'signature-mismatch',
  ],
  ['refuses a signature cut short', { sent: withHeader(CLICK_SIGN, old => old.slice(1)) }, 'signature-mismatch'],
  [
    "refuses the robot's kind of signature",
    { sent: withHeader(CLICK_SIGN, dingtalkSign(PLAIN.apiSecret, clickTime)) },
    'signature-mismatch',
  ],
  ['refuses every click where no apiSecret is registered', { secrets: { cardSecrets: [] } }, 'secret-missing'],
  ['refuses the empty apiSecret', { secrets: { cardSecrets: [''] } }, 'secret-missing'],
  ['refuses another apiSecret', { secrets: { cardSecrets: ['other'] } }, 'signature-mismatch'],
  ['refuses a click in another corp', { sent: clicked({ corpId: 'ding2' }) }, 'wrong-tenant'],
  ['refuses a click of nobody', { sent: clicked({ userId: '' }) }, 'actor-missing'],
  ['refuses a click on no card', { sent: clicked({ outTrackId: '' }) }, 'id-missing'],
  ['refuses content that is no JSON', { sent: clicked({ content: '{' }) }, 'unparsable'],
  ['refuses a body that is no JSON', { sent: withBody(() => '') }, 'unparsable'],
  ['refuses GET', { sent: sent => ({ ...sent, method: 'GET' }) }, 'wrong-method'],
  ['refuses an empty timestamp', { sent: withHeader(CLICK_TIME, '') }, 'header-missing'],
  [
    'refuses two signatures in one header',
    { sent: withHeader(CLICK_SIGN, old => `${old}, ${old}`) },
    'signature-mismatch',
  ],
  ['refuses a signature in hexadecimal', { sent: withHeader(CLICK_SIGN, hexOf) }, 'signature-mismatch'],
  ['refuses a signature of the URL kind of base64', { sent: withHeader(CLICK_SIGN, urlKindOf) }, 'signature-mismatch'],
  [
    'refuses a signature without its padding',
    { sent: withHeader(CLICK_SIGN, old => old.replace(/=+$/, '')) },
    'signature-mismatch',
  ],
  ['refuses a signature percent-encoded', { sent: withHeader(CLICK_SIGN, encodeURIComponent) }, 'signature-mismatch'],
  [
    'refuses a signature with a blank after it',
    { sent: withHeader(CLICK_SIGN, old => `${old} `) },
    'signature-mismatch',
  ],
  [
    'refuses a signature made with the appSecret',
    { sent: withHeader(CLICK_SIGN, dingtalkCardSignature(PLAIN.appSecret, clickTime)) },
    'signature-mismatch',
  ],
  [
    'refuses the signature of another time',
    { sent: withHeader(CLICK_SIGN, dingtalkCardSignature(PLAIN.apiSecret, `${Number(clickTime) - 1}`)) },
    'signature-mismatch',
  ],
  ['refuses a click of a user with a slash', { sent: clicked({ userId: 'a/b' }) }, 'actor-missing'],
  ['refuses a click of a user with a star', { sent: clicked({ userId: '*' }) }, 'actor-missing'],
  ['refuses a click of a user of 129 characters', { sent: clicked({ userId: 'u'.repeat(129) }) }, 'actor-missing'],
  ['refuses a click in no corp', { sent: clicked({ corpId: '' }) }, 'wrong-tenant'],
  ['refuses a corp in a list', { sent: clicked({ corpId: ['ding1'] }) }, 'wrong-tenant'],
  ['refuses content that is a list', { sent: clicked({ content: '[]' }) }, 'unparsable'],
  ['refuses a body that is a list', { sent: withBody(body => `[${body}]`) }, 'unparsable'],
  ['refuses a body with something after it', { sent: withBody(body => `${body}{}`) }, 'unparsable'],
  ['refuses a body that is no UTF-8', { sent: withBody(() => Buffer.from([123, 255, 125])) }, 'unparsable'],
  ['refuses more than 64 KiB', { sent: withBody(body => body.toString().padEnd(65_537)) }, 'too-large'],
];

describe('DingTalk: what is refused of a card', () => {
  refuses(authenticDingtalk, click, channel, secrets, CARD);
});

const event = dingtalkEvent(SEALED, MOMENT, { EventType: 'check_url' });
const eventTime = event.query.timestamp!;

const EVENT: R[] = [
  ...badTimes(eventTime).map(
    ([what, bad]): R => [`refuses a timestamp ${what}`, { sent: withQuery('timestamp', bad) }, 'timestamp-malformed'],
  ),
  ['refuses an event without a nonce', { sent: withoutQuery('nonce') }, 'parameter-missing'],
  ['refuses an event without a timestamp', { sent: withoutQuery('timestamp') }, 'parameter-missing'],
  [
    'refuses an event with empty signatures',
    { sent: sent => withQuery('signature', '')(withQuery('msg_signature', '')(sent)) },
    'parameter-missing',
  ],
  ['refuses an event a second too late', { now: later(301) }, 'timestamp-late'],
  ['refuses an event a second too early', { now: later(-301) }, 'timestamp-early'],
  ['refuses another nonce', { sent: withQuery('nonce', 'x') }, 'signature-mismatch'],
  [
    'refuses a signature in capitals',
    { sent: withQuery('msg_signature', old => old.toUpperCase()) },
    'signature-mismatch',
  ],
  ['refuses another sealed text', { sent: body({ encrypt: DINGTALK_B }) }, 'signature-mismatch'],
  ['refuses a body that is not sealed', { sent: body({ EventType: 'check_url' }) }, 'plain-body'],
  ['refuses every event without a callback secret', { secrets: { callbacks: [] } }, 'secret-missing'],
  ['refuses the empty token', { secrets: { callbacks: [{ ...PLAIN.callback, token: '' }] } }, 'secret-missing'],
  ['refuses another key', { secrets: { callbacks: [{ ...PLAIN.callback, aesKey: AES }] } }, 'undecryptable'],
  [
    'refuses an event for another corp',
    { sent: instead(dingtalkEvent({ ...SEALED, corp: 'ding2' }, MOMENT, {})) },
    'wrong-receiver',
  ],
  ['refuses a body that is no JSON', { sent: withBody(() => 'x') }, 'unparsable'],
  ['refuses an empty nonce', { sent: withQuery('nonce', '') }, 'parameter-missing'],
  [
    'refuses a nonce and a timestamp that were swapped',
    { sent: sent => withQuery('nonce', eventTime)(withQuery('timestamp', sent.query.nonce!)(sent)) },
    'timestamp-malformed',
  ],
  ['refuses a digit moved from the nonce', { sent: withQuery('nonce', old => old.slice(1)) }, 'signature-mismatch'],
  [
    'refuses a timestamp moved by a millisecond',
    { sent: withQuery('timestamp', String(Number(eventTime) + 1)) },
    'signature-mismatch',
  ],
  ['refuses a signature cut short', { sent: withQuery('msg_signature', old => old.slice(1)) }, 'signature-mismatch'],
  [
    'refuses a signature with a blank after it',
    { sent: withQuery('msg_signature', old => `${old} `) },
    'signature-mismatch',
  ],
  [
    'refuses a signature in base64',
    { sent: withQuery('msg_signature', old => Buffer.from(old, 'hex').toString('base64')) },
    'signature-mismatch',
  ],
  [
    'refuses the signature of no token',
    { sent: withQuery('msg_signature', sealedSignature(eventTime, event.query.nonce!, sealedIn(event))) },
    'signature-mismatch',
  ],
  [
    'refuses the sealed text with a blank for its plus',
    { sent: body({ encrypt: ` ${sealedIn(event).slice(1)}` }) },
    'signature-mismatch',
  ],
  [
    'refuses the sealed text without its last block',
    { sent: body({ encrypt: sealedIn(event).slice(0, -44) }) },
    'signature-mismatch',
  ],
  ['refuses the sealed text in a list', { sent: body({ encrypt: [sealedIn(event)] }) }, 'plain-body'],
  ['refuses an empty sealed text', { sent: body({ encrypt: '' }) }, 'plain-body'],
  ['refuses another token', { secrets: { callbacks: [{ ...PLAIN.callback, token: 'other' }] } }, 'signature-mismatch'],
  [
    'refuses a key of 42 characters',
    { secrets: { callbacks: [{ ...PLAIN.callback, aesKey: OTHER_KEY.slice(1) }] } },
    'secret-missing',
  ],
  [
    'refuses an event for a corp whose name begins like ours',
    { sent: instead(dingtalkEvent({ ...SEALED, corp: 'ding11' }, MOMENT, {})) },
    'wrong-receiver',
  ],
  [
    'refuses an event for nobody',
    { sent: instead(dingtalkEvent({ ...SEALED, corp: '' }, MOMENT, {})) },
    'wrong-receiver',
  ],
  ['refuses a body that is a list', { sent: withBody(old => `[${old}]`) }, 'unparsable'],
  ['refuses a body with something after it', { sent: withBody(old => `${old}x`) }, 'unparsable'],
  ['refuses more than 64 KiB', { sent: withBody(old => old.toString().padEnd(65_537)) }, 'too-large'],
  ['refuses GET', { sent: sent => ({ ...sent, method: 'GET' }) }, 'wrong-method'],
];

describe('DingTalk: what is refused of an event', () => {
  refuses(authenticDingtalk, event, channel, secrets, EVENT);

  it('no change of one character of the sealed text is accepted', () => {
    const { encrypt } = JSON.parse(event.body.toString()) as { encrypt: string };
    for (let index = 0; index < encrypt.length; index += 1) {
      const other = encrypt[index] === 'A' ? 'B' : 'A';
      const changed = encrypt.slice(0, index) + other + encrypt.slice(index + 1);
      expect(judge(body({ encrypt: changed })(event))).toMatchObject({ kind: 'refused', code: 'signature-mismatch' });
    }
  });
});
