/**
 * Signatures per second of `signedHeaders`, of the same four HMACs without a kept key, and of `aws4`, the usual signer
 * for AWS (also an HMAC chain, but over canonical headers). Rounds are interleaved; the median of each is printed.
 */
import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { canonicalQuery, eopDate, signedHeaders } from '../shared/ctyun/signature.ts';

const ROUNDS = 25;
const ROUND_MS = 40;
const BATCH = 50;

/** The part of `aws4` that is used here; it has no types of its own. */
type Aws4 = {
  sign(
    request: {
      readonly [option: string]: unknown;
      readonly headers: Record<string, string>;
      readonly body: string;
    },
    credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ): { readonly headers: Record<string, string> };
};
const aws4 = createRequire(import.meta.url)('aws4') as Aws4;

const credentials = { accessKey: 'a'.repeat(32), secretKey: 'b'.repeat(32) };
const awsCredentials = { accessKeyId: credentials.accessKey, secretAccessKey: credentials.secretKey };
const query = canonicalQuery({ regionID: '81f7728662dd11ec810800155d307d5b', eipID: 'eip-5ink7wj2ab' });
const requestId = '00000000-0000-4000-8000-000000000001';
const body = JSON.stringify({ regionID: '81f7728662dd11ec810800155d307d5b', pageNo: 1, pageSize: 50 });
const start = Date.parse('2026-08-19T16:10:11Z');
const instant = new Date(start);

let second = 0;
const nextInstant = (): Date => new Date(start + 1000 * ++second);
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

function fourHmacs(at: Date): Record<string, string> {
  const date = eopDate(at);
  const digest = createHash('sha256').update(body).digest('hex');
  const text = `ctyun-eop-request-id:${requestId}\neop-date:${date}\n\n${query}\n${digest}`;
  const key = hmac(hmac(hmac(credentials.secretKey, date), credentials.accessKey), date.slice(0, 8));
  const signature = hmac(key, text).toString('base64');
  const authorization = `${credentials.accessKey} Headers=ctyun-eop-request-id;eop-date Signature=${signature}`;
  return { 'ctyun-eop-request-id': requestId, 'eop-date': date, 'Eop-Authorization': authorization };
}

/** An equal request: one query, one body, an id in a signed header. aws4 keeps its key of the day as well. */
const signAws4 = (): unknown =>
  aws4.sign(
    {
      ...{ service: 'ctvpc', region: 'cn', method: 'POST', host: 'ctvpc-global.ctapi.ctyun.cn' },
      path: `/v4/eip/new-list?${query}`,
      headers: { 'Content-Type': 'application/json', 'X-Amz-Date': '20260820T001011Z', 'X-Request-Id': requestId },
      body,
    },
    awsCredentials,
  );

const contestants: readonly (readonly [string, () => unknown])[] = [
  ['signedHeaders, one second (key kept)', () => signedHeaders(credentials, { query, body, requestId, instant })],
  [
    'signedHeaders, a new second each time',
    () => signedHeaders(credentials, { query, body, requestId, instant: nextInstant() }),
  ],
  ['four HMACs, nothing kept', () => fourHmacs(instant)],
  ['aws4.sign', signAws4],
];

function perSecond(sign: () => unknown): number {
  const begun = performance.now();
  let signed = 0;
  while (performance.now() - begun < ROUND_MS) {
    for (let i = 0; i < BATCH; i++) sign();
    signed += BATCH;
  }
  return (signed * 1000) / (performance.now() - begun);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function check(): void {
  const ours = signedHeaders(credentials, { query, body, requestId, instant });
  if (JSON.stringify(ours) !== JSON.stringify(fourHmacs(instant))) throw new Error('the signatures differ');
}

check();
for (const [, sign] of contestants) perSecond(sign); // Warm up.
const rates = contestants.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++)
  contestants.forEach(([, sign], i) => {
    rates[i]?.push(perSecond(sign));
  });

const medians = rates.map(median);
const plain = medians[2] ?? Number.NaN;
console.log(`Node.js ${process.version}, ${ROUNDS} interleaved rounds of ${ROUND_MS} ms, median\n`);
console.log(`${''.padEnd(40)}${'signatures/s'.padStart(14)}${'µs each'.padStart(10)}${'× plain'.padStart(10)}`);
contestants.forEach(([name], i) => {
  const rate = medians[i] ?? Number.NaN;
  const columns = [
    Math.round(rate).toLocaleString('en').padStart(14),
    (1e6 / rate).toFixed(2).padStart(10),
    (rate / plain).toFixed(2).padStart(10),
  ];
  console.log(`${name.padEnd(40)}${columns.join('')}`);
});
