/**
 * Milliseconds from the start of a process until chat-ops has acknowledged a fresh, signed command, for each provider,
 * against what the provider allows. Every measurement is a new process: import, settings, secrets, ledger and queue are
 * part of it. Run after `npm run build`: `npm run bench:cold-start` does, after its own table.
 */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import type { ChatName } from '../local/chat/outbound-checks.ts';
import type { Sent } from '../local/chat/sent.ts';
import { startChat } from '../local/chat/server.ts';
import { ledgerEnvironment, startLedger } from '../local/ledger/server.ts';
import { startQueues } from '../local/queue/server.ts';
import { SAMPLE_KEY } from '../local/sample.ts';
import { startSecretsManager } from '../local/secrets/server.ts';
import { CHATS, idOf, people, ROBOTS, secretsOf, tenantOf } from '../local/tour/chat-people.ts';

const ROUNDS = 15;
const AWS = { accessKeyId: 'AKIABENCH', secretAccessKey: 'bench' };
/** What each provider waits for its first answer, in milliseconds. */
const LIMITS: Readonly<Record<ChatName, number>> = { slack: 3000, feishu: 3000, dingtalk: 3000, wecom: 5000 };

/** From before the import until the acknowledgement; `started` is when the parent began, so that Node's own start counts. */
const MEASURE = `
  const { BUNDLE, EVENT, STARTED } = process.env;
  const began = performance.now();
  const { handler } = await import(BUNDLE);
  const answer = await handler(JSON.parse(EVENT), { getRemainingTimeInMillis: () => 60000 });
  const inside = performance.now() - began;
  process.stderr.write('ACK ' + answer.statusCode + ' ' + inside + ' ' + (Date.now() - Number(STARTED)));
  process.exit(0);
`;

type Sample = { readonly inside: number; readonly whole: number };

const eventOf = (chat: ChatName, { method, headers, query, body }: Sent) => ({
  version: '2.0',
  rawPath: `/chat/${chat}`,
  rawQueryString: new URLSearchParams(query).toString(),
  headers,
  requestContext: { http: { method } },
  body: body.toString('base64'),
  isBase64Encoded: true,
});

async function measure(event: unknown, environment: Readonly<Record<string, string>>): Promise<Sample> {
  const STARTED = String(Date.now());
  const child = spawn(process.execPath, ['--input-type=module', '-e', MEASURE], {
    env: { ...environment, BUNDLE: resolve('dist/chat-ops/index.mjs'), EVENT: JSON.stringify(event), STARTED },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of child.stderr) said += chunk;
  const [, status, inside, whole] = /ACK (\d+) (\S+) (\S+)/.exec(said) ?? [];
  if (status !== '200') throw new Error(`chat-ops did not acknowledge: ${said}`);
  return { inside: Number(inside), whole: Number(whole) };
}

const [chat, ledger, queues] = await Promise.all([
  startChat(ROBOTS),
  startLedger(),
  startQueues(AWS, [{ name: 'chat', visibilitySeconds: 60, deadLetter: null }]),
]);
const secrets = await startSecretsManager(AWS, {
  'ctyun/main': JSON.stringify(SAMPLE_KEY),
  ...Object.fromEntries(
    Object.entries(secretsOf(chat)).map(([name, secret]) => [`ctyun/chat/${name}`, JSON.stringify(secret)]),
  ),
});
const channels = CHATS.map(provider => ({
  ...{ provider, tenants: [tenantOf(provider)], answerOrigins: [chat.url] },
  roles: { viewers: [idOf(provider, 'li-na')] },
}));
const environment = {
  ...{ AWS_REGION: 'local', AWS_ACCESS_KEY_ID: AWS.accessKeyId, AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey },
  ...{ AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url, AWS_ENDPOINT_URL_SQS: queues.url },
  ...ledgerEnvironment(ledger.url),
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CHAT_SETTINGS: JSON.stringify({ targets: [{ account: 'main', regions: ['*'] }], chat: { channels } }),
  WORK_QUEUE_URL: queues.queueUrl('chat'),
};

const { writes } = people(chat);
const samples = new Map<ChatName, Sample[]>(CHATS.map(name => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const name of CHATS)
    samples.get(name)?.push(await measure(eventOf(name, writes(name, 'li-na', 'status')), environment));
}
const handedOn = queues.queue('chat').all.length;
if (handedOn !== ROUNDS * CHATS.length) throw new Error(`${handedOn} of ${ROUNDS * CHATS.length} reached the queue`);

const at = (values: readonly number[], share: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);
console.log(
  `chat-ops cold: a signed command until its ack. Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, ${ROUNDS} processes each, in ms`,
);
console.table(
  [...samples].map(([provider, taken]) => {
    const whole = taken.map(sample => sample.whole);
    return {
      provider,
      'import + ack (median)': at(
        taken.map(({ inside }) => inside),
        0.5,
      ),
      'with the start of Node (median)': at(whole, 0.5),
      worst: Math.max(...whole),
      'the provider waits': LIMITS[provider],
    };
  }),
);
const late = [...samples].filter(([name, taken]) => taken.some(({ whole }) => whole > LIMITS[name]));
await Promise.all([chat.close(), ledger.close(), queues.close(), secrets.close()]);
process.exitCode = late.length === 0 ? 0 : 1;
