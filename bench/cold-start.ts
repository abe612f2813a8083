/**
 * Import plus first invocation of every bundle against a handler without dependencies (without-dependencies.mjs), in one
 * run, each in a fresh process, in turns. `npm run bench:cold-start` builds first. On another Node:
 * `npx -y -p node@24.21.0 -- node node_modules/tsx/dist/cli.mjs bench/cold-start.ts`; names of functions may follow.
 *
 * Nothing fails here: on a busy machine times say little.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { ledgerEnvironment, startLedger } from '../local/ledger/server.ts';
import { SAMPLE_KEY } from '../local/sample.ts';
import { startSecretsManager } from '../local/secrets/server.ts';
import { startSimulator } from '../local/simulator/server.ts';

const ROUNDS = 15;
const AWS = { accessKeyId: 'AKIABENCH', secretAccessKey: 'bench' };
const REGION = '81f7728662dd11ec810800155d307d5b';

/** Prints the milliseconds from before the import until the first answer. */
const MEASURE = `
  const { BUNDLE, EVENT } = process.env;
  const began = performance.now();
  const { handler } = await import(BUNDLE);
  const imported = performance.now();
  await handler(JSON.parse(EVENT), { getRemainingTimeInMillis: () => 60000 }).catch(error => {
    // A sample that is too old by now is refused, which is an answer; a bundle that cannot start is not.
    if (!/Rejected|RunFailed|ConfigError/.test(error.name)) throw error;
  });
  const answered = performance.now();
  process.stderr.write('MS ' + (imported - began) + ' ' + (answered - began));
  process.exit(0);
`;

type Sample = { imported: number; answered: number };

async function measure(bundle: string, environment: Record<string, string>): Promise<Sample> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', MEASURE], {
    env: {
      ...environment,
      BUNDLE: bundle,
      EVENT: JSON.stringify(EVENTS[basename(dirname(bundle))] ?? EVENTS['auto-renew']),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of child.stderr) said += chunk;
  const match = /MS (\S+) (\S+)/.exec(said);
  if (!match) throw new Error(`${bundle} did not answer: ${said}`);
  return { imported: Number(match[1]), answered: Number(match[2]) };
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const tenth = (ms: number): number => Math.round(ms * 10) / 10;

const simulator = await startSimulator({
  state: { accounts: [{ name: 'main', ...SAMPLE_KEY }], regions: [{ regionID: REGION, regionName: 'bench' }] },
});
const secrets = await startSecretsManager(AWS, { 'ctyun/main': JSON.stringify(SAMPLE_KEY) });
const targets = [{ account: 'main', regions: [REGION] }];
const sample = (file: string): unknown => JSON.parse(readFileSync(`events/${file}`, 'utf8'));
/** What each function is first asked: a schedule's plan of one region, or a call that it must answer. */
const EVENTS: Readonly<Record<string, unknown>> = {
  'auto-renew': { targets, renew: { withinDays: 7, cycle: { type: 'month', count: 1 } } },
  'scale-bandwidth': { ...(sample('scale-bandwidth.schedule.json') as object), mode: 'plan', targets },
  'release-orphans': { targets, orphans: {} },
  'settle-orders': { targets },
  'bind-on-webhook': sample('bind-on-webhook.bind.json'),
  'chat-ops': sample('chat-ops.slack-command.json'),
};
const environment = {
  CTYUN_ENDPOINT: simulator.url,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  CHAT_SETTINGS: readFileSync('events/chat-ops.settings.json', 'utf8'),
  BIND_TARGETS: '[]',
  WORK_QUEUE_URL: 'http://127.0.0.1:9/queue',
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: AWS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** A file of its own with this text. */
function written(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'index.mjs');
  writeFileSync(file, text);
  return file;
}

const BARE = 'a handler without dependencies';
const bare = readFileSync('bench/without-dependencies.mjs', 'utf8');
const asUsual = bare.replace("const http = process.getBuiltinModule('node:http');", "import http from 'node:http';");
/** As most people would write it: `fetch` loads more of Node than all the rest. */
const byFetch = bare.replace(
  /^function post\([\s\S]*?^}\n/m,
  `async function post(url, headers, body) {
    const { host: _, ...own } = headers;
    const answer = await fetch(url, { method: 'POST', headers: own, body });
    return answer.json();
  }\n`,
);
if (asUsual === bare || byFetch === bare) throw new Error('without-dependencies.mjs is written in another way now');

type Contestant = { readonly bundle: string; readonly environment: Record<string, string> };
const of = (bundle: string, more: Record<string, string> = {}): Contestant => ({
  bundle,
  environment: { ...environment, ...more },
});
const only = process.argv.slice(2);
const ledger = await startLedger();
const contestants = new Map<string, Contestant>([
  ['an empty handler', of(written('export const handler = async () => ({});'))],
  [BARE, of(resolve('bench/without-dependencies.mjs'))],
  ['the same, with import of node:http', of(written(asUsual))],
  ['the same, with fetch', of(written(byFetch))],
  ...readdirSync('dist')
    .filter(name => only.length === 0 || only.includes(name))
    .map(name => [name, of(resolve('dist', name, 'index.mjs'))] as const),
  ['auto-renew, with its ledger', of(resolve('dist/auto-renew/index.mjs'), ledgerEnvironment(ledger.url))],
]);
const samples = new Map<string, Sample[]>([...contestants.keys()].map(name => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, { bundle, environment }] of contestants)
    samples.get(name)?.push(await measure(bundle, environment));
}

const answered = (name: string): number => median((samples.get(name) ?? []).map(({ answered }) => answered));
const base = answered(BARE);
console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, median of ${ROUNDS} cold processes, in ms`,
);
console.table(
  [...samples].map(([name, taken]) => ({
    bundle: name,
    import: tenth(median(taken.map(({ imported }) => imported))),
    'import + first invocation': tenth(answered(name)),
    '× without dependencies': tenth(answered(name) / base),
  })),
);
await Promise.all([simulator.close(), secrets.close(), ledger.close()]);
