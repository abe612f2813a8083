/** What each provider holds against a message that is posted to it; written from their documents and from nothing of ours. */
import { createHmac } from 'node:crypto';

export type ChatName = 'slack' | 'feishu' | 'dingtalk' | 'wecom';

/** A posted message as it arrived. */
export type Posted = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly now: Date;
};

export type Answer = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

/** Secrets of the robots; null: that robot does not sign. */
export type RobotSecrets = {
  readonly feishu: string | null;
  readonly dingtalk: string | null;
  readonly wecomKey: string;
};

const HOUR_MS = 3600_000;
const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });
const plain = (status: number, body: string): Answer => ({ status, body });
const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

type Json = Record<string, unknown>;
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export const accepted: Readonly<Record<ChatName, Answer>> = {
  slack: plain(200, 'ok'),
  feishu: json({ code: 0, msg: 'success', data: {} }),
  dingtalk: json({ errcode: 0, errmsg: 'ok' }),
  wecom: json({ errcode: 0, errmsg: 'ok' }),
};

/** More than 20 in a minute. */
export const tooMany: Readonly<Record<ChatName, Answer>> = {
  slack: { ...plain(429, 'rate_limited'), headers: { 'retry-after': '30' } },
  feishu: json({ code: 11232, msg: 'frequency limited' }),
  dingtalk: json({ errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' }),
  wecom: json({ errcode: 45009, errmsg: 'api freq out of limit' }),
};

function slack({ body }: Posted): Answer | undefined {
  const message = parsed(body);
  if (message === undefined) return plain(400, 'invalid_payload');
  const blocks = (message.blocks ?? []) as { type: string; text?: { text: string } }[];
  if (typeof message.text !== 'string' && blocks.length === 0) return plain(400, 'no_text');
  const long = blocks.some(({ type, text }) => type === 'header' && (text?.text.length ?? 0) > 150);
  return blocks.length > 50 || long ? plain(400, 'invalid_blocks') : undefined;
}

function feishu({ body, now }: Posted, { feishu: secret }: RobotSecrets): Answer | undefined {
  const message = parsed(body);
  if (message === undefined || Buffer.byteLength(body) > 20 * 1024) return json({ code: 9499, msg: 'Bad Request' });
  if (secret !== null) {
    const { timestamp, sign } = message as { timestamp?: string; sign?: string };
    const near = Math.abs(Number(timestamp) * 1000 - now.getTime()) <= HOUR_MS;
    if (!near || sign !== hmac(`${timestamp}\n${secret}`, '')) return json({ code: 19021, msg: 'sign match fail' });
  }
  return message.msg_type === 'interactive' && !message.card ? json({ code: 9499, msg: 'Bad Request' }) : undefined;
}

function dingtalk({ path, query, body, now }: Posted, { dingtalk: secret }: RobotSecrets): Answer | undefined {
  const message = parsed(body);
  if (message === undefined || !message.msgtype || !message[String(message.msgtype)]) {
    return json({ errcode: 40035, errmsg: 'invalid parameter' });
  }
  if (secret === null || path.endsWith('/sendBySession')) return undefined;
  const timestamp = query.get('timestamp') ?? '';
  const near = Math.abs(Number(timestamp) - now.getTime()) <= HOUR_MS;
  const right = near && query.get('sign') === hmac(secret, `${timestamp}\n${secret}`);
  return right ? undefined : json({ errcode: 310000, errmsg: 'sign not match' });
}

function wecom({ query, body }: Posted, { wecomKey }: RobotSecrets): Answer | undefined {
  if (query.get('key') !== wecomKey) return json({ errcode: 93000, errmsg: 'invalid webhook url' });
  const message = parsed(body);
  const limit = message?.msgtype === 'text' ? 2048 : 4096;
  const part = message?.[String(message.msgtype)] as { content?: string } | undefined;
  if (part === undefined) return json({ errcode: 40008, errmsg: 'invalid message type' });
  const tooLong = Buffer.byteLength(part.content ?? '') > limit;
  return tooLong ? json({ errcode: 40058, errmsg: 'content exceed max length' }) : undefined;
}

/** What the provider answers instead of taking the message; undefined if it takes it. */
export const CHECKS: Readonly<Record<ChatName, (posted: Posted, secrets: RobotSecrets) => Answer | undefined>> = {
  slack,
  feishu,
  dingtalk,
  wecom,
};
