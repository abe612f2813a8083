import { type ChildProcess, spawn } from 'node:child_process';
import type { SQSEvent } from 'aws-lambda';

/** A process with nothing in it but Node and the bundle: takes events, says what the handler answers. */
const bare = (name: string): string => `
  const { handler } = await import(process.cwd() + '/dist/${name}/index.mjs');
  const context = { awsRequestId: '1', functionName: '${name}', getRemainingTimeInMillis: () => 120000 };
  process.on('message', async ({ id, event }) => {
    try { process.send({ id, answer: await handler(event, context) }); }
    catch (error) { process.send({ id, threw: String(error?.name), message: String(error?.message) }); }
  });
  process.send({ ready: true });
`;

type Answer = {
  readonly id?: number;
  readonly ready?: true;
  readonly answer?: unknown;
  readonly threw?: string;
  readonly message?: string;
};

export type Bundled = {
  readonly invoke: <T = { statusCode: number; body: string }>(event: unknown) => Promise<T>;
  readonly work: (event: SQSEvent) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
  /** All that it wrote. */
  readonly logs: () => string;
  readonly close: () => void;
};

/** Starts a bundled handler with an environment and nothing else. */
export async function startBundled(environment: Record<string, string>, name = 'chat-ops'): Promise<Bundled> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', bare(name)], {
    env: { PATH: process.env.PATH ?? '', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let logs = '';
  child.stdout?.on('data', chunk => (logs += chunk));
  child.stderr?.on('data', chunk => (logs += chunk));
  const waiting = new Map<number, (answer: Answer) => void>();
  let ids = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(logs)));
    child.on('message', (answer: Answer) => (answer.ready ? resolve() : waiting.get(answer.id ?? -1)?.(answer)));
  });
  const invoke = async <T>(event: unknown): Promise<T> => {
    const id = ++ids;
    const { answer, threw, message } = await new Promise<Answer>(resolve => {
      waiting.set(id, resolve);
      child.send({ id, event });
    });
    if (threw) throw new Error(`${threw}: ${message}\n${logs}`);
    return answer as T;
  };
  return { invoke, work: event => invoke(event), logs: () => logs, close: () => void child.kill() };
}
