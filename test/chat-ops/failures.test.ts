/** What the queue gives up: the person who waits is told on the last try, and learns nothing of the inside. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pollerOf } from '../../local/queue/poller.ts';
import { MOST_RECEIVES } from '../../shared/edge/chat-failure.ts';
import { packed } from '../../shared/edge/chat-work.ts';
import { type Bundled, startBundled } from './bundled.ts';
import { type Office, openOffice, PROVIDERS } from './office.ts';

const textOf = (posted: readonly { body: unknown }[]): string => JSON.stringify(posted.map(({ body }) => body));

let office: Office;
let blind: Bundled;
beforeAll(async () => {
  office = await openOffice();
  blind = await startBundled({ ...office.environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' });
});
afterAll(async () => {
  blind.close();
  await office.close();
});

/** Lets a process work that has no ledger, until the message is set aside. */
async function givenUp(): Promise<{ posted: ReturnType<Office['chat']['messages']>; dead: number }> {
  const before = [office.chat.messages().length, office.queues.queue('failed').all.length] as const;
  await pollerOf(office.queues.queue('work'), blind.work, 1).drain();
  const posted = office.chat.messages().slice(before[0]);
  return { posted, dead: office.queues.queue('failed').all.length - before[1] };
}

describe.each(PROVIDERS)('%s: a command that fails three times', provider => {
  it('is set aside, and who gave it is told so once, plainly', async () => {
    await office.deliver(provider, office.message(provider, 'viewer', 'plans'));
    const { posted, dead } = await givenUp();
    expect([posted.length, dead]).toEqual([1, 1]);
    expect(textOf(posted)).toMatch(/tried three times and given up/);
    expect(textOf(posted)).not.toMatch(/Ledger|ECONNREFUSED|127\.0\.0\.1:9|Error/);
  });
});

describe('what else is given up', () => {
  it('the last try is the one after which the queue sets a message aside', () => {
    const [, count] =
      /ChatWorkFailed\.Arn[^}]{0,40}maxReceiveCount: (\d+)/.exec(readFileSync('serverless.yml', 'utf8')) ?? [];
    expect(Number(count)).toBe(MOST_RECEIVES);
  });
  it('a plan that could not be applied is named, and nothing was ordered', async () => {
    const answer = { via: 'channel' } as const;
    const apply = packed({ kind: 'apply', hash: 'ab'.repeat(32), provider: 'feishu', who: 'feishu:tk/second', answer });
    office.queues.queue('work').send(JSON.stringify(apply));
    const { posted, dead } = await givenUp();
    expect([posted.length, dead]).toEqual([1, 1]);
    expect(textOf(posted)).toContain('Applying plan abababababababab');
    expect(office.simulator.orders()).toEqual([]);
  });
  it('kept lines and digests have nobody who waits: the log and the dead letters know them', async () => {
    const kept = packed({ kind: 'digest', channel: 'nowhere', due: new Date(0) });
    office.queues.queue('work').send(JSON.stringify(kept));
    expect(await givenUp()).toEqual({ posted: [], dead: 1 });
    expect(blind.logs()).toMatch(/"kind":"digest".*chat work is given up/);
  });
  it('where nobody can be told either, the batch still names its message', async () => {
    office.secrets.put('ctyun/chat/slack', undefined);
    const lost = await startBundled({ ...office.environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' });
    await office.deliver('slack', office.message('slack', 'viewer', 'plans'));
    await pollerOf(office.queues.queue('work'), lost.work, 1).drain();
    lost.close();
    expect(office.queues.queue('work').all).toEqual([]);
    expect(lost.logs()).toContain('nobody could be told of it');
  });
});
