import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChatStandIn, startChat } from '../../local/chat/server.ts';
import { LEDGER_TABLE } from '../../local/ledger/server.ts';
import { pollerOf } from '../../local/queue/poller.ts';
import { Queue } from '../../local/queue/store.ts';
import { type Simulator, startSimulator } from '../../local/simulator/server.ts';
import { chatHouse } from '../../shared/edge/chat-house.ts';
import { digestDue } from '../../shared/edge/chat-kept.ts';
import { workOn } from '../../shared/edge/chat-worker.ts';
import { notifying } from '../../shared/edge/notify.ts';
import { RunFailed, type ScheduledAnswer, scheduled } from '../../shared/edge/scheduled.ts';
import type { Enqueue } from '../../shared/edge/sqs.ts';
import { surroundings } from '../../shared/edge/world.ts';
import { autoRenew } from '../../shared/flow/jobs.ts';
import { claimDelivery } from '../../shared/ledger/deliveries.ts';
import { createTable, type Table } from '../../shared/ledger/table.ts';
import { readRenewAsk } from '../../shared/plan/auto-renew.ask.ts';
import { freshLedger } from '../harness/dynamo.ts';
import { ask, due, KEY, REGION } from '../stand.ts';

const HOUR_MS = 3600_000;

let chat: ChatStandIn;
let simulator: Simulator;
let logged: string;
let aheadMs = 0;
/** How long a worker has, from the start of its message. */
let leftMs = 600_000;
let ledger: Table;
let queue: Queue;
let failed: Queue;
let queueIsDown = false;
let run: (change: Record<string, unknown>) => Promise<ScheduledAnswer>;
/** Lets chat-ops work until nothing is left but what is delayed; what fails comes again after half a minute. */
let work: () => Promise<void>;
let once: () => Promise<unknown>;
/** Lets hours pass for the queue, as SQS would: every message when its delay is over. */
let hoursPass: (hours: number) => Promise<void>;
const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map(each => each.close())));

beforeEach(async () => {
  aheadMs = 0;
  leftMs = 600_000;
  queueIsDown = false;
  logged = '';
  const clock = { now: () => new Date(Date.now() + aheadMs), sleep: async () => undefined };
  chat = await startChat({ feishu: 's', dingtalk: null, wecomKey: 'k' }, clock.now);
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
  ledger = createTable(await freshLedger(), LEDGER_TABLE, randomUUID);
  const around = surroundings(
    { CTYUN_ENDPOINT: simulator.url, CTYUN_ACCOUNTS: 'nobody' },
    () => async name => secrets[name] ?? '',
    { ledger, clock },
  );
  const say = (message: string, fields?: unknown): void => {
    logged += `${message} ${JSON.stringify(fields)}\n`;
  };
  const log = { info: say, warn: say, error: say };
  const now = () => Date.now() + aheadMs;
  failed = new Queue({ name: 'failed', visibilitySeconds: 0, deadLetter: null }, now, () => undefined);
  const deadLetter = { queue: 'failed', maxReceives: 3 };
  queue = new Queue({ name: 'work', visibilitySeconds: 30, deadLetter }, now, () => failed);
  const enqueue: Enqueue = async (message, delaySeconds) => {
    if (queueIsDown) throw new Error('no queue');
    queue.send(JSON.stringify(message), delaySeconds);
  };
  const settings = { targets: [{ account: 'main', regions: [REGION] }], chat: { channels: [] } };
  const house = chatHouse(JSON.stringify(settings), around, enqueue, log);
  const poller = pollerOf(queue, event => workOn(event, new Date(clock.now().getTime() + leftMs), house), 1);
  once = poller.once;
  work = async () => {
    await poller.drain();
    while (queue.all.some(({ receives }) => receives > 0)) {
      aheadMs += 31_000;
      await poller.drain();
    }
  };
  hoursPass = async hours => {
    for (let quarters = 0; quarters < hours * 4; quarters += 1) {
      aheadMs += HOUR_MS / 4;
      await work();
    }
  };
  const handler = scheduled(autoRenew, { surroundings: () => around, log, notify: notifying(enqueue) });
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
    expect(queue.all).toEqual([]);
  });
  it('hands over what it did for each channel and speaks to no chat itself; what leaves all as it is is not handed over', async () => {
    const notify = { channels: ['ops', 'slack'] };
    expect((await run({ notify })).notified).toEqual({ told: ['ops', 'slack'], problems: [] });
    expect(chat.messages()).toEqual([]);
    await work();
    expect(posted()).toContain('名称-eip-a');
    expect((await run({ notify })).notified).toEqual({ told: [], problems: [] });
    expect(queue.all).toEqual([]);
    expect((await run({ notify: { ...notify, when: 'always' } })).notified?.told).toEqual(['ops', 'slack']);
    await work();
    expect(chat.messages()).toHaveLength(4);
  });
  it('brings a plan that waits with its buttons', async () => {
    await run({ approval: 'required', notify: { channels: ['slack'] } });
    await work();
    expect(posted()).toMatch(/approve\.[0-9a-f]{64}\.[A-Za-z0-9-]{36}/);
  });
  it('tells at once what needs somebody, digest or not', async () => {
    simulator.faults([{ kind: 'business-error', path: '/v4/eip/renew', code: 'Openapi.X', message: 'no' }]);
    const report = await run({ notify: { channels: ['ops'], digest: 'daily' } });
    expect(report.health).toBe('failed');
    await work();
    expect(posted()).toContain('failed 1');
  });
  it('never fails because of its queue, and says which channels are not told', async () => {
    queueIsDown = true;
    const report = await run({ notify: { channels: ['ops', 'slack'] } });
    expect([report.health, report.totals.done, report.notified]).toEqual([
      'ok',
      1,
      { told: [], problems: ['ops: Error: no queue', 'slack: Error: no queue'] },
    ]);
    expect(logged).toContain('chat channels could not be told');
  });
});

