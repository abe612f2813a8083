import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { pollerOf, type QueueHandler } from '../../../local/queue/poller.ts';
import { Queue } from '../../../local/queue/store.ts';

function stand(handler: QueueHandler, batchSize?: number) {
  const clock = {
    ms: 1_000_000,
    wait: (seconds: number) => {
      clock.ms += seconds * 1000;
    },
  };
  const now = () => clock.ms;
  const dead = new Queue({ name: 'dead', visibilitySeconds: 30, deadLetter: null }, now, () => undefined);
  const settings = { name: 'work', visibilitySeconds: 30, deadLetter: { queue: 'dead', maxReceives: 3 } };
  const queue = new Queue(settings, now, name => (name === 'dead' ? dead : undefined));
  const events: SQSEvent[] = [];
  const poller = pollerOf(
    queue,
    event => {
      events.push(event);
      return handler(event);
    },
    batchSize,
  );
  return { queue, dead, events, poller, wait: clock.wait };
}
const bodies = (events: readonly SQSEvent[]) => events.map(({ Records }) => Records.map(({ body }) => body));

describe('the poller', () => {
  it("gives Lambda's event", async () => {
    const { queue, events, poller } = stand(async () => undefined);
    queue.send('{"名":1}');
    await poller.once();
    expect(events[0]!.Records[0]).toMatchObject({
      body: '{"名":1}',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:local:000000000000:work',
      attributes: { ApproximateReceiveCount: '1' },
    });
  });
  it.each<[string, QueueHandler]>([
    ['nothing', async () => undefined],
    ['null', async () => null],
    ['no failures', async () => ({ batchItemFailures: [] })],
  ])('deletes all when the handler answers %s', async (_sentence, handler) => {
    const { queue, poller } = stand(handler);
    for (const body of ['a', 'b', 'c']) queue.send(body);
    await poller.drain();
    expect(queue.all).toEqual([]);
    expect(poller.errors).toEqual([]);
  });
  it('keeps what failed, and brings it again', async () => {
    const { queue, events, poller, wait } = stand(async ({ Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body === 'b').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    for (const body of ['a', 'b', 'c']) queue.send(body);
    await poller.drain();
    wait(30);
    await poller.drain();
    expect(bodies(events)).toEqual([['a', 'b', 'c'], ['b']]);
  });
  it('buries what failed three times', async () => {
    const { queue, dead, poller, wait } = stand(async () => {
      throw new Error('no');
    });
    queue.send('a');
    for (let round = 0; round < 5; round += 1) {
      await poller.drain();
      wait(30);
    }
    expect(poller.errors).toHaveLength(3);
    expect(queue.all).toEqual([]);
    expect(dead.all).toMatchObject([{ body: 'a', receives: 3 }]);
  });
  it.each(['', 'unknown'])('takes the whole batch as failed when the handler names "%s"', async itemIdentifier => {
    const { queue, poller } = stand(async () => ({ batchItemFailures: [{ itemIdentifier }] }));
    for (const body of ['a', 'b']) queue.send(body);
    await poller.drain();
    expect(queue.all).toHaveLength(2);
  });
  it('gives no more than a batch', async () => {
    const { queue, events, poller } = stand(async () => undefined, 2);
    for (const body of ['a', 'b', 'c']) queue.send(body);
    await poller.drain();
    expect(bodies(events)).toEqual([['a', 'b'], ['c']]);
  });
  it('goes on by itself, and when it is stopped finishes what runs', async () => {
    let finished = 0;
    const { queue, poller } = stand(async () => {
      await new Promise(resolve => setTimeout(resolve, 50));
      finished += 1;
      return null;
    });
    poller.start();
    queue.send('a');
    await expect.poll(() => queue.all[0]?.receives).toBe(1);
    await poller.stop();
    expect(finished).toBe(1);
    expect(queue.all).toEqual([]);
  });
  it('says when there is nothing', async () => {
    expect(await stand(async () => undefined).poller.once()).toBe(false);
  });
});
