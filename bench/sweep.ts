/**
 * `npm run bench:sweep`: plan runs of the built functions over large accounts, against the ideal and against a script in
 * the way of CTyun's documentation; about seven minutes, with `--quick` one. Every run is a process of its own, and so is
 * the cloud. On another Node: build, then `npx -y -p node@24.21.0 -- node node_modules/tsx/dist/cli.mjs bench/sweep.ts`.
 */
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { costs } from './sweep-cost.ts';
import {
  type Cloud,
  type Measured,
  measure,
  renewAsk,
  type Size,
  scaleAsk,
  startCloud,
  stopCloud,
} from './sweep-run.ts';

const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 1 : 3;
const LATENCY_MS = 50;
/** The default of `CTYUN_CONCURRENCY`. */
const CONCURRENCY = 8;
/** No limit of CTyun's is documented. The first lets 8 calls at a time through; the second is the bound itself. */
const [RATE, LOW_RATE] = [200, 100];

type Case = Size & { readonly run: 'auto-renew' | 'scale-bandwidth' };
const sizes = QUICK ? [1000, 10_000] : [1000, 10_000, 100_000];
const most = sizes.at(-1) ?? 1000;
const common = { latency: LATENCY_MS, rate: RATE, run: 'auto-renew' } as const;
const cases: readonly Case[] = [
  ...sizes.flatMap(eips => [1, 10, 30].map(regions => ({ ...common, eips, regions }))),
  { ...common, eips: most, regions: 10, rate: LOW_RATE },
  { ...common, eips: 10_000, regions: 10, run: 'scale-bandwidth' },
];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The run of the middle duration. */
async function rounds(one: Case, cloud: Cloud): Promise<Measured> {
  const event = one.run === 'auto-renew' ? renewAsk() : scaleAsk();
  const taken: Measured[] = [];
  for (let left = ROUNDS; left > 0; left--)
    taken.push(await measure(resolve('dist', one.run, 'index.mjs'), event, cloud, one));
  const middle = median(taken.map(({ wallMs }) => wallMs));
  const [run] = taken.filter(({ wallMs }) => wallMs === middle);
  if (!run) throw new Error('no round was measured');
  return { ...run, peakMb: median(taken.map(({ peakMb }) => peakMb)), cpuMs: median(taken.map(({ cpuMs }) => cpuMs)) };
}

/** Nobody can be faster: so many calls at a time, each as long as the latency; or as many a second as are let through. */
const idealMs = ({ latency, rate }: Size, { calls, throttled }: Measured): number =>
  Math.max((calls * latency) / CONCURRENCY, ((calls - throttled) / rate) * 1000);

async function documentationSample(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'sweep-')), 'sample.mjs');
  await build({
    entryPoints: ['bench/documentation-sample.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return outfile;
}

type Result = { readonly one: Case; readonly run: Measured; readonly sequential: Measured };

/** Longer than this, the sequential scripts of several sizes run at the same time: they only wait. */
const ALONE = 10_000;

/** The product is always alone on the machine. */
async function sweep(): Promise<Result[]> {
  const sample = await documentationSample();
  const clouds: Cloud[] = [];
  const taken: { one: Case; run: Measured; sequential: () => Promise<Measured> }[] = [];
  try {
    for (const one of cases) {
      const cloud = await startCloud(one);
      clouds.push(cloud);
      const run = await rounds(one, cloud);
      const sequential = (): Promise<Measured> => measure(sample, {}, cloud, one);
      const now = one.eips <= ALONE ? await sequential() : undefined;
      taken.push({ one, run, sequential: now ? async () => now : sequential });
      process.stderr.write('.');
    }
    return await Promise.all(taken.map(async each => ({ ...each, sequential: await each.sequential() })));
  } finally {
    await Promise.all(clouds.map(stopCloud));
    process.stderr.write('\n');
  }
}

function row({ one, run, sequential }: Result, base: Measured) {
  return {
    function: one.run,
    EIPs: one.eips,
    regions: one.regions,
    'calls/s let through': one.rate,
    calls: run.calls,
    throttled: run.throttled,
    'wall (s)': round(run.wallMs / 1000, 2),
    'share of the ideal': round(idealMs(one, run) / run.wallMs, 2),
    'sequential (s)': round(sequential.wallMs / 1000, 1),
    'times as fast': round(sequential.wallMs / run.wallMs, 1),
    'peak (MB)': round(run.peakMb, 0),
    'sequential peak (MB)': round(sequential.peakMb, 0),
    'memory ÷ 1,000 EIPs': round(run.peakMb / base.peakMb, 2),
    'CPU (s)': round(run.cpuMs / 1000, 2),
  };
}

const results = await sweep();
const [first] = results;
if (!first) throw new Error('nothing was measured');
console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}; ${LATENCY_MS} ms a call, ` +
    `${CONCURRENCY} calls at a time, pages of 50; median of ${ROUNDS}, each in a fresh process`,
);
console.table(results.map(result => row(result, first.run)));
console.log(costs(results.map(({ one, run }) => ({ ...one, wallMs: run.wallMs }))));
