/** Two people in four chats: what they write and click, signed as their provider would sign it. */
import { randomBytes } from 'node:crypto';
import { dingtalkMessage } from '../chat/dingtalk.ts';
import { feishuMessage } from '../chat/feishu.ts';
import type { ChatName } from '../chat/outbound-checks.ts';
import type { Sent } from '../chat/sent.ts';
import type { ChatStandIn } from '../chat/server.ts';
import { slackClick, slackSlash } from '../chat/slack.ts';
import { wecomMessage } from '../chat/wecom.ts';

export const CHATS: readonly ChatName[] = ['slack', 'feishu', 'dingtalk', 'wecom'];

/** Secrets of the stand-ins; nobody else has them. */
const AES_KEY = randomBytes(32).toString('base64').slice(0, 43).replace(/.$/, 'A');
const callback = { token: 'tour-token', aesKey: AES_KEY };
export const ROBOTS = { feishu: 'tour-feishu-robot', dingtalk: 'tour-dingtalk-robot', wecomKey: 'tour-wecom-key' };

const TENANTS: Readonly<Record<ChatName, string>> = { slack: 'T1', feishu: 'tk', dingtalk: 'ding', wecom: 'wx' };
export const tenantOf = (chat: ChatName): string => TENANTS[chat];
export const idOf = (chat: ChatName, user: string): string =>
  `${chat}:${TENANTS[chat]}${chat === 'wecom' ? '/1' : ''}/${user}`;

/** What the secrets store holds of each chat. */
export const secretsOf = ({ webhook }: ChatStandIn): Readonly<Record<ChatName, object>> => ({
  slack: { signingSecrets: ['tour-slack'], webhook: { url: webhook.slack } },
  feishu: {
    encryptKeys: ['tour-encrypt'],
    verificationTokens: ['tour-verify'],
    webhook: { url: webhook.feishu, secret: ROBOTS.feishu },
  },
  dingtalk: {
    appSecrets: ['tour-dingtalk'],
    aesKeys: [AES_KEY],
    webhook: { url: webhook.dingtalk, secret: ROBOTS.dingtalk },
  },
  wecom: { callbacks: [callback], webhook: { url: webhook.wecom } },
});

export type People = {
  readonly writes: (chat: ChatName, user: string, text: string) => Sent;
  readonly clicks: (user: string, value: string) => Sent;
};

/** @param chat where answers are to be posted */
export function people(chat: ChatStandIn): People {
  let count = 0;
  const moment = () => {
    count += 1;
    // A WeCom message is known by its time: each has one of its own.
    return { now: new Date(Date.now() + count), nonce: `nonce${count}`, random: randomBytes(16) };
  };
  const slack = () => ({
    ...{ signingSecret: 'tour-slack', team: TENANTS.slack, app: 'A1', channel: 'C1' },
    responseUrl: chat.answerUrl('slack', `answer${count}`),
  });
  const feishu = {
    ...{ encryptKey: 'tour-encrypt', verificationToken: 'tour-verify', tenant: TENANTS.feishu, app: 'cli', chat: 'oc' },
  };
  const dingtalk = {
    ...{ appSecret: 'tour-dingtalk', aesKey: AES_KEY, callback, apiSecret: '', corp: TENANTS.dingtalk, robot: 'r' },
    ...{ conversation: 'c', sessionWebhook: chat.answerUrl('dingtalk', 'session') },
  };
  const wecom = { ...callback, corp: TENANTS.wecom, agent: '1', aiBot: 'b' };
  const writes: Record<ChatName, (user: string, text: string) => Sent> = {
    slack: (user, text) => slackSlash(slack(), moment().now, user, text, `trigger.${count}`),
    feishu: (user, text) => feishuMessage(feishu, moment(), user, text),
    dingtalk: (user, text) => dingtalkMessage(dingtalk, moment(), user, text),
    wecom: (user, text) => wecomMessage(wecom, moment(), user, text),
  };
  return {
    writes: (name, user, text) => writes[name](user, text),
    clicks: (user, value) => slackClick(slack(), moment().now, user, value, `click.${count}`),
  };
}
