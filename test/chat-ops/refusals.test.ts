import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalkClick } from '../../local/chat/dingtalk.ts';
import { feishuChallenge } from '../../local/chat/feishu.ts';
import type { Sent } from '../../local/chat/sent.ts';
import { slackChallenge } from '../../local/chat/slack.ts';
import { wecomEcho } from '../../local/chat/wecom.ts';
import { SWITCHED as TERMINAL_SWITCHED } from '../../local/cli/people.ts';
import { SWITCHED } from '../../shared/flow/chat/said.ts';
import { changeProposal, openProposals } from '../../shared/ledger/proposals.ts';
import { httpEvent, type Office, openOffice, PROVIDERS } from './office.ts';

const textOf = (posted: readonly { body: unknown }[]): string => JSON.stringify(posted.map(({ body }) => body));
const buttonIn = (posted: readonly { body: unknown }[], word = 'approve'): string =>
  new RegExp(`${word}\\.[0-9a-f]{64}\\.[A-Za-z0-9_-]+`).exec(textOf(posted))?.[0] ?? '';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ approvers: 2 });
});
afterAll(() => office.close());

const queued = (): number => office.queues.queue('work').all.length;
const changed = (sent: Sent, change: (body: string) => string): Sent => ({
  ...sent,
  body: Buffer.from(change(sent.body.toString())),
});

describe.each(PROVIDERS)('%s: what the door refuses reaches neither queue nor cloud', provider => {
  it.each<[string, () => unknown, number]>([
    [
      'a forged body',
      () =>
        httpEvent(
          provider,
          changed(office.message(provider, 'second', 'status'), body => `${body} `.replace(/[a-c]/, 'd')),
        ),
      401,
    ],
    [
      'no signature at all',
      () => httpEvent(provider, { ...office.message(provider, 'second', 'status'), headers: {}, query: {} }),
      401,
    ],
    [
      "another provider's request",
      () => httpEvent(PROVIDERS.find(each => each !== provider)!, office.message(provider, 'second', 'status')),
      401,
    ],
    [
      'a door that is not there',
      () => ({ ...httpEvent(provider, office.message(provider, 'second', 'status')), rawPath: '/chat/other' }),
      401,
    ],
    [
      'a body beyond all bounds',
      () =>
        httpEvent(
          provider,
          changed(office.message(provider, 'second', 'status'), body => body.padEnd(70_000)),
        ),
      413,
    ],
    ['no HTTP event', () => ({}), 401],
  ])('%s', async (_sentence, event, status) => {
    // DingTalk's robot signs no body: what is changed in the encrypted text does not open.
    const answer = await office.bundled.invoke(event());
    expect([answer.statusCode, queued()]).toEqual([status, 0]);
    expect(answer.body).not.toMatch(/signature|timestamp|secret/);
  });
  it('a repetition is acknowledged and worked on once', async () => {
    const sent = office.message(provider, 'viewer', 'help');
    const first = await office.say(provider, sent);
    const second = await office.say(provider, sent);
    expect([first.answer.statusCode, first.posted.length, second.answer.statusCode, second.posted.length]).toEqual([
      200, 1, 200, 0,
    ]);
  });
  it('a stranger gets no work done', async () => {
    const { answer, posted } = await office.say(provider, office.message(provider, 'stranger', 'status'));
    expect([answer.statusCode, posted]).toEqual([200, []]);
  });
  it.each(['renew 官网', 'approve aaaaaaaaaaaa', 'mode apply', 'mode off'])('a viewer may not say "%s"', async text => {
    const { answer, posted } = await office.say(provider, office.message(provider, 'viewer', text));
    expect(`${answer.body}${textOf(posted)}`).toMatch(/takes the role/);
    expect(await openProposals(office.table)).toEqual([]);
  });
  it('what nobody understands is answered with what may be meant', async () => {
    const { answer, posted } = await office.say(provider, office.message(provider, 'viewer', 'statsu'));
    expect(`${answer.body}${textOf(posted)}`).toMatch(/Did you mean/);
  });
});

