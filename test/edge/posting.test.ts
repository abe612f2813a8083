import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChatStandIn, startChat } from '../../local/chat/server.ts';
import { LEDGER_TABLE } from '../../local/ledger/server.ts';
import { DIALECTS } from '../../shared/chat/dialects.ts';
import type { Provider } from '../../shared/chat/inbound.ts';
import { packed } from '../../shared/edge/chat-work.ts';
import { sendOverHttp } from '../../shared/edge/network.ts';
import { type Address, type PostingWorld, post } from '../../shared/edge/posting.ts';
import { createTable } from '../../shared/ledger/table.ts';
import { simpleCard } from '../../shared/report/card.ts';
import { freshLedger } from '../harness/dynamo.ts';

const START = new Date('2026-11-24T02:00:10Z');
const robot = { feishu: 'f', dingtalk: 'd', wecomKey: 'key-of-robot' };
let now = START;
let chat: ChatStandIn;
let world: PostingWorld;
let slept: number[];
let logged: string;
let queued: { message: unknown; delaySeconds: number | undefined }[];
const opened: ChatStandIn[] = [];

beforeEach(async () => {
  now = START;
  slept = [];
  logged = '';
  queued = [];
  chat = await startChat(robot, () => now);
  opened.push(chat);
  const say = (message: string, fields?: unknown): void => {
    logged += `${message} ${JSON.stringify(fields)}\n`;
  };
  world = {
    wire: sendOverHttp,
    clock: {
      now: () => now,
      sleep: async ms => {
        slept.push(ms);
        now = new Date(now.getTime() + ms);
      },
    },
    ledger: createTable(await freshLedger(), LEDGER_TABLE, randomUUID),
    deadline: new Date(START.getTime() + 600_000),
    log: { info: say, warn: say, error: say },
    enqueue: async (message, delaySeconds) => void queued.push({ message, delaySeconds }),
  };
});
afterAll(() => Promise.all(opened.map(each => each.close())));

const address = (provider: Provider): Address => ({
  provider,
  channel: `${provider}-1`,
  where: { via: 'notify', name: provider },
  make: (card, at) => {
    const secret = { slack: null, feishu: robot.feishu, dingtalk: robot.dingtalk, wecom: null }[provider];
    return DIALECTS[provider].posting({ url: chat.webhook[provider], secret }, card, at);
  },
});
const card = (title = 'news') => simpleCard('en', title, ['one line']);
const PROVIDERS = ['slack', 'feishu', 'dingtalk', 'wecom'] as const;

describe.each(PROVIDERS)('%s', provider => {
  it('takes a card, signed where the provider signs', async () => {
    expect(await post(card(), address(provider), world)).toBe(true);
    expect(chat.messages().map(({ taken }) => taken)).toEqual([true]);
  });
  it('is tried again where it is busy, three times at most, and the log tells no URL', async () => {
    const busy =
      provider === 'slack'
        ? { status: 503, body: 'busy' }
        : { status: 200, body: provider === 'feishu' ? '{"code":11232}' : '{"errcode":-1}' };
    chat.fail(provider, busy, 2);
    expect(await post(card(), address(provider), world)).toBe(true);
    chat.fail(provider, busy, 9);
    expect(await post(card(), address(provider), world)).toBe(false);
    expect(chat.messages()).toHaveLength(6);
    expect(logged).not.toMatch(/http|key-of-robot|hook|access_token/);
  });
  it('is not tried again where a person must mend something, though it answers 200', async () => {
    const wrong =
      provider === 'slack'
        ? { status: 404, body: 'no_service' }
        : { status: 200, body: provider === 'feishu' ? '{"code":19021}' : '{"errcode":310000}' };
    chat.fail(provider, wrong, 1);
    expect([await post(card(), address(provider), world), chat.messages().length]).toEqual([false, 1]);
    expect(logged).toContain('mend');
  });
});

describe('the budget of a channel', () => {
  it('is shared by processes that run at the same time: the twenty-first waits until a minute after the first', async () => {
    await Promise.all(Array.from({ length: 20 }, () => post(card(), address('feishu'), world)));
    expect(slept).toEqual([]);
    expect(await post(card('late'), address('feishu'), world)).toBe(true);
    expect(slept).toEqual([60_000]);
    expect(chat.messages().every(({ taken }) => taken)).toBe(true);
  });
  it('where there is no time to wait the message becomes a line of the next one', async () => {
    const short = { ...world, deadline: new Date(START.getTime() + 30_000) };
    for (let count = 0; count < 20; count += 1) await post(card(), address('feishu'), short);
    expect(await post(card('held back'), address('feishu'), short)).toBe(true);
    expect(chat.messages()).toHaveLength(20);
    expect(queued).toEqual([
      { message: packed({ kind: 'kept', where: { via: 'notify', name: 'feishu' } }), delaySeconds: 65 },
    ]);
    now = new Date(START.getTime() + 61_000);
    await post(card('later'), address('feishu'), world);
    await post(card('last'), address('feishu'), world);
    const [later, last] = chat.messages().slice(20);
    expect(JSON.stringify(later!.body)).toContain('held back');
    expect(JSON.stringify(last!.body)).not.toContain('held back');
  });
  it('a line whose channel then refuses the message is not lost: it goes with the next one', async () => {
    const short = { ...world, deadline: new Date(START.getTime() + 30_000) };
    for (let count = 0; count < 21; count += 1) await post(card(`number ${count}`), address('feishu'), short);
    now = new Date(START.getTime() + 61_000);
    chat.fail('feishu', { status: 200, body: '{"code":19021}' }, 1);
    expect(await post(card('refused'), address('feishu'), world)).toBe(false);
    expect(await post(card('taken'), address('feishu'), world)).toBe(true);
    expect(JSON.stringify(chat.messages().at(-1)!.body)).toContain('number 20');
  });
  it('a queue that does not answer leaves the line to the next message, and the log says so', async () => {
    const short = {
      ...world,
      deadline: new Date(START.getTime() + 30_000),
      enqueue: () => Promise.reject(new Error('no queue')),
    };
    for (let count = 0; count < 21; count += 1) await post(card(), address('feishu'), short);
    expect(logged).toContain('waits for the next message');
    now = new Date(START.getTime() + 61_000);
    await post(card('later'), address('feishu'), world);
    expect(JSON.stringify(chat.messages().at(-1)!.body)).toContain('Meanwhile');
  });
  it('without a ledger the message goes out all the same', async () => {
    const broken = createTable({ send: () => Promise.reject(new Error('down')) } as never, 't', randomUUID);
    expect(await post(card(), address('slack'), { ...world, ledger: broken })).toBe(true);
    expect(chat.messages()).toHaveLength(1);
  });
  it('a network that is down is tried three times', async () => {
    await chat.close();
    expect(await post(card(), address('slack'), world)).toBe(false);
    expect(slept).toEqual([2000, 2000]);
  });
});
