import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealedSignature, sealText, unsealText } from '../../local/chat/sealing.ts';
import type { Moment, Sent } from '../../local/chat/sent.ts';
import { type WecomApp, wecomAiBot, wecomClick, wecomEcho, wecomMessage, wecomPush } from '../../local/chat/wecom.ts';
import type { WecomSecrets } from '../../shared/chat/channel.ts';
import { judged } from '../../shared/chat/refusal.ts';
import { authenticWecom } from '../../shared/chat/wecom/authentic.ts';
import { wecomPassiveReply } from '../../shared/chat/wecom/outbound.ts';
import { flatXml } from '../../shared/chat/wecom/xml.ts';
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
  withoutQuery,
  withQuery,
} from './given.ts';
import { WECOM_ECHO, WECOM_ENCRYPTED } from './vectors.ts';

const APP: WecomApp = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  corp: 'wx5823bf96d3bd56c7',
  agent: '218',
  aiBot: 'bot1',
};
const OTHER_KEY = 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7';
const callback = { token: APP.token, aesKey: APP.aesKey };
const channel = channelOf('wecom', APP.corp, { apps: ['218'], aiBots: ['bot1'] });
const secrets: WecomSecrets = { callbacks: [callback] };
const judge = (sent: Sent, { channel: place = {}, secrets: change = {}, now = NOW }: Tampering<WecomSecrets> = {}) =>
  authenticWecom(sent, { channel: { ...channel, ...place }, secrets: { ...secrets, ...change }, now, salt: SALT });
const at = (seconds: number): Moment => ({ ...MOMENT, now: later(seconds) });

