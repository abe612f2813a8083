import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatName } from '../../../local/chat/outbound-checks.ts';
import { send } from '../../../local/chat/sent.ts';
import { type ChatStandIn, startChat } from '../../../local/chat/server.ts';
import { type SlackApp, slackSlash } from '../../../local/chat/slack.ts';
import { DIALECTS } from '../../../shared/chat/dialects.ts';
import { dingtalkSign } from '../../../shared/chat/dingtalk/robot.ts';
import { feishuAck, feishuBotSign } from '../../../shared/chat/feishu/outbound.ts';
import type { Posting } from '../../../shared/chat/outbound.ts';
import { slackAck, slackUpdate } from '../../../shared/chat/slack/outbound.ts';
import { NOW } from '../../chat/given.ts';
import { card, longCard } from '../../chat/samples.ts';

const SECRETS = { feishu: 'demo', dingtalk: 'this is secret', wecomKey: 'key-1' };
const PROVIDERS: readonly ChatName[] = ['slack', 'feishu', 'dingtalk', 'wecom'];
let chat: ChatStandIn;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  chat = await startChat(SECRETS, () => now);
});
afterEach(() => chat.close());

const webhook = (provider: ChatName, secret?: string | null) => {
  const signs = provider === 'feishu' || provider === 'dingtalk' ? SECRETS[provider] : null;
  return { url: chat.webhook[provider], secret: secret === undefined ? signs : secret };
};
async function post({ url, headers, body }: Posting) {
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
const deliver = async (provider: ChatName, secret?: string | null, what = card()) => {
  const { posting, failure } = DIALECTS[provider];
  return failure(await post(posting(webhook(provider, secret), what, NOW)));
};

describe('what we post, to stand-ins that check it by the documents', () => {
  it.each(PROVIDERS)('%s takes a card', async provider => {
    expect(await deliver(provider)).toBeUndefined();
    expect(chat.messages(provider)).toMatchObject([{ taken: true }]);
    expect(JSON.stringify(chat.messages())).toContain('续订方案');
  });
  it.each(PROVIDERS)('%s takes a card that had to be cut', async provider => {
    expect(await deliver(provider, undefined, longCard(2000))).toBeUndefined();
  });
  it.each(['feishu', 'dingtalk'] as const)(
    '%s refuses a wrong secret, with HTTP 200, and we notice',
    async provider => {
      expect(await deliver(provider, 'wrong')).toMatchObject({ next: 'mend' });
      expect(await deliver(provider, null)).toMatchObject({ next: 'mend' });
      expect(chat.messages(provider).every(({ taken }) => !taken)).toBe(true);
    },
  );
  it.each(['feishu', 'dingtalk'] as const)('%s refuses a signature older than an hour', async provider => {
    now = new Date(NOW.getTime() + 3601_000);
    expect(await deliver(provider)).toMatchObject({ next: 'mend' });
  });
  it.each<[ChatName, object]>([
    ['slack', { code: 'HTTP 429', next: 'later', waitSeconds: 30 }],
    ['feishu', { code: '11232', next: 'later' }],
    ['dingtalk', { code: '130101', next: 'later', waitSeconds: 600 }],
    ['wecom', { code: '45009', next: 'later' }],
  ])('%s refuses the twenty-first in a minute', async (provider, failure) => {
    for (let count = 0; count < 20; count += 1) expect(await deliver(provider)).toBeUndefined();
    expect(await deliver(provider)).toMatchObject(failure);
    now = new Date(NOW.getTime() + 61_000);
    expect(await deliver(provider)).toBeUndefined();
  });
  it.each<[string, ChatName, { status: number; body: string; headers?: Record<string, string> }, object]>([
    ['a server error is for later', 'slack', { status: 500, body: '' }, { next: 'later' }],
    [
      'a webhook that is gone is for a person',
      'slack',
      { status: 404, body: 'no_service' },
      { code: 'HTTP 404', next: 'mend' },
    ],
    ['a message that is refused is given up', 'slack', { status: 400, body: 'invalid_blocks' }, { next: 'give-up' }],
    [
      'a response_url that says no is given up',
      'slack',
      { status: 200, body: '{"ok":false,"error":"expired_url"}' },
      { code: 'expired_url', next: 'give-up' },
    ],
    [
      '429 without a time is for a minute later',
      'wecom',
      { status: 429, body: '' },
      { next: 'later', waitSeconds: 60 },
    ],
    [
      'a keyword that is missing is for a person',
      'feishu',
      { status: 200, body: '{"code":19024,"msg":"Key Words Not Found"}' },
      { code: '19024', next: 'mend' },
    ],
    ['a bad request is given up', 'feishu', { status: 200, body: '{"code":9499}' }, { code: '9499', next: 'give-up' }],
    [
      'an errcode that nobody knows is for a person',
      'dingtalk',
      { status: 200, body: '{"errcode":400013}' },
      { code: '400013', next: 'mend' },
    ],
    ['an answer that is no JSON is a failure', 'dingtalk', { status: 200, body: '<html>' }, { code: 'unreadable' }],
    ['an answer without a code is a failure', 'wecom', { status: 200, body: '{}' }, { code: 'unreadable' }],
    [
      'a robot that was removed is for a person',
      'wecom',
      { status: 200, body: '{"errcode":93000}' },
      { code: '93000', next: 'mend' },
    ],
  ])('%s', async (_sentence, provider, answer, failure) => {
    chat.fail(provider, answer, 1);
    expect(await deliver(provider)).toMatchObject(failure);
    expect(await deliver(provider)).toBeUndefined();
  });
  it("takes the place of the card that was clicked, through Slack's response_url, five times", async () => {
    const url = chat.answerUrl('slack', 'r1');
    for (let count = 0; count < 5; count += 1) expect((await post(slackUpdate(url, card()))).status).toBe(200);
    expect((await post(slackUpdate(url, card()))).body).toBe('used_url');
    expect(chat.messages('slack')[0]).toMatchObject({ body: { replace_original: true } });
  });
  it("answers through DingTalk's session, which nobody signs", async () => {
    const url = chat.answerUrl('dingtalk', 's1');
    const { posting, failure } = DIALECTS.dingtalk;
    expect(failure(await post(posting({ url, secret: null }, card(), NOW)))).toBeUndefined();
  });
  it.each<[string, ChatName, string, string]>([
    ['Slack refuses what is no JSON', 'slack', '', 'invalid_payload'],
    ['Slack refuses a message of nothing', 'slack', '{}', 'no_text'],
    ['Feishu refuses what is no JSON', 'feishu', '', '9499'],
    ['DingTalk refuses a message of no type', 'dingtalk', '{}', '40035'],
    ['WeCom refuses a message of no type', 'wecom', '{}', '40008'],
    [
      'WeCom refuses Markdown of more than 4096 bytes',
      'wecom',
      JSON.stringify({ msgtype: 'markdown', markdown: { content: '网'.repeat(1366) } }),
      '40058',
    ],
  ])('%s', async (_sentence, provider, body, code) => {
    expect((await post({ url: chat.webhook[provider], headers: {}, body })).body).toContain(code);
  });
  it('has nothing elsewhere', async () => {
    expect((await post({ url: `${chat.url}/other`, headers: {}, body: '' })).status).toBe(404);
  });
});

describe('outgoing signatures', () => {
  it('are those of the documents', () => {
    expect(feishuBotSign('demo', '1599360473')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
    expect(dingtalkSign('this is secret', '1577262236757')).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
  });
});

describe('first answers', () => {
  it.each(PROVIDERS)('%s: a bare one is 200', provider => {
    expect(DIALECTS[provider].ack(null)).toMatchObject({ status: 200, body: provider === 'feishu' ? '{}' : '' });
  });
  it('Slack shows a text to who asked, and parses nothing in it', () => {
    expect(JSON.parse(slackAck('<!channel> *x*').body)).toEqual({
      response_type: 'ephemeral',
      text: '&lt;!channel&gt; *x*',
      mrkdwn: false,
    });
  });
  it('Feishu shows a toast, and may change the card', () => {
    const ack = JSON.parse(feishuAck('已收到', card()).body);
    expect(ack).toMatchObject({
      toast: { type: 'info', content: '已收到' },
      card: { type: 'raw', data: { header: {} } },
    });
  });
});

describe('sending a request', () => {
  it('posts the exact bytes and headers', async () => {
    const app: SlackApp = { signingSecret: 's', team: 'T1', app: 'A1', channel: 'C1', responseUrl: 'x' };
    const sent = slackSlash(app, NOW, 'U1', '状态');
    await send(chat.webhook.slack, sent);
    expect(chat.messages('slack')).toMatchObject([{ body: sent.body.toString() }]);
  });
});
