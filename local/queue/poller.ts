import { setTimeout as pause } from 'node:timers/promises';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { attributesOf } from './operations.ts';
import type { Queue, StoredMessage } from './store.ts';

export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse | null | undefined>;

/** Lambda's event source mapping: feeds a function from a queue. */
export type Poller = {
  /** One batch; false if there was nothing to receive. A failure of the handler is kept, not thrown. */
  readonly once: () => Promise<boolean>;
  /** Batches until nothing can be received. */
  readonly drain: () => Promise<void>;
  /** What handlers threw, in order. */
  readonly errors: readonly unknown[];
  /** Goes on by itself until it is stopped; `stop` waits for the batch that runs. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const IDLE_MS = 25;

/**
 * Invokes `handler` with batches of a queue. What it names in `batchItemFailures` stays and comes again when its
 * visibility ends; the rest is deleted. If it throws, or names what it was not given, the whole batch comes again.
 */
export function pollerOf(queue: Queue, handler: QueueHandler, batchSize = 10): Poller {
  const errors: unknown[] = [];
  let running: Promise<void> | null = null;
  let stopped = false;
  const once = async (): Promise<boolean> => {
    const messages = queue.receive(batchSize);
    if (messages.length === 0) return false;
    const receipts = new Map(messages.map(({ id, receipt }) => [id, receipt ?? '']));
    try {
      const response = await handler({ Records: messages.map(message => recordOf(message, queue.settings.name)) });
      for (const id of done([...receipts.keys()], response)) queue.delete(receipts.get(id) ?? '');
    } catch (error) {
      errors.push(error);
    }
    return true;
  };
  const loop = async (): Promise<void> => {
    while (!stopped) if (!(await once())) await pause(IDLE_MS);
  };
  return {
    once,
    drain: async () => {
      while (await once());
    },
    errors,
    start: () => {
      running ??= loop();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** The messages that are finished: all but the named ones; none if a name is empty or unknown. */
function done(ids: readonly string[], response: Awaited<ReturnType<QueueHandler>>): readonly string[] {
  const failed = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every(id => ids.includes(id)) ? ids.filter(id => !failed.includes(id)) : [];
}

function recordOf(message: StoredMessage, name: string): SQSRecord {
  return {
    messageId: message.id,
    receiptHandle: message.receipt ?? '',
    body: message.body,
    attributes: attributesOf(message),
    messageAttributes: {},
    md5OfBody: message.md5,
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${name}`,
    awsRegion: 'local',
  };
}
