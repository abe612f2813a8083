import { type ChildProcess, spawn } from 'node:child_process';

/** What a handler answered or threw. */
export type Result = {
  readonly answer?: Record<string, unknown>;
  readonly threw?: string;
  readonly message?: string;
  readonly report?: Record<string, unknown>;
};

export type Bundled = {
  /** One invocation. @param leftMs of Lambda's time, as it counts down */
  readonly invoke: (event: unknown, leftMs?: number) => Promise<Result>;
  /** All that it wrote. */
  readonly logs: () => string;
  readonly close: () => void;
};

/** A process with nothing in it but Node and the bundle, which takes one event after the other, as a warm Lambda does. */
const BARE = `
  const { handler } = await import(process.cwd() + '/dist/' + process.env.FUNCTION + '/index.mjs');
  process.on('message', async ({ id, event, leftMs }) => {
    const until = Date.now() + leftMs;
    const context = { awsRequestId: 'request-' + process.pid + '-' + id, functionName: process.env.FUNCTION,
      getRemainingTimeInMillis: () => until - Date.now() };
    try { process.send({ id, answer: await handler(event, context) }); }
    catch (error) { process.send({ id, threw: error.name, message: error.message, report: error.report }); }
  });
  process.send({ ready: true });
`;

type Said = Result & { readonly id?: number; readonly ready?: true };

/** Starts a function's bundle with an environment and nothing else. */
export async function startBundle(name: string, environment: Record<string, string>): Promise<Bundled> {
  const own = {
    PATH: process.env.PATH ?? '',
    FUNCTION: name,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', BARE], {
    env: { ...own, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let logs = '';
  child.stdout?.on('data', chunk => (logs += chunk));
  child.stderr?.on('data', chunk => (logs += chunk));
  const waiting = new Map<number, (said: Said) => void>();
  let ids = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(logs)));
    child.on('message', (said: Said) => (said.ready ? resolve() : waiting.get(said.id ?? -1)?.(said)));
  });
  const invoke = (event: unknown, leftMs = 120_000): Promise<Result> =>
    new Promise(resolve => {
      const id = ++ids;
      waiting.set(id, ({ id: _, ...result }) => resolve(result));
      child.send({ id, event, leftMs });
    });
  return { invoke, logs: () => logs, close: () => void child.kill() };
}
