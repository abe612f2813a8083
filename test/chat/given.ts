import { expect, it } from 'vitest';
import type { Sent } from '../../local/chat/sent.ts';
import type { Channel, Given } from '../../shared/chat/channel.ts';
import { ANSWER_ORIGINS } from '../../shared/chat/channel.ts';
import type { Inbound, Provider } from '../../shared/chat/inbound.ts';
import type { Received } from '../../shared/chat/received.ts';
import type { Refusal } from '../../shared/chat/refusal.ts';

export const NOW = new Date('2026-11-24T02:00:00Z');
export const MOMENT = { now: NOW, nonce: 'nonce1', random: Buffer.from('0123456789abcdef') };
export const SALT = { random: Buffer.from('fedcba9876543210'), nonce: 'reply-nonce' };

export const HASH = 'ab'.repeat(32);
export const TOKEN = 'T0ken_-T0ken_-T0ken_-T0';
export const BUTTON = `approve.${HASH}.${TOKEN}`;
export const DECISION = { decision: 'approve', planHash: HASH, token: TOKEN };

export const channelOf = (provider: Provider, tenant: string, change: Partial<Channel> = {}): Channel => ({
  provider,
  lang: 'zh-CN',
  tenants: [tenant],
  apps: [],
  chats: [],
  answerOrigins: ANSWER_ORIGINS[provider],
  windowSeconds: 300,
  aiBots: [],
  roles: { viewers: [], operators: [], approvers: [] },
  ...change,
});

export const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

export type Judge<Secrets> = (received: Received, given: Given<Secrets>) => Inbound | Refusal;

/** A request changed on its way, by whoever holds no secret; or one that is right and comes to other settings. */
export type Tampering<Secrets> = {
  readonly sent?: (sent: Sent) => Sent;
  readonly channel?: Partial<Channel>;
  readonly secrets?: Partial<Secrets>;
  readonly now?: Date;
};
export type Row<Secrets> = readonly [string, Tampering<Secrets>, string];

export const withHeader =
  (name: string, value: string | ((old: string) => string)) =>
  (sent: Sent): Sent => ({
    ...sent,
    headers: { ...sent.headers, [name]: typeof value === 'string' ? value : value(sent.headers[name]!) },
  });

export const withoutHeader =
  (name: string) =>
  ({ headers: { [name]: _gone, ...headers }, ...sent }: Sent): Sent => ({ ...sent, headers });

export const withQuery =
  (name: string, value: string | ((old: string) => string)) =>
  (sent: Sent): Sent => ({
    ...sent,
    query: { ...sent.query, [name]: typeof value === 'string' ? value : value(sent.query[name]!) },
  });

export const withoutQuery =
  (name: string) =>
  ({ query: { [name]: _gone, ...query }, ...sent }: Sent): Sent => ({ ...sent, query });

export const withBody =
  (change: (body: Buffer) => Buffer | string) =>
  (sent: Sent): Sent => ({ ...sent, body: Buffer.from(change(sent.body)) });

export const instead = (sent: Sent) => (): Sent => sent;

/** Timestamps that are none, whatever the unit. @param digits how many a right one has */
export const badTimes = (good: string): [string, string][] => [
  ['with a digit too few', good.slice(1)],
  ['with a digit too many', `${good}0`],
  ['with a sign', `+${good.slice(1)}`],
  ['that is negative', `-${good.slice(1)}`],
  ['with a decimal point', `${good.slice(0, -2)}.5`],
  ['in scientific notation', `${good.slice(0, -3)}e11`],
  ['in hexadecimal', `0x${good.slice(2)}`],
  ['with a blank before it', ` ${good.slice(1)}`],
  ['with a line end after it', `${good}\n`],
  ['in full-width digits', good.replaceAll(/\d/g, digit => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0))],
  ['in ISO 8601', NOW.toISOString()],
  ['that is no number', 'NaN'],
];

/** What every provider must refuse of a body that the signature covers. */
export const badBodies = <S>(): [string, Tampering<S>][] => [
  ['one bit flipped in the first byte', { sent: withBody(flipped(0)) }],
  ['one bit flipped in the last byte', { sent: withBody(body => flipped(body.length - 1)(body)) }],
  ['the last byte cut off', { sent: withBody(body => body.subarray(0, -1)) }],
  ['half of it cut off', { sent: withBody(body => body.subarray(0, body.length / 2)) }],
  ['no bytes at all', { sent: withBody(() => '') }],
  ['a line end appended', { sent: withBody(body => `${body}\n`) }],
  ['a blank put before it', { sent: withBody(body => ` ${body}`) }],
  ['a byte order mark put before it', { sent: withBody(body => Buffer.concat([Buffer.from([239, 187, 191]), body])) }],
  ['itself twice', { sent: withBody(body => Buffer.concat([body, body])) }],
  ['its bytes still in base64', { sent: withBody(body => body.toString('base64')) }],
  ['its text encoded as JSON once more', { sent: withBody(body => JSON.stringify(body.toString())) }],
  ['its text percent-encoded once more', { sent: withBody(body => encodeURIComponent(body.toString())) }],
  [
    'its text read as Latin-1 and written as UTF-8',
    { sent: withBody(body => Buffer.from(`${body.toString('latin1')}é`)) },
  ],
  ['its text in UTF-16', { sent: withBody(body => Buffer.from(body.toString(), 'utf16le')) }],
];

const flipped = (index: number) => (body: Buffer) => {
  const copy = Buffer.from(body);
  copy[index] = copy[index]! ^ 1;
  return copy;
};

export function refuses<S>(judge: Judge<S>, good: Sent, channel: Channel, secrets: S, rows: readonly Row<S>[]): void {
  const run = ({ sent = same => same, ...change }: Tampering<S>) =>
    judge(sent(good), {
      channel: { ...channel, ...change.channel },
      secrets: { ...secrets, ...change.secrets },
      now: change.now ?? NOW,
      salt: SALT,
    });
  it('accepts the request that the refused ones are made of', () => {
    expect(run({})).not.toMatchObject({ kind: 'refused' });
  });
  it.each(rows)('%s', (_sentence, tampering, code) => {
    expect(run(tampering)).toMatchObject({ kind: 'refused', code });
  });
}
