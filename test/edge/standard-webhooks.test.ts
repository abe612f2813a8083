import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Received } from '../../shared/chat/received.ts';
import { standardSignature, verifyStandardWebhook } from '../../shared/edge/standard-webhooks.ts';
import { badBodies, badTimes, later, NOW, withBody, withHeader, withoutHeader } from '../chat/given.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
const BODY = '{"account":"main","eip":{"name":"网站"}}';
const ID = 'msg_1';

beforeAll(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

/** As the specification says, by Node alone. */
function signed(body: string | Buffer = BODY, { id = ID, at = NOW, secret = SECRET } = {}) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const bytes = Buffer.from(body);
  const text = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes]);
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(text)
    .digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
  return { method: 'POST', headers, query: {}, body: bytes };
}
const verify = (received: Received, secrets: readonly string[] = [SECRET], now = NOW) =>
  verifyStandardWebhook(received, secrets, now);
const oracleAccepts = ({ body, headers }: Received): boolean => {
  try {
    new Webhook(SECRET).verify(body, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
};

describe('Standard Webhooks: what is authentic', () => {
  it('signs the official sample', () => {
    const body = Buffer.from('{"test": 2432232314}');
    expect(standardSignature(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', body)).toBe(
      'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
  it.each<[string, Received, readonly string[]]>([
    ['Chinese in its body', signed(), [SECRET]],
    ['an empty body', signed(''), [SECRET]],
    ['a body that is not UTF-8', signed(Buffer.from([0, 255, 254])), [SECRET]],
    ['the older of two secrets', signed(), [OTHER, SECRET]],
    ['the newer of two secrets', signed(), [SECRET, OTHER]],
    [
      'two signatures during rotation, ours second',
      withHeader('webhook-signature', old => `v1,${'A'.repeat(43)}= ${old}`)(signed()),
      [SECRET],
    ],
    [
      'a signature of another kind beside ours',
      withHeader('webhook-signature', old => `v1a,abc ${old}`)(signed()),
      [SECRET],
    ],
    ['a time at the end of the window', signed(BODY, { at: later(-300) }), [SECRET]],
    ['a time as far ahead as it goes', signed(BODY, { at: later(300) }), [SECRET]],
  ])('accepts %s', (_sentence, received, secrets) => {
    expect(verify(received, secrets)).toMatchObject({ kind: 'authentic', id: ID });
  });
  it('tells when it was signed', () => {
    expect(verify(signed(BODY, { at: later(-60) }))).toEqual({ kind: 'authentic', id: ID, sentAt: later(-60) });
  });
  it("accepts what the specification's own library signs, and it accepts ours", () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 100 });
    fc.assert(
      fc.property(text, fc.stringMatching(/^[\w-]{1,40}$/), (body, id) => {
        const signature = new Webhook(SECRET).sign(id, NOW, body);
        const timestamp = String(NOW.getTime() / 1000);
        expect(`v1,${standardSignature(SECRET, id, timestamp, Buffer.from(body))}`).toBe(signature);
        const received = signed(body, { id });
        expect(verify(received).kind).toBe('authentic');
        expect(oracleAccepts(received)).toBe(true);
      }),
    );
  });
});

const good = signed();
const time = good.headers['webhook-timestamp'];
const SIGNATURE = 'webhook-signature';
type Case = [string, { sent?: (sent: typeof good) => Received; secrets?: readonly string[]; now?: Date }, string];
const mac = good.headers[SIGNATURE].slice(3);

const ROWS: Case[] = [
  ...badBodies<unknown>().map(
    ([what, { sent }]): Case => [`a body that is ${what}`, { sent: sent! }, 'signature-mismatch'],
  ),
  ...badTimes(time).map(
    ([what, text]): Case => [
      `a timestamp ${what}`,
      { sent: withHeader('webhook-timestamp', text) },
      'timestamp-malformed',
    ],
  ),
  ['a request without an id', { sent: withoutHeader('webhook-id') }, 'header-missing'],
  ['a request without a timestamp', { sent: withoutHeader('webhook-timestamp') }, 'header-missing'],
  ['a request without a signature', { sent: withoutHeader(SIGNATURE) }, 'header-missing'],
  ['an empty id', { sent: withHeader('webhook-id', '') }, 'header-missing'],
  ['an empty signature', { sent: withHeader(SIGNATURE, '') }, 'header-missing'],
  ['another id', { sent: withHeader('webhook-id', 'msg_2') }, 'signature-mismatch'],
  [
    'an id with a dot, which would let text slide into the timestamp',
    { sent: withHeader('webhook-id', `${ID}.1`) },
    'id-malformed',
  ],
  ['an id with a blank', { sent: withHeader('webhook-id', 'msg 1') }, 'id-malformed'],
  ['an id in Chinese', { sent: withHeader('webhook-id', '消息') }, 'id-malformed'],
  ['an id of 257 characters', { sent: withHeader('webhook-id', 'x'.repeat(257)) }, 'id-malformed'],
  ['a request a second too late', { now: later(301) }, 'timestamp-late'],
  ['a request of yesterday', { now: later(86_400) }, 'timestamp-late'],
  ['a request a second too early', { now: later(-301) }, 'timestamp-early'],
  ['a request of next year', { now: later(-365 * 86_400) }, 'timestamp-early'],
  [
    'an old request under a new timestamp',
    { now: later(600), sent: withHeader('webhook-timestamp', String(Number(time) + 600)) },
    'signature-mismatch',
  ],
  [
    'a timestamp moved by one second',
    { sent: withHeader('webhook-timestamp', String(Number(time) - 1)) },
    'signature-mismatch',
  ],
  ['a timestamp in milliseconds', { sent: withHeader('webhook-timestamp', `${time}000`) }, 'timestamp-malformed'],
  ['a signature without its version', { sent: withHeader(SIGNATURE, mac) }, 'signature-malformed'],
  ['a signature of version 1a alone', { sent: withHeader(SIGNATURE, `v1a,${mac}`) }, 'signature-malformed'],
  ['a signature of version 2', { sent: withHeader(SIGNATURE, `v2,${mac}`) }, 'signature-malformed'],
  ['a signature in capitals of its version', { sent: withHeader(SIGNATURE, `V1,${mac}`) }, 'signature-malformed'],
  [
    'a signature in hexadecimal',
    { sent: withHeader(SIGNATURE, `v1,${Buffer.from(mac, 'base64').toString('hex')}`) },
    'signature-mismatch',
  ],
  [
    'a signature in URL base64',
    { sent: withHeader(SIGNATURE, `v1,${Buffer.from(mac, 'base64').toString('base64url')}`) },
    'signature-mismatch',
  ],
  ['a signature without padding', { sent: withHeader(SIGNATURE, `v1,${mac.replace('=', '')}`) }, 'signature-mismatch'],
  ['a signature cut short', { sent: withHeader(SIGNATURE, `v1,${mac.slice(4)}`) }, 'signature-mismatch'],
  ['a signature with something after it', { sent: withHeader(SIGNATURE, `v1,${mac}A`) }, 'signature-mismatch'],
  ['signatures joined by a comma', { sent: withHeader(SIGNATURE, `v1,x,v1,${mac}`) }, 'signature-mismatch'],
  [
    'ours behind eight wrong signatures',
    { sent: withHeader(SIGNATURE, `${'v1,x '.repeat(8)}v1,${mac}`) },
    'signature-mismatch',
  ],
  ['everything without a secret', { secrets: [] }, 'secret-missing'],
  ['the empty secret', { secrets: [''] }, 'secret-missing'],
  ['a secret of its prefix alone', { secrets: ['whsec_'] }, 'secret-missing'],
  ['a secret without its prefix', { secrets: [SECRET.slice(6)] }, 'secret-missing'],
  ['a secret that is not base64', { secrets: ['whsec_***'] }, 'secret-missing'],
  ['a secret with a line end', { secrets: [`${SECRET}\n`] }, 'secret-missing'],
  ['another secret', { secrets: [OTHER] }, 'signature-mismatch'],
  [
    'what was signed with the text of the secret',
    {
      sent: sent =>
        withHeader(
          SIGNATURE,
          `v1,${createHmac('sha256', SECRET).update(`${ID}.${time}.`).update(sent.body).digest('base64')}`,
        )(sent),
    },
    'signature-mismatch',
  ],
  [
    'what was signed without separators',
    {
      sent: sent =>
        withHeader(
          SIGNATURE,
          `v1,${createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'))
            .update(`${ID}${time}`)
            .update(sent.body)
            .digest('base64')}`,
        )(sent),
    },
    'signature-mismatch',
  ],
  ['more than 64 KiB', { sent: withBody(() => 'x'.repeat(65_537)) }, 'too-large'],
  ['keys in another order', { sent: withBody(() => '{"eip":{"name":"网站"},"account":"main"}') }, 'signature-mismatch'],
  [
    'Chinese written as escapes',
    { sent: withBody(() => BODY.replace('网站', '\\u7f51\\u7ad9')) },
    'signature-mismatch',
  ],
];

describe('Standard Webhooks: what is refused', () => {
  it('at least forty ways', () => expect(ROWS.length).toBeGreaterThan(40));
  it.each(ROWS)('%s', (_sentence, { sent = same => same, secrets, now }, code) => {
    expect(verify(sent(good), secrets, now)).toMatchObject({ kind: 'refused', code });
  });
  it('no mutation of one byte of body, id, timestamp or signature is accepted, and the library agrees', () => {
    const part = fc.constantFrom('body', 'webhook-id', 'webhook-timestamp', 'webhook-signature');
    fc.assert(
      fc.property(part, fc.nat(), fc.integer({ min: 1, max: 127 }), (name, position, bits) => {
        const flip = (bytes: Buffer) => {
          const copy = Buffer.from(bytes);
          const index = position % copy.length;
          copy[index] = copy[index]! ^ bits;
          return copy;
        };
        const changed =
          name === 'body'
            ? withBody(flip)(good)
            : withHeader(name, old => flip(Buffer.from(old, 'latin1')).toString('latin1'))(good);
        expect(verify(changed).kind).toBe('refused');
        // The library reads "1795485600x" as a number: there ours is the stricter.
        if (name !== 'webhook-timestamp') expect(oracleAccepts(changed)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
