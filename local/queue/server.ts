import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type AwsKey, sigV4Problem } from '../secrets/sigv4.ts';
import { OPERATIONS, type SqsAnswer } from './operations.ts';
import { Queue, type QueueSettings } from './store.ts';

/**
 * SQS for one machine, in the AWS JSON 1.0 protocol: signed requests only, standard queues, nothing stored on disk.
 * Not here: FIFO queues, message attributes, creating and listing queues.
 */
export type QueueStandIn = {
  readonly url: string;
  /** @throws RangeError for a queue that was not set up */
  readonly queue: (name: string) => Queue;
  readonly queueUrl: (name: string) => string;
  /** Answers the next `times` requests with an error of the service's, for instance `InternalFailure`. */
  readonly fail: (error: string, times: number) => void;
  /** Moves the queues' clock, in seconds. */
  readonly advance: (seconds: number) => void;
  readonly close: () => Promise<void>;
};

const ACCOUNT = '000000000000';
/** How often a long poll looks. */
const LOOK_MS = 20;

export async function startQueues(key: AwsKey, settings: readonly QueueSettings[]): Promise<QueueStandIn> {
  let aheadMs = 0;
  const failures: string[] = [];
  const queues = new Map<string, Queue>();
  for (const each of settings) {
    queues.set(
      each.name,
      new Queue(
        each,
        () => Date.now() + aheadMs,
        name => queues.get(name),
      ),
    );
  }
  const server = createServer((request, response) => {
    answer(request, key, queues, failures).then(
      result => reply(response, result),
      () => response.destroy(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    queue: name => {
      const queue = queues.get(name);
      if (queue === undefined) throw new RangeError(`no queue "${name}"`);
      return queue;
    },
    queueUrl: name => `${url}/${ACCOUNT}/${name}`,
    fail: (error, times) => void failures.push(...Array<string>(times).fill(error)),
    advance: seconds => {
      aheadMs += seconds * 1000;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function answer(
  request: IncomingMessage,
  key: AwsKey,
  queues: ReadonlyMap<string, Queue>,
  failures: string[],
): Promise<SqsAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const wrong = sigV4Problem(request, body, key, new Date()) ?? failures.shift();
  if (wrong) return { error: wrong, message: wrong };
  const operation = OPERATIONS.get(String(request.headers['x-amz-target']));
  if (operation === undefined)
    return { error: 'UnsupportedOperation', message: 'this operation is not simulated here' };
  const input = JSON.parse(body.toString()) as Record<string, unknown>;
  const queue = queues.get(
    String(input.QueueUrl ?? '')
      .split('/')
      .at(-1) ?? '',
  );
  if (queue === undefined) return { error: 'QueueDoesNotExist', message: 'The specified queue does not exist.' };
  return patient(() => operation(queue, input), Number(input.WaitTimeSeconds ?? 0), request);
}

/** A long poll: looks again until there is something, the time is over or the caller has gone. */
async function patient(act: () => SqsAnswer, waitSeconds: number, { socket }: IncomingMessage): Promise<SqsAnswer> {
  const until = Date.now() + Math.min(waitSeconds, 20) * 1000;
  for (;;) {
    const result = act();
    const empty = 'value' in result && !Object.hasOwn(result.value as object, 'Messages');
    if (waitSeconds <= 0 || !empty || Date.now() >= until || socket.destroyed) return result;
    await pause(LOOK_MS);
  }
}

function reply(response: ServerResponse, result: SqsAnswer): void {
  const type = { 'content-type': 'application/x-amz-json-1.0' };
  if ('value' in result) return void response.writeHead(200, type).end(JSON.stringify(result.value));
  const { error, message } = result;
  const status = error.startsWith('Internal') ? 500 : 400;
  response.writeHead(status, type).end(JSON.stringify({ __type: `com.amazonaws.sqs#${error}`, message }));
}