describe('handshakes touch neither store nor queue', () => {
  const moment = () => ({ now: new Date(), nonce: 'n', random: Buffer.from('0123456789abcdef') });
  it.each<[string, () => Sent]>([
    [
      'slack',
      () =>
        slackChallenge(
          { signingSecret: 'slack-secret', team: 'T1', app: 'A1', channel: 'C1', responseUrl: '' },
          new Date(),
          'word',
        ),
    ],
    [
      'feishu',
      () =>
        feishuChallenge(
          { encryptKey: 'encrypt', verificationToken: 'verify', tenant: 'tk', app: 'cli', chat: 'oc' },
          moment(),
          'word',
        ),
    ],
    [
      'wecom',
      () =>
        wecomEcho(
          { token: 'token', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', corp: 'wx', agent: '1', aiBot: 'b' },
          moment(),
          'word',
        ),
    ],
  ])('%s', async (provider, sent) => {
    const dead = await openOffice();
    const { environment } = dead;
    await dead.close();
    const { startBundled } = await import('./bundled.ts');
    // The secrets store lives; ledger and queue are gone.
    const alone = await startBundled({
      ...environment,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: office.environment.AWS_ENDPOINT_URL_SECRETS_MANAGER!,
    });
    expect(await alone.invoke(httpEvent(provider, sent()))).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('word'),
    });
    alone.close();
  });
});