describe('WeCom: what is authentic', () => {
  it('answers the official echo with the bare text', () => {
    const query = {
      msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
      timestamp: '1409659589',
      nonce: '263014780',
      echostr: WECOM_ECHO,
    };
    const sent: Sent = { method: 'GET', headers: {}, query, body: Buffer.alloc(0) };
    const now = new Date(1409659589_000);
    expect(judge(sent, { now })).toMatchObject({ kind: 'handshake', reply: { body: '1616140317555161061' } });
    const blanks = withQuery('echostr', WECOM_ECHO.replaceAll('+', ' '))(sent);
    expect(judge(blanks, { now })).toMatchObject({ kind: 'handshake', reply: { body: '1616140317555161061' } });
  });
  it('reads the official message', () => {
    const query = {
      msg_signature: '477715d11cdb4164915debcba66cb864d751f3e6',
      timestamp: '1409659813',
      nonce: '1372623149',
    };
    const body = Buffer.from(
      `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><Encrypt><![CDATA[${WECOM_ENCRYPTED}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>`,
    );
    const inbound = judge({ method: 'POST', headers: {}, query, body }, { now: new Date(1409659813_000) });
    expect(inbound).toMatchObject({
      kind: 'command',
      text: 'hello',
      actor: { id: 'wecom:wx5823bf96d3bd56c7/218/mycreate' },
    });
  });
  it('reads a message', () => {
    expect(judge(wecomMessage(APP, MOMENT, 'zhangsan', '续订 203.0.113.1'))).toEqual({
      kind: 'command',
      text: '续订 203.0.113.1',
      provider: 'wecom',
      actor: { provider: 'wecom', tenant: APP.corp, user: '218/zhangsan', id: `wecom:${APP.corp}/218/zhangsan` },
      tenant: APP.corp,
      app: '218',
      channel: '',
      dedupe: { key: `wecom:${NOW.getTime()}`, ttlSeconds: 10_800 },
      answer: { via: 'channel' },
      capabilities: { mayOperate: true, mayApprove: true },
      sentAt: NOW,
      ackWithinMs: 5000,
    });
  });
  it('reads a click, and tells two approvers of one card apart', () => {
    const [first, second] = ['li', 'wang'].map(user => judge(wecomClick(APP, MOMENT, user, BUTTON)));
    expect(first).toMatchObject({
      kind: 'decision',
      decision: DECISION,
      answer: { via: 'card-token', token: 'code-nonce1', uses: 1, until: later(72 * 3600) },
    });
    expect(first).toMatchObject({ dedupe: { key: expect.stringMatching(/^wecom:task-1\/li\//) } });
    expect(second).toMatchObject({ dedupe: { key: expect.stringMatching(/^wecom:task-1\/wang\//) } });
  });
  it("reads an AI bot's message and click", () => {
    const text = { msgtype: 'text', text: { content: '@EIP 状态' }, response_url: 'https://qyapi.weixin.qq.com/r/1' };
    expect(judge(wecomAiBot(APP, MOMENT, 'li', text))).toMatchObject({
      kind: 'command',
      text: '@EIP 状态',
      actor: { id: `wecom:${APP.corp}/bot1/li` },
      dedupe: { key: 'wecom:ai-nonce1' },
      answer: { via: 'url', url: 'https://qyapi.weixin.qq.com/r/1', uses: 1 },
    });
    const event = { eventtype: 'template_card_event', template_card_event: { event_key: BUTTON } };
    expect(judge(wecomAiBot(APP, MOMENT, 'li', { msgtype: 'event', event }))).toMatchObject({
      kind: 'decision',
      decision: DECISION,
      answer: { via: 'channel' },
    });
  });
  it("answers an AI bot's echo", () => {
    expect(judge(wecomEcho(APP, MOMENT, 'echo', ''))).toMatchObject({ kind: 'handshake', reply: { body: 'echo' } });
  });
  it.each<[string, Sent]>([
    [
      'somebody opens the app',
      wecomPush(
        APP,
        MOMENT,
        `<xml><ToUserName>${APP.corp}</ToUserName><MsgType>event</MsgType><Event>enter_agent</Event></xml>`,
      ),
    ],
    ['a button is not one of ours', wecomClick(APP, MOMENT, 'li', 'buy')],
    [
      'a picture is posted',
      wecomPush(APP, MOMENT, `<xml><ToUserName>${APP.corp}</ToUserName><MsgType>image</MsgType></xml>`),
    ],
    ['an AI bot sees a picture', wecomAiBot(APP, MOMENT, 'li', { msgtype: 'image' })],
  ])('does nothing when %s', (_sentence, sent) => {
    expect(judge(sent)).toMatchObject({ kind: 'nothing', reply: { status: 200, body: '' } });
  });
  it.each<[string, Sent, Tampering<WecomSecrets>]>([
    ['at the end of the window', wecomMessage(APP, at(-300), 'li', 'x'), {}],
    ['as far ahead as it goes', wecomMessage(APP, at(300), 'li', 'x'), {}],
    [
      'under the older of two tokens',
      wecomMessage(APP, MOMENT, 'li', 'x'),
      { secrets: { callbacks: [{ token: 'new', aesKey: OTHER_KEY }, callback] } },
    ],
    [
      'under the older of two keys of one token',
      wecomMessage(APP, MOMENT, 'li', 'x'),
      { secrets: { callbacks: [{ token: APP.token, aesKey: OTHER_KEY }, callback] } },
    ],
    ['with < and & in it', wecomMessage(APP, MOMENT, 'li', 'a < b && c'), {}],
  ])('accepts a message %s', (_sentence, sent, change) => {
    expect(judge(sent, change)).toMatchObject({ kind: 'command' });
  });
  it('answers passively as the request was encrypted', () => {
    const { body } = wecomPassiveReply('<xml>是</xml>', callback, APP.corp, NOW, SALT);
    const fields = flatXml(body);
    const [encrypted, timestamp, nonce] = ['Encrypt', 'TimeStamp', 'Nonce'].map(name => fields.get(name)!);
    expect(fields.get('MsgSignature')).toBe(sealedSignature(APP.token, timestamp!, nonce!, encrypted!));
    expect(unsealText(APP.aesKey, encrypted!)).toEqual({ text: '<xml>是</xml>', receiver: APP.corp });
  });
});

const good = wecomMessage(APP, MOMENT, 'zhangsan', 'status');
const time = good.query.timestamp!;
const sealedIn = (sent: Sent): string => /Encrypt><!\[CDATA\[([^\]]*)/.exec(sent.body.toString())![1]!;
const encrypted = sealedIn(good);
/** The sealed text changed, and nothing signed again. */
const resealed = (change: (text: string) => string) =>
  withBody(body => body.toString().replace(encrypted, change(encrypted)));
/** Any sealed text, signed as WeCom would. */
const signedSeal = (sealed: string): Sent => ({
  ...good,
  query: { ...good.query, msg_signature: sealedSignature(APP.token, time, MOMENT.nonce, sealed) },
  body: Buffer.from(`<xml><Encrypt>${sealed}</Encrypt></xml>`),
});
const inner = (xml: string, receiver = APP.corp): Sent => wecomPush(APP, MOMENT, xml, receiver);
const text = (change: Record<string, string>): Sent => {
  const fields = {
    ToUserName: APP.corp,
    FromUserName: 'li',
    AgentID: '218',
    MsgType: 'text',
    Content: 'x',
    MsgId: '1',
    ...change,
  };
  return inner(
    `<xml>${Object.entries(fields)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('')}</xml>`,
  );
};

type R = Row<WecomSecrets>;
const ROWS: R[] = [
  ...badTimes(time).map(
    ([what, bad]): R => [`refuses a timestamp ${what}`, { sent: withQuery('timestamp', bad) }, 'timestamp-malformed'],
  ),
  ['refuses a message without a signature', { sent: withoutQuery('msg_signature') }, 'parameter-missing'],
  ['refuses a message without a timestamp', { sent: withoutQuery('timestamp') }, 'parameter-missing'],
  ['refuses a message without a nonce', { sent: withoutQuery('nonce') }, 'parameter-missing'],
  ['refuses an empty signature', { sent: withQuery('msg_signature', '') }, 'parameter-missing'],
  ['refuses an empty nonce', { sent: withQuery('nonce', '') }, 'parameter-missing'],
  ['refuses a message a second too late', { now: later(301) }, 'timestamp-late'],
  ['refuses a message two hours old, within which a nonce is unique', { now: later(7200) }, 'timestamp-late'],
  ['refuses a message a second too early', { now: later(-301) }, 'timestamp-early'],
  ['refuses a message of next year', { now: later(-365 * 86_400) }, 'timestamp-early'],
  [
    'refuses an old message under a new timestamp',
    { now: later(600), sent: withQuery('timestamp', String(Number(time) + 600)) },
    'signature-mismatch',
  ],
  ['refuses another nonce', { sent: withQuery('nonce', 'nonce2') }, 'signature-mismatch'],
  ['refuses a signature cut short', { sent: withQuery('msg_signature', old => old.slice(1)) }, 'signature-mismatch'],
  [
    'refuses a signature in capitals',
    { sent: withQuery('msg_signature', old => old.toUpperCase()) },
    'signature-mismatch',
  ],
  [
    'refuses a signature of the same parts unsorted',
    { sent: withQuery('msg_signature', sealedSignature([APP.token, time, MOMENT.nonce, encrypted].join(''))) },
    'signature-mismatch',
  ],
  [
    'refuses the first character of the sealed text changed',
    { sent: resealed(old => `A${old.slice(1)}`) },
    'signature-mismatch',
  ],
  [
    'refuses the last character of the sealed text changed',
    { sent: resealed(old => `${old.slice(0, -3)}A==`) },
    'signature-mismatch',
  ],
  ['refuses the sealed text cut by a block', { sent: resealed(old => old.slice(0, 64)) }, 'signature-mismatch'],
  ['refuses the sealed text twice', { sent: resealed(old => old + old) }, 'signature-mismatch'],
  [
    'refuses the sealed text encoded once more',
    { sent: resealed(old => Buffer.from(old).toString('base64')) },
    'signature-mismatch',
  ],
  [
    'refuses the sealed text percent-encoded',
    { sent: resealed(old => encodeURIComponent(`${old}+`)) },
    'signature-mismatch',
  ],
  ['refuses a blank around the sealed text', { sent: resealed(old => ` ${old}`) }, 'signature-mismatch'],
  ['refuses everything without a callback secret', { secrets: { callbacks: [] } }, 'secret-missing'],
  ['refuses the empty token', { secrets: { callbacks: [{ ...callback, token: '' }] } }, 'secret-missing'],
  ['refuses an empty AES key', { secrets: { callbacks: [{ ...callback, aesKey: '' }] } }, 'secret-missing'],
  ['refuses another token', { secrets: { callbacks: [{ ...callback, token: 'QDG6eL' }] } }, 'signature-mismatch'],
  [
    'refuses what was sealed with another key',
    { secrets: { callbacks: [{ ...callback, aesKey: OTHER_KEY }] } },
    'undecryptable',
  ],
  ['refuses PUT', { sent: sent => ({ ...sent, method: 'PUT' }) }, 'wrong-method'],
  ['refuses more than 64 KiB', { sent: withBody(body => `${body}${' '.repeat(65_536)}`) }, 'too-large'],
  ['refuses an empty body', { sent: withBody(() => '') }, 'unparsable'],
  ['refuses a body that is no XML', { sent: withBody(() => 'hello') }, 'unparsable'],
  ['refuses a body cut in half', { sent: withBody(body => body.subarray(0, 60)) }, 'unparsable'],
  ['refuses a body that is not UTF-8', { sent: withBody(() => Buffer.from([0x3c, 0xff])) }, 'unparsable'],
  [
    'refuses XML with a document type',
    { sent: withBody(body => `<!DOCTYPE xml [<!ENTITY a "b">]>${body}`) },
    'unparsable',
  ],
  [
    'refuses XML with a declaration of our own entity',
    { sent: withBody(body => body.toString().replace('<xml>', '<xml>&a;')) },
    'unparsable',
  ],
  [
    'refuses XML with two sealed texts',
    { sent: withBody(body => body.toString().replace('</xml>', '<Encrypt>x</Encrypt></xml>')) },
    'unparsable',
  ],
  [
    'refuses XML without a sealed text',
    { sent: withBody(body => body.toString().replaceAll('Encrypt', 'Plain')) },
    'plain-body',
  ],
  ['refuses a sealed text that is not base64', { sent: instead(signedSeal('*')) }, 'undecryptable'],
  ['refuses sealed noise', { sent: instead(signedSeal(Buffer.alloc(64, 9).toString('base64'))) }, 'undecryptable'],
  [
    'refuses a message sealed for another corp',
    { sent: instead(inner('<xml/>'.replace('/', '></xml'), 'wx2')) },
    'wrong-receiver',
  ],
  ['refuses an app message sealed for nobody', { sent: instead(inner('<xml></xml>', '')) }, 'wrong-receiver'],
  [
    'refuses a receiver that only begins alike',
    { sent: instead(inner('<xml></xml>', `${APP.corp}x`)) },
    'wrong-receiver',
  ],
  [
    'refuses a message that inside names another corp',
    { sent: instead(text({ ToUserName: 'wx2' })) },
    'wrong-receiver',
  ],
  ['refuses a message that inside names none', { sent: instead(text({ ToUserName: '' })) }, 'wrong-receiver'],
  ['refuses everyone when no corp is listed', { channel: { tenants: [] } }, 'wrong-receiver'],
  ['refuses a message for another agent', { sent: instead(text({ AgentID: '219' })) }, 'wrong-app'],
  ['refuses a message of nobody', { sent: instead(text({ FromUserName: '' })) }, 'actor-missing'],
  ['refuses a sender with a slash', { sent: instead(text({ FromUserName: '218/li' })) }, 'actor-missing'],
  ['refuses a message without an id', { sent: instead(text({ MsgId: '' })) }, 'id-missing'],
  ['refuses an inner text that is no XML', { sent: instead(inner('hello')) }, 'unparsable'],
  [
    'refuses an echo that nobody signed',
    { sent: instead(withQuery('msg_signature', '0'.repeat(40))(wecomEcho(APP, MOMENT, 'x'))) },
    'signature-mismatch',
  ],
  [
    'refuses an echo without its text',
    { sent: instead(withoutQuery('echostr')(wecomEcho(APP, MOMENT, 'x'))) },
    'parameter-missing',
  ],
  ['refuses an echo for another corp', { sent: instead(wecomEcho(APP, MOMENT, 'x', 'wx2')) }, 'wrong-receiver'],
  [
    "refuses an AI bot's echo where no such bot is listed",
    { channel: { aiBots: [] }, sent: instead(wecomEcho(APP, MOMENT, 'x', '')) },
    'wrong-receiver',
  ],
  [
    "refuses an AI bot's message where no such bot is listed",
    { channel: { aiBots: [] }, sent: instead(wecomAiBot(APP, MOMENT, 'li', { msgtype: 'text' })) },
    'wrong-receiver',
  ],
  [
    'refuses another AI bot',
    { sent: instead(wecomAiBot({ ...APP, aiBot: 'bot2' }, MOMENT, 'li', { msgtype: 'text' })) },
    'wrong-app',
  ],
  [
    "refuses an AI bot's answer address elsewhere",
    { sent: instead(wecomAiBot(APP, MOMENT, 'li', { msgtype: 'text', response_url: 'https://evil.example' })) },
    'foreign-answer-url',
  ],
  [
    'refuses JSON sealed for the corp',
    {
      sent: () => {
        const encrypt = sealText(APP.aesKey, MOMENT.random, '{}', APP.corp);
        return {
          ...good,
          query: { ...good.query, msg_signature: sealedSignature(APP.token, time, MOMENT.nonce, encrypt) },
          body: Buffer.from(JSON.stringify({ encrypt })),
        };
      },
    },
    'wrong-receiver',
  ],
];

describe('WeCom: what is refused', () => {
  expect(ROWS.length).toBeGreaterThan(40);
  refuses(authenticWecom, good, channel, secrets, ROWS);

  it('no mutation of one byte of the sealed text is accepted', () => {
    const from = good.body.indexOf(encrypted);
    fc.assert(
      fc.property(fc.nat(encrypted.length - 1), fc.integer({ min: 1, max: 255 }), (index, bits) => {
        const body = Buffer.from(good.body);
        body[from + index] = body[from + index]! ^ bits;
        expect(judge({ ...good, body })).toMatchObject({ kind: 'refused' });
      }),
      { numRuns: 500 },
    );
  });
  it('of the outer body beside the sealed text nothing is believed', () => {
    const body = Buffer.from(good.body.toString().replace('[218]', '[219]').replace(`[${APP.corp}]`, '[other]'));
    expect(judge({ ...good, body })).toMatchObject({ tenant: APP.corp, app: '218' });
  });
});

describe("WeCom's XML", () => {
  it.each([
    [
      '<xml><A>1</A><B><![CDATA[<2>]]></B></xml>',
      [
        ['A', '1'],
        ['B', '<2>'],
      ],
    ],
    ['<xml>\n <A>a&lt;b&amp;c</A>\n</xml>', [['A', 'a<b&c']]],
    [
      '<xml><A><B>x</B></A><C></C></xml>',
      [
        ['A', ''],
        ['C', ''],
      ],
    ],
  ])('%s', (xml, fields) => {
    expect([...flatXml(xml)]).toEqual(fields);
  });
  it.each([
    '',
    'x',
    '<xml>',
    '<xml></xml></xml>',
    '<xml></xml><xml></xml>',
    '<yml></yml>',
    '<xml><A></B></xml>',
    '<xml a="1"></xml>',
    '<?xml version="1.0"?><xml></xml>',
    '<xml><!-- x --></xml>',
    '<xml><A>&x;</A></xml>',
    '<xml><A>a & b</A></xml>',
    '<xml><A/></xml>',
    '<xml><![CDATA[x</xml>',
    '<xml><A>1</A><A>2</A></xml>',
    'x<xml></xml>',
  ])('refuses %s', xml => {
    expect(judged(() => flatXml(xml))).toMatchObject({ code: 'unparsable' });
  });
});
