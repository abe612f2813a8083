/** DingTalk, as far as its callbacks go; written from open.dingtalk.com and from nothing of ours. */
import { createHmac } from 'node:crypto';
import { sealedSignature, sealText } from './sealing.ts';
import type { Moment, Sent } from './sent.ts';

export type DingtalkApp = {
  readonly appSecret: string;
  /** Null: the robot sends plain bodies. */
  readonly aesKey: string | null;
  readonly callback: { readonly token: string; readonly aesKey: string };
  readonly apiSecret: string;
  readonly corp: string;
  readonly robot: string;
  readonly conversation: string;
  readonly sessionWebhook: string;
};

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('base64');
const millis = (now: Date): string => String(now.getTime());

function robotPush(app: DingtalkApp, { now, random }: Moment, message: unknown): Sent {
  const timestamp = millis(now);
  const text = JSON.stringify(message);
  const body = app.aesKey === null ? text : JSON.stringify({ encrypt: sealText(app.aesKey, random, text, app.corp) });
  const sign = hmac(app.appSecret, `${timestamp}\n${app.appSecret}`);
  const headers = { 'content-type': 'application/json; charset=utf-8', timestamp, sign };
  return { method: 'POST', headers, query: {}, body: Buffer.from(body) };
}

/** Somebody mentions the robot in a group. */
export const dingtalkMessage = (
  app: DingtalkApp,
  moment: Moment,
  staffId: string,
  text: string,
  change: Record<string, unknown> = {},
): Sent =>
  robotPush(app, moment, {
    conversationId: app.conversation,
    chatbotCorpId: app.corp,
    msgId: `msg${moment.nonce}`,
    senderNick: '某人',
    senderStaffId: staffId,
    senderCorpId: app.corp,
    sessionWebhook: app.sessionWebhook,
    sessionWebhookExpiredTime: moment.now.getTime() + 90 * 60_000,
    createAt: moment.now.getTime(),
    conversationType: '2',
    msgtype: 'text',
    text: { content: ` ${text}` },
    robotCode: app.robot,
    ...change,
  });

/** A click on an interactive card. */
export function dingtalkClick(app: DingtalkApp, { now, nonce }: Moment, user: string, decision: string): Sent {
  const timestamp = millis(now);
  const content = { cardPrivateData: { actionIds: ['decide'], params: { decision } } };
  const headers = {
    'content-type': 'application/json',
    'x-ddpaas-signature-timestamp': timestamp,
    'x-ddpaas-signature': hmac(app.apiSecret, timestamp),
  };
  const body = {
    type: 'actionCallback',
    outTrackId: `track${nonce}`,
    corpId: app.corp,
    userId: user,
    content: JSON.stringify(content),
  };
  return { method: 'POST', headers, query: {}, body: Buffer.from(JSON.stringify(body)) };
}

/** An event of the subscription, for instance `{"EventType":"check_url"}`. */
export function dingtalkEvent(app: DingtalkApp, { now, nonce, random }: Moment, event: unknown): Sent {
  const timestamp = millis(now);
  const encrypt = sealText(app.callback.aesKey, random, JSON.stringify(event), app.corp);
  const signature = sealedSignature(app.callback.token, timestamp, nonce, encrypt);
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    query: { signature, msg_signature: signature, timestamp, nonce },
    body: Buffer.from(JSON.stringify({ encrypt })),
  };
}
