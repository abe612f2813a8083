import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalkMessage } from '../../local/chat/dingtalk.ts';
import { feishuChallenge, feishuClick, feishuMessage } from '../../local/chat/feishu.ts';
import type { Sent } from '../../local/chat/sent.ts';
import { type ChatStandIn, startChat } from '../../local/chat/server.ts';
import { slackClick, slackSlash } from '../../local/chat/slack.ts';
import { wecomClick, wecomEcho, wecomMessage } from '../../local/chat/wecom.ts';
import { denial, roleFor } from '../../shared/chat/access.ts';
import { authentic, type ChatSecrets } from '../../shared/chat/authentic.ts';
import { parseCommand } from '../../shared/chat/commands.ts';
import { DIALECTS } from '../../shared/chat/dialects.ts';
import type { Provider } from '../../shared/chat/inbound.ts';
import { decodeHttpEvent } from '../../shared/edge/http-event.ts';
import { BUTTON, channelOf, DECISION, MOMENT, NOW, SALT } from './given.ts';
import { card } from './samples.ts';

const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const callback = { token: 'token', aesKey: AES };
const SECRETS: ChatSecrets = {
  slack: { signingSecrets: ['slack-secret'] },
  feishu: { encryptKeys: ['encrypt'], verificationTokens: ['verify'] },
  dingtalk: { appSecrets: ['app-secret'], aesKeys: [AES], callbacks: [callback], cardSecrets: [] },
  wecom: { callbacks: [callback] },
};
const slack = {
  signingSecret: 'slack-secret',
  team: 'T1',
  app: 'A1',
  channel: 'C1',
  responseUrl: 'https://hooks.slack.com/x',
};
const feishu = { encryptKey: 'encrypt', verificationToken: 'verify', tenant: 'tk', app: 'cli', chat: 'oc' };
const dingtalk = {
  appSecret: 'app-secret',
  aesKey: AES,
  callback,
  apiSecret: '',
  corp: 'ding',
  robot: 'r',
  conversation: 'c',
  sessionWebhook: '',
};
const wecom = { ...callback, corp: 'wx', agent: '1', aiBot: 'b' };
const TENANT: Record<Provider, string> = { slack: 'T1', feishu: 'tk', dingtalk: 'ding', wecom: 'wx' };
const USER: Record<Provider, string> = {
  slack: 'slack:T1/U1',
  feishu: 'feishu:tk/U1',
  dingtalk: 'dingtalk:ding/U1',
  wecom: 'wecom:wx/1/U1',
};

/** As an HTTP API or a Function URL hands it over. */
const eventOf = (sent: Sent, base64: boolean) => ({
  version: '2.0',
  rawPath: '/chat',
  rawQueryString: new URLSearchParams(sent.query).toString(),
  headers: sent.headers,
  requestContext: { http: { method: sent.method } },
  body: sent.body.toString(base64 ? 'base64' : 'utf8'),
  isBase64Encoded: base64,
});

function judge(provider: Provider, sent: Sent, base64: boolean) {
  const received = decodeHttpEvent(eventOf(sent, base64));
  if ('kind' in received) return received;
  const channel = channelOf(provider, TENANT[provider]);
  return authentic(provider, received, { channel, secrets: SECRETS[provider], now: NOW, salt: SALT });
}

const TEXT = '续订 “网站＋一%20号” ';
const COMMANDS: Record<Provider, Sent> = {
  slack: slackSlash(slack, NOW, 'U1', TEXT),
  feishu: feishuMessage(feishu, MOMENT, 'U1', TEXT),
  dingtalk: dingtalkMessage(dingtalk, MOMENT, 'U1', TEXT),
  wecom: wecomMessage(wecom, MOMENT, 'U1', TEXT),
};
const PROVIDERS = ['slack', 'feishu', 'dingtalk', 'wecom'] as const;

let chat: ChatStandIn;
beforeAll(async () => {
  chat = await startChat({ feishu: null, dingtalk: null, wecomKey: 'k' }, () => NOW);
});
afterAll(() => chat.close());

describe.each([true, false])('from the event to the card, base64 %s', base64 => {
  it.each(PROVIDERS)(
    '%s: a command is read, allowed to an operator alone, acknowledged and answered',
    async provider => {
      const inbound = judge(provider, COMMANDS[provider], base64);
      if (inbound.kind !== 'command') throw new Error(`no command: ${JSON.stringify(inbound)}`);
      expect(inbound.actor.id).toBe(USER[provider]);
      const parsed = parseCommand(inbound.text, []);
      expect(parsed).toEqual({ ok: true, command: { name: 'renew', eip: { by: 'name', value: '网站＋一%20号' } } });
      if (!parsed.ok) return;
      const roles = { viewers: [], operators: [USER[provider]], approvers: [] };
      expect(denial(roleFor(parsed.command), inbound.actor, roles, inbound.capabilities)).toBeNull();
      expect(denial('approver', inbound.actor, roles, inbound.capabilities)).toMatchObject({ code: 'role-missing' });
      const { ack, posting, failure } = DIALECTS[provider];
      expect(ack('已收到').status).toBe(200);
      const { url, headers, body } = posting({ url: chat.webhook[provider], secret: null }, card(), NOW);
      const response = await fetch(url, { method: 'POST', headers, body });
      expect(failure({ status: response.status, headers: {}, body: await response.text() })).toBeUndefined();
    },
  );
  it.each<[Provider, Sent]>([
    ['slack', slackClick(slack, NOW, 'U1', BUTTON)],
    ['feishu', feishuClick(feishu, MOMENT, 'U1', { decision: BUTTON })],
    ['wecom', wecomClick(wecom, MOMENT, 'U1', BUTTON)],
  ])('%s: a click decides', (provider, sent) => {
    expect(judge(provider, sent, base64)).toMatchObject({
      kind: 'decision',
      decision: DECISION,
      capabilities: { mayApprove: true },
    });
  });
  it.each<[Provider, Sent]>([
    ['feishu', feishuChallenge(feishu, MOMENT, 'c')],
    ['wecom', wecomEcho(wecom, MOMENT, 'c')],
  ])('%s: the address check is answered', (provider, sent) => {
    expect(judge(provider, sent, base64)).toMatchObject({
      kind: 'handshake',
      reply: { body: expect.stringContaining('c') },
    });
  });
});

describe('one door for each provider', () => {
  it.each(PROVIDERS.flatMap(door => PROVIDERS.filter(each => each !== door).map(each => [door, each] as const)))(
    "%s's door refuses what %s sends",
    (door, provider) => {
      expect(judge(door, COMMANDS[provider], true)).toMatchObject({ kind: 'refused', status: 401 });
    },
  );
  it("refuses a request that comes with another provider's settings", () => {
    const received = decodeHttpEvent(eventOf(COMMANDS.slack, true));
    if ('kind' in received) throw new Error('refused');
    const given = { channel: channelOf('feishu', 'T1'), secrets: SECRETS.slack, now: NOW, salt: SALT };
    expect(authentic('slack', received, given)).toEqual({ kind: 'refused', code: 'wrong-channel', status: 401 });
  });
});
