import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ConfigError } from '../model/errors.ts';

/**
 * Hands work to another invocation, since a Lambda freezes once it has answered. It is done at least once, in no order.
 *
 * @param delaySeconds nobody is to start before, 0 to 900
 */
export type Enqueue = (message: unknown, delaySeconds?: number) => Promise<void>;

/** How long a queue is waited for. */
export type Patience = { readonly tries: number; readonly connectMs: number; readonly requestMs: number };

/** The invocation is about to end. */
export const LITTLE_TIME: Patience = { tries: 2, connectMs: 600, requestMs: 900 };
/** Somebody waits for our answer over HTTP: three seconds at most, of which a cold start has taken some. */
export const SOMEBODY_WAITS = LITTLE_TIME;
/** Nobody waits, and what is not handed over would be forgotten. */
export const NOBODY_WAITS: Patience = { tries: 4, connectMs: 1_500, requestMs: 4_000 };

/**
 * Sends to an SQS queue as JSON; the SDK's standard variables (`AWS_REGION`, `AWS_ENDPOINT_URL_SQS`) apply.
 *
 * @param setting the name of the setting that holds the URL
 * @throws ConfigError at the first message where no queue is named
 */
export function sqsQueue(url: string | undefined, setting: string, patience: Patience): Enqueue {
  const connect = sqsClient(patience);
  return async (message, delaySeconds) => {
    if (!url) throw new ConfigError([`${setting} is not set`], 'Set it to the URL of the SQS queue.');
    const delay = delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds };
    await connect().send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message), ...delay }));
  };
}

function sqsClient({ tries, connectMs, requestMs }: Patience): () => SQSClient {
  let client: SQSClient | undefined;
  const requestHandler = { connectionTimeout: connectMs, requestTimeout: requestMs };
  return () => (client ??= new SQSClient({ maxAttempts: tries, requestHandler }));
}

/** A call takes ten messages, and one mebibyte of them all; their JSON is escaped on its way. */
const MOST_MESSAGES = 10;
const MOST_BYTES = 1_000_000;
const TRIES = 3;

/** Sends many messages. @throws Error where some were not taken; others may have been */
export type EnqueueAll = (messages: readonly unknown[]) => Promise<void>;

/** As `sqsQueue`, ten messages a call. */
export function sqsBatches(url: string, patience: Patience): EnqueueAll {
  const connect = sqsClient(patience);
  return async messages => {
    for (const bodies of batches(messages.map(message => JSON.stringify(message)))) {
      let left = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      for (let tries = 1; left.length > 0; tries++) {
        const { Failed = [] } = await connect().send(new SendMessageBatchCommand({ QueueUrl: url, Entries: left }));
        const ids = new Set(Failed.map(({ Id }) => Id));
        left = left.filter(({ Id }) => ids.has(Id));
        if (left.length > 0 && tries >= TRIES)
          throw new Error(`${left.length} messages were not taken: ${Failed[0]?.Code ?? 'no code'}`);
      }
    }
  };
}

function batches(bodies: readonly string[]): string[][] {
  const all: string[][] = [];
  let bytes = 0;
  for (const body of bodies) {
    const more = Buffer.byteLength(body);
    const last = all.at(-1);
    if (!last || last.length >= MOST_MESSAGES || bytes + more > MOST_BYTES) {
      all.push([body]);
      bytes = more;
    } else {
      last.push(body);
      bytes += more;
    }
  }
  return all;
}
