/** One execution environment of Lambda: a process with AWS's runtime client and one bundle, and nothing else. */
import { spawn } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Invoked, type RuntimeApi, startRuntimeApi, type Thrown } from './runtime-api.ts';

const CLIENT = resolve('test/lambda-runtime/node_modules/aws-lambda-ric/index.mjs');

export type Lambda = {
  readonly pid: number;
  /** Resolves at the first question for an event. */
  readonly ready: Promise<void>;
  readonly initFailed: Promise<Thrown>;
  /** Resolves with the exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** At the deadline the process is killed, as Lambda does. */
  readonly invoke: (event: unknown, timeoutMs?: number) => Promise<Invoked>;
  /** Invokes and reads the answer; throws where there is none. */
  readonly answer: <T = Record<string, unknown>>(event: unknown) => Promise<T>;
  /** What Lambda does to a process between invocations. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** All lines of the log, in order: Lambda sends both outputs of a process to one log stream. */
  readonly lines: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** The Node of Lambda's `nodejs24.x`; run.ts finds it. */
const node24 = (): string => process.env.NODE24 ?? process.execPath;

/** @param environment of the function, as its configuration sets it; Lambda's own variables are added */
export async function startLambda(
  fn: string,
  environment: Readonly<Record<string, string>>,
  { handler = 'index.handler' } = {},
): Promise<Lambda> {
  const api = await startRuntimeApi();
  // Away from this repository's node_modules: a bundle has what is in it.
  const root = mkdtempSync(join(tmpdir(), 'var-task-'));
  cpSync(join('dist', fn), root, { recursive: true });
  const file = join(root, 'log');
  const output = openSync(file, 'a');
  const child = spawn(node24(), [CLIENT], {
    cwd: root,
    env: { ...ofLambda(fn, api, root, handler), ...environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const log = (): string => readFileSync(file, 'utf8');
  const ended = new Promise<number | null>(done => child.once('close', done));
  const invoke = async (event: unknown, timeoutMs = 60_000): Promise<Invoked> => {
    const gone = ended.then(code => {
      throw new Error(`the process ended with ${code} instead of answering: ${log()}`);
    });
    // Lambda's clock starts when init is over.
    await Promise.race([api.ready, gone]);
    const invoked = await Promise.race([api.invoke(event, timeoutMs), gone]);
    gone.catch(() => undefined);
    if (invoked.kind !== 'timed-out') return invoked;
    child.kill('SIGKILL');
    await ended;
    return invoked;
  };
  return {
    pid: child.pid!,
    ready: api.ready,
    initFailed: api.initFailed,
    ended,
    invoke,
    answer: async <T>(event: unknown) => {
      const invoked = await invoke(event);
      if (invoked.kind !== 'response') throw new Error(`no answer: ${JSON.stringify(invoked)}\n${log()}`);
      return JSON.parse(invoked.body) as T;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    lines: () =>
      log()
        .split('\n')
        .filter(line => line !== ''),
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      await api.close();
      rmSync(root, { recursive: true });
    },
  };
}

const ofLambda = (fn: string, api: RuntimeApi, root: string, handler: string): Record<string, string> => ({
  AWS_LAMBDA_RUNTIME_API: api.address,
  _HANDLER: handler,
  LAMBDA_TASK_ROOT: root,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: `eip-autopilot-test-${fn}`,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/eip-autopilot-test-${fn}`,
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_REGION: 'ap-southeast-1',
  AWS_DEFAULT_REGION: 'ap-southeast-1',
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
});
