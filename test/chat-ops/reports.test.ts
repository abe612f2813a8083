/** A report's whole way: bundled auto-renew -> queue -> bundled chat-ops -> chat -> a click -> one order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGION } from '../stand.ts';
import { type Bundled, startBundled } from './bundled.ts';
import { type Office, openOffice } from './office.ts';

let office: Office;
let autoRenew: Bundled;
type Answer = { health: string; notified?: { told: string[]; problems: string[] } };

beforeAll(async () => {
  office = await openOffice();
  const { slack, feishu } = office.chat.webhook;
  office.secrets.put('ctyun/notify/ops', JSON.stringify({ provider: 'slack', url: slack, lang: 'en' }));
  office.secrets.put(
    'ctyun/notify/finance',
    JSON.stringify({ provider: 'feishu', url: feishu, secret: 'feishu-robot' }),
  );
  autoRenew = await scheduledBundle();
});
afterAll(async () => {
  autoRenew.close();
  await office.close();
});

/** What a scheduled function has on Lambda: no setting of chat-ops but the address of its queue. */
function scheduledBundle(change: Record<string, string> = {}): Promise<Bundled> {
  const { CHAT_SETTINGS: _, WORK_QUEUE_URL: queue = '', ...environment } = office.environment;
  return startBundled({ ...environment, CHAT_QUEUE_URL: queue, ...change }, 'auto-renew');
}

const event = (notify: object, change: object = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 3 },
  limits: { maxSharePercent: 100 },
  notify,
  ...change,
});
const textOf = (posted: readonly { body: unknown }[]): string => JSON.stringify(posted.map(({ body }) => body));

describe('a report of the bundled auto-renew', () => {
  it('reads no chat secret: it hands over, and chat-ops tells every channel in its language', async () => {
    // A plan that waits needs somebody: the run fails, so that its alarm fires, after it has handed over.
    const waits = event({ channels: ['ops', 'finance'] }, { approval: 'required', approvers: 1 });
    await expect(autoRenew.invoke(waits)).rejects.toThrow(/RunFailed/);
    expect(office.secrets.asked().filter(name => name.startsWith('ctyun/notify/'))).toEqual([]);
    expect(office.queues.queue('work').all).toHaveLength(2);
    expect(office.chat.messages()).toEqual([]);
    await office.poller.drain();
    expect(textOf(office.chat.messages('slack'))).toContain('Approve');
    expect(textOf(office.chat.messages('feishu'))).toContain('批准');
  });
  it('the plan that it told of is approved by a click, and ordered once', async () => {
    const [button = ''] = /approve\.[0-9a-f]{64}\.[A-Za-z0-9_-]+/.exec(textOf(office.chat.messages('slack'))) ?? [];
    await office.say('slack', office.click('second', button));
    await office.say('slack', office.click('third', button));
    expect(office.simulator.orders().map(({ eipID }) => eipID)).toEqual(['eip-aaaaaa']);
  });
  it.each<[string, Record<string, string>, RegExp]>([
    ['no queue is named', { CHAT_QUEUE_URL: '' }, /^ops: ConfigError: .*CHAT_QUEUE_URL is not set/],
    ['the queue cannot be reached', { CHAT_QUEUE_URL: 'http://127.0.0.1:9/0/chat' }, /^ops: .*ECONNREFUSED/],
  ])('where %s the run goes on, and says that nobody was told', async (_sentence, change, why) => {
    const alone = await scheduledBundle(change);
    const answer = await alone.invoke<Answer>(event({ channels: ['ops'], when: 'always' }));
    alone.close();
    expect([answer.health, answer.notified?.told]).toEqual(['ok', []]);
    expect(answer.notified?.problems).toEqual([expect.stringMatching(why)]);
    expect(alone.logs()).toMatch(/"level":"ERROR".*chat channels could not be told/);
  });
});
