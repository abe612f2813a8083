import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChatStandIn, startChat } from '../../local/chat/server.ts';
import { LEDGER_TABLE } from '../../local/ledger/server.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { notifying } from '../../shared/edge/notify.ts';
import { RunFailed, type ScheduledAnswer, scheduled } from '../../shared/edge/scheduled.ts';
import { surroundings } from '../../shared/edge/world.ts';
import { autoRenew } from '../../shared/flow/jobs.ts';
import { createTable } from '../../shared/ledger/table.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { freshLedger } from '../harness/dynamo.ts';
import { ask, due, KEY, REGION } from '../stand.ts';

let chat: ChatStandIn;
let simulator: Simulator;
let logged: string;
let aheadMs = 0;
let run: (change: Record<string, unknown>) => Promise<ScheduledAnswer>;
const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(each => each.close())));

beforeEach(async () => {
  aheadMs = 0;
  logged = '';
  chat = await startChat({ feishu: 's', dingtalk: null, wecomKey: 'k' }, () => new Date(Date.now() + aheadMs));
  simulator = await startSimulator({
    state: {
      accounts: [{ name: 'main', ...KEY, eips: [due('eip-a')] }],
      regions: [{ regionID: REGION }],
      settings: { orderSeconds: 0 },
    },
  });
  opened.push(chat, simulator);
  const secrets: Record<string, string> = {
    main: JSON.stringify(KEY),
    'notify/ops': JSON.stringify({ provider: 'feishu', url: chat.webhook.feishu, secret: 's', lang: 'en' }),
    'notify/slack': JSON.stringify({ provider: 'slack', url: chat.webhook.slack, lang: 'en' }),
    'notify/broken': '{"provider":"slack","url":"secret-nonsense"}',
  };
  const around = surroundings(
    { CTYUN_ENDPOINT: simulator.url, CTYUN_ACCOUNTS: 'nobody' },
    () => async name => secrets[name] ?? '',
    {
      ledger: createTable(await freshLedger(), LEDGER_TABLE, randomUUID),
      clock: { now: () => new Date(Date.now() + aheadMs), sleep: async () => undefined },
    },
  );
  const say = (message: string, fields?: unknown): void => {
    logged += `${message} ${JSON.stringify(fields)}\n`;
  };
  const handler = scheduled(autoRenew, {
    surroundings: () => around,
    log: { info: say, warn: say, error: say },
    notify: notifying(),
  });
  run = change =>
    handler(ask(change), {} as never).catch((error: unknown) => {
      if (error instanceof RunFailed) return error.report;
      throw error;
    });
});

const posted = (): string => JSON.stringify(chat.messages().map(({ body }) => body));

describe('a scheduled run', () => {
  it('tells nobody where the ask names no channel', async () => {
    expect((await run({})).notified).toBeUndefined();
    expect(chat.messages()).toEqual([]);
  });
  it('tells the channels what it did, and says nothing where there was nothing', async () => {
    const notify = { channels: ['ops', 'slack'] };
    expect((await run({ notify })).notified).toEqual({ told: ['ops', 'slack'], problems: [] });
    expect(posted()).toContain('名称-eip-a');
    expect((await run({ notify })).notified).toEqual({ told: [], problems: [] });
    expect((await run({ notify: { ...notify, when: 'always' } })).notified?.told).toEqual(['ops', 'slack']);
    expect(chat.messages()).toHaveLength(4);
  });
  it('brings a plan that waits with its buttons', async () => {
    await run({ approval: 'required', notify: { channels: ['slack'] } });
    expect(posted()).toMatch(/approve\.[0-9a-f]{64}\.[A-Za-z0-9-]{36}/);
  });
  it('gathers the news of a day for the first run of the next one', async () => {
    const notify = { channels: ['ops'], digest: 'daily' };
    await run({ notify });
    expect(chat.messages()).toEqual([]);
    aheadMs = 24 * 3600_000;
    expect((await run({ notify })).notified?.told).toEqual(['ops']);
    expect(posted()).toContain('done 1');
    await run({ notify });
    expect(chat.messages()).toHaveLength(1);
  });
  it('tells at once what needs somebody, digest or not', async () => {
    simulator.faults([{ kind: 'business-error', path: '/v4/eip/renew', code: 'Openapi.X', message: 'no' }]);
    const report = await run({ notify: { channels: ['ops'], digest: 'daily' } });
    expect([report.health, report.notified?.told]).toEqual(['failed', ['ops']]);
  });
  it.each(['broken', 'nowhere'])('never fails because of a chat: %s', async name => {
    const report = await run({ notify: { channels: [name] } });
    expect([report.health, report.totals.done, report.notified?.told]).toEqual(['ok', 1, []]);
    expect(report.notified?.problems[0]).toContain(`${name}: ConfigError`);
    expect(logged).toContain('could not be told');
    expect(logged).not.toContain('secret-nonsense');
  });
  it('notes a chat that does not take the message', async () => {
    chat.fail('feishu', { status: 200, body: '{"code":19024}' }, 1);
    expect((await run({ notify: { channels: ['ops'] } })).notified).toEqual({
      told: [],
      problems: ['ops: the message was not taken'],
    });
  });
});

describe('notify in the ask', () => {
  it.each<[string, unknown, RegExp]>([
    ['no channel', { channels: [] }, /notify.channels: must not be empty/],
    ['a URL for a name', { channels: ['https://x'] }, /must be the name of a channel/],
    ['a wrong word', { channels: ['ops'], when: 'never' }, /notify.when: must be one of/],
    ['an unknown key', { channels: ['ops'], url: 'x' }, /notify.url: unknown key/],
  ])('%s is refused', (_sentence, notify, why) => {
    expect(() => readRenewAsk(ask({ notify }))).toThrow(why);
  });
  it('is filled up with its defaults', () => {
    expect(readRenewAsk(ask({ notify: { channels: ['ops'] } })).notify).toEqual({
      channels: ['ops'],
      when: 'something',
      digest: null,
    });
  });
});
