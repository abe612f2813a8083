/** Starts the cloud and the runs of the sweep, each in a process of its own, and measures them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export type Cloud = {
  readonly ctyun: string;
  readonly secrets: string;
  readonly aws: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly key: { readonly accessKey: string; readonly secretKey: string };
  readonly process: ChildProcess;
};

export type Size = { readonly eips: number; readonly regions: number; readonly latency: number; readonly rate: number };

export type Measured = {
  /** Of the invocation, first of its process: with the fetch of the secret, without the start of Node and the import. */
  readonly wallMs: number;
  /** User and system, of the whole process. */
  readonly cpuMs: number;
  /** The most that the process had in memory at once, as the kernel counts. */
  readonly peakMb: number;
  readonly calls: number;
  readonly throttled: number;
  readonly seen: number;
  readonly act: number;
};

/** @returns the cloud, once it listens */
export async function startCloud({ eips, regions, latency, rate }: Size): Promise<Cloud> {
  const given = { eips, regions, latency, rate };
  const args = Object.entries(given).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'bench/sweep-cloud.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { ...(JSON.parse(line) as Omit<Cloud, 'process'>), process: child };
  }
  throw new Error('the cloud did not start');
}

export async function stopCloud({ process: child }: Cloud): Promise<void> {
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill();
  await ended;
}

/** Nothing in it but Node and the file under test. */
const CHILD = `
  const { FILE, EVENT } = process.env;
  const { handler } = await import(FILE);
  const began = performance.now();
  const context = { functionName: 'sweep', getRemainingTimeInMillis: () => 900000 };
  const { totals, targets = [] } = await handler(JSON.parse(EVENT), context);
  const wallMs = performance.now() - began;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const problem = targets.find(target => target.problem)?.problem.message;
  const { seen, act } = totals;
  const said = { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024, seen, act, problem };
  process.stderr.write('MEASURED ' + JSON.stringify(said));
  process.exit(0);
`;

/** Runs one file's handler once in a fresh process. @throws Error where it fails or misses an EIP */
export async function measure(file: string, event: unknown, cloud: Cloud, size: Size): Promise<Measured> {
  await fetch(`${cloud.ctyun}/_sim/calls`, { method: 'DELETE' });
  const child = spawn(process.execPath, [...nodeOptions(), '--input-type=module', '-e', CHILD], {
    env: { ...environmentOf(cloud), FILE: file, EVENT: JSON.stringify(event) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of child.stderr) said += chunk;
  const [, text] = said.split('MEASURED ');
  if (!text) throw new Error(`${file} did not answer: ${said.slice(0, 2000)}`);
  const result = JSON.parse(text) as Measured & { problem?: string };
  if (result.problem !== undefined || result.seen !== size.eips)
    throw new Error(`${file} saw ${result.seen} of ${size.eips} EIPs: ${result.problem}`);
  const calls = (await (await fetch(`${cloud.ctyun}/_sim/calls`)).json()) as { fault?: string }[];
  return { ...result, calls: calls.length, throttled: calls.filter(({ fault }) => fault === 'throttle').length };
}

/** What `SWEEP_NODE_OPTIONS` adds for the measured process, for instance `--cpu-prof`. */
const nodeOptions = (): string[] => process.env.SWEEP_NODE_OPTIONS?.split(' ').filter(Boolean) ?? [];

const environmentOf = ({ ctyun, secrets, aws, key }: Cloud): Record<string, string> => ({
  CTYUN_ENDPOINT: ctyun,
  CTYUN_AK: key.accessKey,
  CTYUN_SK: key.secretKey,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: aws.accessKeyId,
  AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

/** What a schedule asks in the sample event, of every region and as a plan. */
function sampleAsk(file: string): unknown {
  const { notify: _, slot: __, ...ask } = JSON.parse(readFileSync(`events/${file}`, 'utf8')) as Record<string, unknown>;
  return { ...ask, mode: 'plan', targets: [{ account: 'main', regions: ['*'] }] };
}

export const renewAsk = (): unknown => sampleAsk('auto-renew.schedule.json');
export const scaleAsk = (): unknown => sampleAsk('scale-bandwidth.schedule.json');
