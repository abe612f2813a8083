import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeishuApp, feishuClick, feishuPush } from '../../local/chat/feishu.ts';
import type { Sent } from '../../local/chat/sent.ts';
import type { FeishuSecrets } from '../../shared/chat/channel.ts';
import { authenticFeishu, feishuSignature } from '../../shared/chat/feishu/authentic.ts';
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
const click = feishuClick(APP, MOMENT, 'ou_1', { decision: BUTTON });
const [TIME, NONCE, SIGN] = ['x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'] as const;
const time = click.headers[TIME]!;

/** A click whose event differs, signed and encrypted as Feishu would. */
const changed = (event: object, header: object = {}): Sent =>
  feishuPush(APP, MOMENT, {
    schema: '2.0',
    header: {
      ...{ event_id: 'ev1', token: 'vtoken', event_type: 'card.action.trigger', tenant_key: 'tk1', app_id: 'cli_1' },
      ...header,
    },
    event: {
      operator: { tenant_key: 'tk1', open_id: 'ou_1' },
      action: { tag: 'button', value: { decision: BUTTON } },
      context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
      ...event,
    },
  });

type R = Row<FeishuSecrets>;
const ROWS: R[] = [
  ...badTimes(time).map(
    ([what, bad]): R => [`a timestamp ${what}`, { sent: withHeader(TIME, bad) }, 'timestamp-malformed'],
  ),
  ...badBodies<FeishuSecrets>().map(([what, tampering]): R => [`a body with ${what}`, tampering, 'signature-mismatch']),
  ['a click without a timestamp', { sent: withoutHeader(TIME) }, 'header-missing'],
  ['a click without a nonce', { sent: withoutHeader(NONCE) }, 'header-missing'],
  ['a click that is not signed, as only an address check may be', { sent: withoutHeader(SIGN) }, 'header-missing'],
  ['an empty signature', { sent: withHeader(SIGN, '') }, 'header-missing'],
  ['a signature in capitals', { sent: withHeader(SIGN, old => old.toUpperCase()) }, 'signature-mismatch'],
  ['a signature cut short', { sent: withHeader(SIGN, old => old.slice(1)) }, 'signature-mismatch'],
  [
    "the old cards' kind of signature",
    { sent: withHeader(SIGN, feishuLegacyCardSignature(time, click.headers[NONCE]!, 'vtoken', click.body)) },
    'signature-mismatch',
  ],
  [
    'a signature made with the Verification Token for the key',
    { sent: withHeader(SIGN, feishuSignature(time, click.headers[NONCE]!, 'vtoken', click.body)) },
    'signature-mismatch',
  ],
  ['another nonce', { sent: withHeader(NONCE, 'other') }, 'signature-mismatch'],
  [
    'a digit that slid from the nonce to the timestamp',
    {
      sent: sent => withHeader(TIME, `${time}${sent.headers[NONCE]![0]}`)(withHeader(NONCE, old => old.slice(1))(sent)),
    },
    'timestamp-malformed',
  ],
  ['a click a second too late', { now: later(301) }, 'timestamp-late'],
  ['a click a second too early', { now: later(-301) }, 'timestamp-early'],
  ['another Encrypt Key', { secrets: { encryptKeys: ['other'] } }, 'signature-mismatch'],
  ['no Encrypt Key', { secrets: { encryptKeys: [] } }, 'secret-missing'],
  ['the empty Encrypt Key', { secrets: { encryptKeys: [''] } }, 'secret-missing'],
  ['no Verification Token in the settings', { secrets: { verificationTokens: [''] } }, 'secret-missing'],
  ['another Verification Token', { secrets: { verificationTokens: ['other'] } }, 'wrong-token'],
  ['a click without a token', { sent: instead(changed({}, { token: '' })) }, 'wrong-token'],
  [
    'a click of an outsider in a shared chat',
    { sent: instead(changed({ operator: { tenant_key: 'tk2', open_id: 'ou_1' } })) },
    'wrong-tenant',
  ],
  [
    'a click whose operator has no tenant',
    { sent: instead(changed({ operator: { open_id: 'ou_1' } })) },
    'wrong-tenant',
  ],
  ['a click of nobody', { sent: instead(changed({ operator: { tenant_key: 'tk1', open_id: '' } })) }, 'actor-missing'],
  [
    'a click of a user with a slash',
    { sent: instead(changed({ operator: { tenant_key: 'tk1', open_id: 'a/b' } })) },
    'actor-missing',
  ],
  ['a click on another app', { sent: instead(changed({}, { app_id: 'cli_2' })) }, 'wrong-app'],
  ['a click in another chat', { sent: instead(changed({ context: { open_chat_id: 'oc_2' } })) }, 'wrong-channel'],
  ['a click without an id', { sent: instead(changed({}, { event_id: '' })) }, 'id-missing'],
  ['more than 64 KiB', { sent: withBody(() => 'x'.repeat(65_537)) }, 'too-large'],
  ['GET', { sent: sent => ({ ...sent, method: 'GET' }) }, 'wrong-method'],
];

describe('Feishu: what is refused of a card', () => {
  expect(ROWS.length).toBeGreaterThan(40);
  refuses(authenticFeishu, click, channel, secrets, ROWS);

  const judge = (sent: Sent) => authenticFeishu(sent, { channel, secrets, now: NOW, salt: SALT });
  it('the click that they are made of is a decision', () => {
    expect(judge(changed({}))).toMatchObject({ kind: 'decision', decision: DECISION });
  });
  it('no mutation of one byte of a click is accepted', () => {
    fc.assert(
      fc.property(fc.nat(click.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, bits) => {
        const body = Buffer.from(click.body);
        body[index] = body[index]! ^ bits;
        expect(judge({ ...click, body })).toMatchObject({ kind: 'refused', code: 'signature-mismatch' });
      }),
      { numRuns: 500 },
    );
  });
});
