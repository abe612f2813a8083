import type { Provider } from './inbound.ts';

/** Who may do what, by provider-scoped ids such as `slack:T1/U2`. A viewer may also be a whole tenant: `slack:T1/*`. */
export type Roles = {
  readonly viewers: readonly string[];
  readonly operators: readonly string[];
  readonly approvers: readonly string[];
};

/** One channel as the settings have it. Secrets are kept apart. */
export type Channel = {
  readonly provider: Provider;
  readonly lang: 'zh-CN' | 'en';
  /** Slack team ids, Feishu tenant keys, DingTalk or WeCom corp ids. None: nobody is let in. */
  readonly tenants: readonly string[];
  /** Ids of our app or agent. Empty: not compared, for the secret is the app's own. */
  readonly apps: readonly string[];
  /** Ids of the chats that are listened to. Empty: all. */
  readonly chats: readonly string[];
  /** Origins to which answers may be posted; what a request names beside them is refused. */
  readonly answerOrigins: readonly string[];
  /** How far a timestamp may be off, before and after, in seconds. */
  readonly windowSeconds: number;
  /** WeCom only: ids of the AI bots, whose receiver id is the empty string. */
  readonly aiBots: readonly string[];
  readonly roles: Roles;
};

export type SlackSecrets = { readonly signingSecrets: readonly string[] };
export type FeishuSecrets = {
  readonly encryptKeys: readonly string[];
  readonly verificationTokens: readonly string[];
};
/** A callback's token and its 43-character AES key. */
export type CallbackSecret = { readonly token: string; readonly aesKey: string };
export type DingtalkSecrets = {
  readonly appSecrets: readonly string[];
  /** Of the robot. With one, plain bodies are refused. */
  readonly aesKeys: readonly string[];
  readonly callbacks: readonly CallbackSecret[];
  readonly cardSecrets: readonly string[];
};
export type WecomSecrets = { readonly callbacks: readonly CallbackSecret[] };

/** Chance as an argument, for encrypted replies: 16 random bytes and a nonce that was never used before. */
export type Salt = { readonly random: Buffer; readonly nonce: string };

/** What a request is judged by. All lists of secrets are newest first. */
export type Given<Secrets> = {
  readonly channel: Channel;
  readonly secrets: Secrets;
  readonly now: Date;
  readonly salt: Salt;
};

/** Origins of the providers' own answer addresses. */
export const ANSWER_ORIGINS: Readonly<Record<Provider, readonly string[]>> = {
  slack: ['https://hooks.slack.com'],
  feishu: [],
  dingtalk: ['https://oapi.dingtalk.com', 'https://api.dingtalk.com'],
  wecom: ['https://qyapi.weixin.qq.com'],
};
