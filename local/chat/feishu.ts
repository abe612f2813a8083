/** Feishu, as far as its encrypted callbacks go; written from open.feishu.cn and from nothing of ours. */
import { createCipheriv, createHash } from 'node:crypto';
import { type Moment, type Sent, seconds } from './sent.ts';

export type FeishuApp = {
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly tenant: string;
  readonly app: string;
  readonly chat: string;
};

export function feishuEncrypt(encryptKey: string, random: Buffer, text: string): string {
  const key = createHash('sha256').update(encryptKey).digest();
  const cipher = createCipheriv('aes-256-cbc', key, random);
  return Buffer.concat([random, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** Encrypted, and signed unless it is the address check, which Feishu does not sign. */
export function feishuPush(app: FeishuApp, moment: Moment, event: unknown, sign = true): Sent {
  const encrypt = feishuEncrypt(app.encryptKey, moment.random, JSON.stringify(event));
  const body = Buffer.from(JSON.stringify({ encrypt }));
  const timestamp = seconds(moment.now);
  const signature = createHash('sha256')
    .update(Buffer.concat([Buffer.from(timestamp + moment.nonce + app.encryptKey), body]))
    .digest('hex');
  const signing = {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': moment.nonce,
    'x-lark-signature': signature,
  };
  const headers = { 'content-type': 'application/json', ...(sign ? signing : {}) };
  return { method: 'POST', headers, query: {}, body };
}

const header = (app: FeishuApp, { now, nonce }: Moment, type: string) => ({
  event_id: `${nonce}-${now.getTime()}`,
  token: app.verificationToken,
  create_time: String(now.getTime()),
  event_type: type,
  tenant_key: app.tenant,
  app_id: app.app,
});

export const feishuChallenge = (app: FeishuApp, moment: Moment, challenge: string): Sent =>
  feishuPush(app, moment, { challenge, token: app.verificationToken, type: 'url_verification' }, false);

/** Somebody writes to the bot. */
export const feishuMessage = (app: FeishuApp, moment: Moment, user: string, text: string): Sent =>
  feishuPush(app, moment, {
    schema: '2.0',
    header: header(app, moment, 'im.message.receive_v1'),
    event: {
      sender: { sender_id: { open_id: user }, sender_type: 'user', tenant_key: app.tenant },
      message: {
        message_id: `om_${moment.nonce}`,
        chat_id: app.chat,
        chat_type: 'group',
        message_type: 'text',
        content: JSON.stringify({ text: `@_user_1 ${text}` }),
        mentions: [{ key: '@_user_1', name: 'EIP' }],
      },
    },
  });

/** A click on a button of a card. */
export const feishuClick = (app: FeishuApp, moment: Moment, user: string, value: unknown): Sent =>
  feishuPush(app, moment, {
    schema: '2.0',
    header: header(app, moment, 'card.action.trigger'),
    event: {
      operator: { tenant_key: app.tenant, open_id: user },
      token: `c-${moment.nonce}`,
      action: { tag: 'button', value },
      context: { open_message_id: `om_${moment.nonce}`, open_chat_id: app.chat },
    },
  });
