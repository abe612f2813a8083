/** Lambda's Runtime API (2018-06-01) for one process: what AWS's own client of it, aws-lambda-ric, talks to. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Thrown = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

/** What came of an invocation. `body` is the answer's text, as a service of AWS would get it. */
export type Invoked =
  | { readonly kind: 'response'; readonly body: string }
  | { readonly kind: 'error'; readonly error: Thrown }
  | { readonly kind: 'timed-out' };

export type RuntimeApi = {
  /** Host and port, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Resolves when the process asks for its first event: its init is over. */
  readonly ready: Promise<void>;
  /** Resolves when the process says that it could not start. */
  readonly initFailed: Promise<Thrown>;
  /** Hands an event over and waits for the answer until the deadline, not a moment longer. */
  readonly invoke: (event: unknown, timeoutMs: number) => Promise<Invoked>;
  readonly close: () => Promise<void>;
};

const ROOT = '/2018-06-01/runtime';
const ARN = 'arn:aws:lambda:ap-southeast-1:000000000000:function:eip-autopilot';

type Waiting = { readonly id: string; readonly headers: Record<string, string>; readonly body: string };

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const ready = later<void>();
  const initFailed = later<Thrown>();
  const events: Waiting[] = [];
  const open = new Map<string, (invoked: Invoked) => void>();
  let asking: ServerResponse | undefined;

  const handOver = (): void => {
    const event = asking && events.shift();
    if (!event) return;
    asking?.writeHead(200, { 'content-type': 'application/json', ...event.headers }).end(event.body);
    asking = undefined;
  };
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const path = (request.url ?? '').slice(ROOT.length);
    const [, id = '', what = ''] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (request.method === 'GET' && path === '/invocation/next') {
      asking = response;
      ready.resolve();
      return handOver();
    }
    if (path === '/init/error') initFailed.resolve(JSON.parse(body) as Thrown);
    else if (!open.has(id)) return void response.writeHead(400).end('{"errorType":"InvalidRequestID"}');
    else open.get(id)?.(what === 'error' ? { kind: 'error', error: JSON.parse(body) } : { kind: 'response', body });
    response.writeHead(202).end('{"status":"OK"}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: ready.promise,
    initFailed: initFailed.promise,
    invoke: async (event, timeoutMs) => {
      const id = randomUUID();
      const answered = later<Invoked>();
      open.set(id, answered.resolve);
      const timer = setTimeout(() => answered.resolve({ kind: 'timed-out' }), timeoutMs);
      events.push({ id, headers: headersOf(id, Date.now() + timeoutMs), body: JSON.stringify(event) });
      handOver();
      const invoked = await answered.promise;
      clearTimeout(timer);
      open.delete(id);
      return invoked;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

const headersOf = (id: string, deadline: number): Record<string, string> => ({
  'Lambda-Runtime-Aws-Request-Id': id,
  'Lambda-Runtime-Deadline-Ms': String(deadline),
  'Lambda-Runtime-Invoked-Function-Arn': ARN,
  'Lambda-Runtime-Trace-Id': `Root=1-67891233-${id.replaceAll('-', '').slice(0, 24)};Parent=53995c3f42cd8ad8;Sampled=0`,
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A promise that is settled from outside; Node 20 has none of its own. */
function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>(done => {
    resolve = done;
  });
  return { promise, resolve };
}