describe('a door that cannot be sure refuses', () => {
  it('without the ledger', async () => {
    const { startBundled } = await import('./bundled.ts');
    const blind = await startBundled({ ...office.environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' });
    expect((await blind.invoke(httpEvent('slack', office.message('slack', 'viewer', 'help')))).statusCode).toBe(503);
    expect(queued()).toBe(0);
    blind.close();
  });
  it("without the queue; and the provider's next try is let in", async () => {
    const sent = office.message('feishu', 'viewer', 'help');
    office.queues.fail('InternalFailure', 2);
    expect((await office.deliver('feishu', sent)).statusCode).toBe(503);
    expect((await office.say('feishu', sent)).posted).toHaveLength(1);
  });
});

describe('two of three must agree', () => {
  const planned = async () =>
    (await office.say('slack', office.message('slack', 'asker', 'scale eip-bbbbbb 7'))).posted;
  const orders = (): number => office.simulator.orders().length;

  it('every word that does not count leaves the plan as it is, and the buttons usable', async () => {
    const card = await planned();
    const approve = buttonIn(card);
    const forged = approve.replace(/\.[^.]+$/, `.${'x'.repeat(36)}`);
    const refused = async (sent: Sent): Promise<string> => textOf((await office.say('slack', sent)).posted);
    expect(await refused(office.click('asker', approve))).toContain('another person must');
    expect(await refused(office.click('viewer', approve))).toContain('takes the role');
    expect(await refused(office.click('second', forged))).toContain('used before');
    const first = await office.say('slack', office.click('second', approve));
    expect(textOf(first.posted)).toContain('1 of 2');
    expect(await refused(office.click('third', approve))).toContain('used before');
    const fresh = buttonIn(first.posted);
    expect(fresh).not.toBe(approve);
    expect(await refused(office.click('second', fresh))).toContain('approved it already');
    expect(orders()).toBe(0);
    const last = await office.say('slack', office.click('third', fresh));
    expect(last.posted).toHaveLength(2);
    expect(orders()).toBe(1);
    expect(await refused(office.click('third', fresh))).toContain('used before');
    const hash = approve.split('.')[1]!;
    expect(await refused(office.message('slack', 'second', `approve ${hash}`))).toContain('has been applied');
    expect(await refused(office.message('slack', 'second', `reject ${hash}`))).toContain('has been applied');
    expect(orders()).toBe(1);
  });
  it('a plan that has expired is approved by nobody', async () => {
    const card = (await office.say('slack', office.message('slack', 'asker', 'renew 官网'))).posted;
    const hash = buttonIn(card).split('.')[1]!;
    await changeProposal(office.table, hash, ({ plan }) => ({
      plan: { ...plan, expiresAt: new Date(Date.now() - 1000) },
    }));
    const { posted } = await office.say('slack', office.click('second', buttonIn(card)));
    expect(textOf(posted)).toContain('expired');
  });
  it('one no ends it, also by who asked', async () => {
    await office.say('slack', office.message('slack', 'asker', 'mode chat-ops plan'));
    const card = (await office.say('slack', office.message('slack', 'asker', 'renew eip-bbbbbb'))).posted;
    const { posted } = await office.say('slack', office.click('asker', buttonIn(card, 'reject')));
    expect(textOf(posted)).toContain('Rejected by slack:T1/asker');
    await office.say('slack', office.message('slack', 'second', 'mode chat-ops apply'));
  });
});

describe('the switch', () => {
  let own: Office;
  beforeAll(async () => {
    own = await openOffice();
  });
  afterAll(() => own.close());
  it('stops what was approved, and the chat says so', async () => {
    const say = (user: string, text: string) => own.say('slack', own.message('slack', user, text));
    const card = (await say('asker', 'renew eip-bbbbbb')).posted;
    await say('asker', 'mode chat-ops off');
    const { posted } = await own.say('slack', own.click('second', buttonIn(card)));
    expect(textOf(posted)).toMatch(/switch of chat-ops is on/);
    expect(textOf((await say('viewer', 'status')).posted)).toContain('switched off');
    expect(own.simulator.orders()).toEqual([]);
  });
  it('an approval that was told to apply twice applies once', async () => {
    const say = (user: string, text: string) => own.say('slack', own.message('slack', user, text));
    await say('second', 'mode chat-ops apply');
    const hash = buttonIn((await say('asker', 'renew eip-aaaaaa')).posted).split('.')[1]!;
    await own.deliver('slack', own.message('slack', 'second', `approve ${hash}`));
    await own.poller.once();
    const [apply] = own.queues.queue('work').all;
    own.queues.queue('work').send(apply!.body);
    await own.poller.drain();
    expect(own.simulator.orders()).toHaveLength(1);
    expect([own.poller.errors, own.queues.queue('failed').all]).toEqual([[], []]);
  });
  it("a message that is not chat-ops' is left for whoever it is for", async () => {
    own.queues.queue('work').send(JSON.stringify({ function: 'bind-on-webhook' }));
    await own.poller.drain();
    expect(own.queues.queue('failed').all).toHaveLength(1);
  });
});

describe('DingTalk without an AES key', () => {
  let plain: Office;
  beforeAll(async () => {
    plain = await openOffice({ plainDingtalk: true });
  });
  afterAll(() => plain.close());
  it('reads, and neither asks for changes nor approves', async () => {
    const { posted } = await plain.say('dingtalk', plain.message('dingtalk', 'viewer', 'status'));
    expect(textOf(posted)).toContain('官网');
    for (const text of ['renew 官网', 'mode off']) {
      const no = await plain.say('dingtalk', plain.message('dingtalk', 'asker', text));
      expect(textOf(no.posted)).toContain('may only read');
    }
    const no = await plain.say('dingtalk', plain.message('dingtalk', 'second', `approve ${'ab'.repeat(32)}`));
    expect(textOf(no.posted)).toContain('may only read');
    expect(await openProposals(plain.table)).toEqual([]);
  });
  it('takes no click for a decision: a card callback is signed by its time alone', async () => {
    plain.secrets.put('ctyun/chat/dingtalk', JSON.stringify({ appSecrets: ['app-secret'], cardSecrets: ['api'] }));
    const app = {
      appSecret: '',
      aesKey: null,
      callback: { token: '', aesKey: '' },
      apiSecret: 'api',
      corp: 'ding',
      robot: 'r',
      conversation: 'c',
      sessionWebhook: '',
    };
    const moment = { now: new Date(), nonce: 'n9', random: Buffer.alloc(16) };
    const { startBundled } = await import('./bundled.ts');
    const again = await startBundled(plain.environment);
    const sent = dingtalkClick(app, moment, 'second', `approve.${'ab'.repeat(32)}.${'t'.repeat(36)}`);
    expect((await again.invoke(httpEvent('dingtalk', sent))).statusCode).toBe(200);
    await plain.poller.drain();
    expect(plain.simulator.orders()).toEqual([]);
    again.close();
  });
});

describe('the switches', () => {
  it('are those of every function', () => {
    const functions = readdirSync('functions').map(file => basename(file, '.ts'));
    expect(SWITCHED.toSorted()).toEqual(functions.toSorted());
    expect([...TERMINAL_SWITCHED].toSorted()).toEqual(functions.toSorted());
  });
});
