/**
 * `npm run offline`: the functions as Lambda, HTTP API and Scheduler would run them, by serverless-offline, against this
 * machine's CTyun, secrets, ledger and queues. No account, no cloud; Ctrl-C ends all of it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { quietSdk } from '../cli/terminal.ts';
import { pollerOf, type QueueHandler } from '../queue/poller.ts';
import { ALARM_TOKEN, QUEUES, SAMPLE_BIND, startServices, WEBHOOK_SECRET } from './services.ts';

const READY_MS = 60_000;
const ENDING_MS = 5_000;
const FAREWELL_MS = 1_000;

quietSdk();
const services = await startServices();
const [httpPort, lambdaPort] = [await freePort(), await freePort()];
const http = `http://127.0.0.1:${httpPort}`;
const invocations = (fn: string): string =>
  `http://127.0.0.1:${lambdaPort}/2015-03-31/functions/eip-autopilot-dev-${fn}/invocations`;

const queues = Object.fromEntries(QUEUES.map(([name]) => [name, services.queues.queueUrl(name)]));
const EMBEDDED = JSON.stringify({ environment: services.environment, queues });
const ports = ['--host', '127.0.0.1', '--httpPort', String(httpPort), '--lambdaPort', String(lambdaPort)];
const child = spawn(
  'node_modules/.bin/serverless',
  ['offline', 'start', '--stage', 'dev', '--noPrependStageInUrl', '--noSponsor', ...ports],
  // serverless-offline knows no time zones: the hour of a schedule is this process's.
  { env: { ...process.env, TZ: 'Asia/Shanghai', EMBEDDED }, stdio: ['ignore', 'inherit', 'inherit'] },
);
const ended = once(child, 'exit');
const pollers = QUEUES.map(([name, fn]) => pollerOf(services.queues.queue(name), deliverTo(fn), 1));
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);

try {
  if (await Promise.race([answering(http), ended.then(() => false)])) {
    for (const poller of pollers) poller.start();
    process.stdout.write(guide());
  } else child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  process.exitCode = ending ? 0 : (code ?? 1);
} finally {
  await Promise.race([Promise.all(pollers.map(poller => poller.stop())), pause(ENDING_MS, undefined, { ref: false })]);
  await services.close();
}

/** serverless-offline waits ten seconds for callers that keep their connections; it has nothing to save. */
function end(): void {
  ending = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS).unref();
}

/** What Lambda's pollers do: the message goes to the function, and comes again where it fails. */
function deliverTo(fn: string): QueueHandler {
  return async event => {
    const answer = await fetch(invocations(fn), { method: 'POST', body: JSON.stringify(event) });
    const body = await answer.text();
    if (!answer.ok || answer.headers.has('x-amz-function-error')) throw new Error(body);
    return JSON.parse(body || 'null');
  };
}

/** @returns whether it does within the time that it is given */
async function answering(url: string): Promise<boolean> {
  const reached = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  for (let waitedMs = 0; waitedMs < READY_MS; waitedMs += 200) {
    if (await reached()) return true;
    await pause(200);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

function guide(): string {
  const [, send = ''] = /```sh\n([\s\S]*?)```/.exec(readFileSync('shared/edge/README.md', 'utf8')) ?? [];
  return `
HTTP API   ${http}
           POST /bind, POST /unbind, GET /requests/{id}, POST /alarm/${ALARM_TOKEN}, POST /chat/{provider}
Lambda     ${invocations('{function}')}
CTyun      ${services.simulator} (simulated)

From another terminal, in this folder. One signed webhook:

export URL=${http} SECRET=${WEBHOOK_SECRET}
export BODY='${JSON.stringify(SAMPLE_BIND)}'
${send}
A schedule, now; its targets go to the queue, and their reports are lines here:

curl -sS ${invocations('auto-renew')} -d @events/auto-renew.schedule.json

Schedules fire at their times, in Beijing. Ctrl-C ends it.
`;
}