describe('a report in the queue', () => {
  it('is told once, however often it is delivered, also by two at the same time', async () => {
    await run({ notify: { channels: ['ops'] } });
    const [message] = queue.all;
    for (let again = 0; again < 3; again += 1) queue.send(message!.body);
    await Promise.all([once(), once()]);
    await work();
    expect(chat.messages()).toHaveLength(1);
    expect([queue.all, failed.all]).toEqual([[], []]);
  });
  it('that the chat does not take comes again, and is told then', async () => {
    chat.fail('feishu', { status: 200, body: '{"code":19024}' }, 1);
    await run({ notify: { channels: ['ops'] } });
    await work();
    expect(chat.messages().map(({ taken }) => taken)).toEqual([false, true]);
  });
  it.each(['broken', 'nowhere'])('for a channel whose secret is wrong waits for a person: %s', async name => {
    await run({ notify: { channels: [name] } });
    await work();
    expect([queue.all.length, failed.all.length]).toEqual([0, 1]);
    expect(logged).toMatch(/chat work is given up.*"kind":"report"/);
    expect(logged).not.toContain('secret-nonsense');
  });
  it('whose process died is told by the next one, once that one cannot be at work any more', async () => {
    await run({ notify: { channels: ['ops'] } });
    const [, id = ''] = /"id\\":\\"([^\\]+)/.exec(queue.all[0]!.body) ?? [];
    const until = new Date(Date.now() + 45_000);
    const forgetAt = new Date(Date.now() + HOUR_MS);
    const claim = { by: 'a dead process', now: new Date(), until, forgetAt };
    expect(await claimDelivery(ledger, `report/${id}/ops`, claim)).toBe('ours');
    await work();
    expect(logged).toContain('another process is telling this report');
    expect(chat.messages()).toHaveLength(1);
    expect([queue.all, failed.all]).toEqual([[], []]);
  });
});

describe('a daily digest', () => {
  const notify = { channels: ['ops'], digest: 'daily' };
  const atDue = (): number => digestDue(new Date(Date.now() + aheadMs)).getTime() - (Date.now() + aheadMs);

  it('is told at nine in the morning of Beijing, once, though nothing follows', async () => {
    await run({ notify });
    await work();
    expect(chat.messages()).toEqual([]);
    const hours = Math.ceil(atDue() / HOUR_MS);
    await hoursPass(hours - 1);
    expect(chat.messages()).toEqual([]);
    await hoursPass(2);
    expect(posted()).toContain('done 1');
    await hoursPass(30);
    expect(chat.messages()).toHaveLength(1);
    expect([queue.all, failed.all]).toEqual([[], []]);
  });
  it('whose message was lost is told before the next report', async () => {
    await run({ notify });
    await work();
    for (const { receipt } of queue.receive(10)) queue.delete(receipt ?? '');
    aheadMs += 25 * HOUR_MS;
    for (const message of queue.receive(10)) queue.delete(message.receipt ?? '');
    await run({ notify: { ...notify, when: 'always' } });
    await work();
    expect(posted()).toContain('done 1');
    expect(chat.messages()).toHaveLength(1);
  });
  it('that the chat does not take is kept, and told by the next try', async () => {
    await run({ notify });
    await work();
    chat.fail('feishu', { status: 200, body: '{"code":19024}' }, 1);
    await hoursPass(Math.ceil(atDue() / HOUR_MS) + 1);
    expect(chat.messages().map(({ taken }) => taken)).toEqual([false, true]);
    expect(posted()).toContain('done 1');
  });
});

describe('what had no budget', () => {
  it('is told within two minutes though nothing follows, and once', async () => {
    leftMs = 15_000;
    const notify = { channels: ['ops'], when: 'always' };
    for (let count = 0; count < 23; count += 1) await run({ notify });
    await work();
    expect(chat.messages()).toHaveLength(20);
    aheadMs += 66_000;
    await work();
    expect(chat.messages()).toHaveLength(21);
    expect(JSON.stringify(chat.messages().at(-1)!.body).match(/auto-renew/g)).toHaveLength(3);
    aheadMs += 10 * 60_000;
    await work();
    expect(chat.messages()).toHaveLength(21);
    expect([queue.all, failed.all]).toEqual([[], []]);
  });
});

describe('when a digest is due', () => {
  it.each([
    ['2026-11-24T00:59:59Z', '2026-11-24T01:00:00Z'],
    ['2026-11-24T01:00:00Z', '2026-11-25T01:00:00Z'],
    ['2026-11-24T23:00:00Z', '2026-11-25T01:00:00Z'],
  ])('a line of %s is told at %s', (at, due) => {
    expect(digestDue(new Date(at))).toEqual(new Date(due));
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
