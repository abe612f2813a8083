import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice } from '../chat-ops/office.ts';
import { bindBody, OTHER_SECRET, SECRET, signedHeaders } from '../edge/bind-stand.ts';
import { idle } from '../orphan-stand.ts';
import { due, KEY, REGION } from '../stand.ts';
import { type Bundled, startBundle } from './bundled.ts';
import { cloudOf, type House, openHouse, renewAsk } from './house.ts';

const TOKEN = 'alarm-token-0123456789abcdef0123456789';
const HOOK = 'chat-hook-of-ops';
/** What no line may hold: keys, secrets, tokens, and the addresses of chats. */
const SECRETS = [
  ...[KEY.accessKey, KEY.secretKey, 'bundle-test-secret', 'chat-test-secret', TOKEN, HOOK],
  ...[SECRET, SECRET.slice(6), OTHER_SECRET.slice(6), 'slack-secret', 'app-secret', '/services/', 'access_token='],
];
type Line = Readonly<Record<string, unknown>>;

let echo: Server;
let echoUrl = '';
const houses: { close: () => unknown }[] = [];

/** Stands for a proxy, or an API, that gives back all that it is sent: with an error of the server's, or of a business. */
beforeAll(async () => {
  echo = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const said = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks)}`;
      const status = request.url?.includes(HOOK) ? 400 : request.url?.includes('list-regions') ? 502 : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ statusCode: 900, errorCode: 'Openapi.Echo', message: said, errorMsg: said }));
    });
  });
  await new Promise<void>(resolve => echo.listen(0, '127.0.0.1', resolve));
  echoUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
});
afterAll(async () => {
  echo.closeAllConnections();
  echo.close();
  await Promise.all(houses.splice(0).map(house => house.close()));
});

async function open(name: string, state: object, change: Record<string, string> = {}): Promise<House> {
  const house = await openHouse(name, state as Record<string, unknown>, change);
  house.secrets.put('ctyun/alarm-tokens', JSON.stringify({ tokens: [TOKEN] }));
  house.secrets.put('webhook/standard', JSON.stringify([SECRET]));
  house.secrets.put('ctyun/notify/ops', JSON.stringify({ provider: 'slack', url: `${echoUrl}/${HOOK}`, lang: 'en' }));
  houses.push(house);
  return house;
}

/** The same function where CTyun is nothing but an echo. */
async function echoed(name: string, house: Pick<House, 'environment'>): Promise<Bundled> {
  const bundle = await startBundle(name, { ...house.environment, CTYUN_ENDPOINT: echoUrl, CTYUN_TIMEOUT_MS: '500' });
  houses.push(bundle);
  return bundle;
}

/** The lines, each of which is JSON with the function and the stage, and free of secrets. */
function linesOf(name: string, ...bundles: readonly Bundled[]): Line[] {
  const text = bundles.map(({ logs }) => logs()).join('\n');
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  const lines = text.split('\n').filter(line => line !== '');
  return lines.flatMap(line => {
    const parsed = JSON.parse(line) as Line;
    // A line of metrics has CloudWatch's own form (test/edge/metrics.test.ts).
    if ('_aws' in parsed) {
      expect(parsed).toMatchObject({ function: name, service: 'eip-autopilot' });
      return [];
    }
    expect(parsed).toMatchObject({ function: name, stage: 'test', service: 'eip-autopilot', level: expect.anything() });
    return [parsed];
  });
}

/** The lines of runs, which are told apart by the run's id. @param keys that all of them have */
const ofRuns = (lines: readonly Line[], keys: readonly string[]): Line[] => {
  const own = lines.filter(({ run }) => run !== undefined);
  for (const line of own) for (const key of keys) expect(Object.keys(line)).toContain(key);
  return own;
};
const messages = (lines: readonly Line[]) => new Set(lines.map(({ message }) => message));
const sqs = (body: string) => ({ Records: [{ messageId: 'm-1', body, eventSource: 'aws:sqs' }] });

const SCHEDULED: readonly [string, object, object][] = [
  ['auto-renew', cloudOf({ [REGION]: 2 }), renewAsk({ notify: { channels: ['ops'] } })],
  [
    'scale-bandwidth',
    {
      accounts: [{ name: 'main', ...KEY, eips: [{ ...due('eip-a'), bandwidth: 10, load: { egressMbps: 9 } }] }],
    },
    { ...renewAsk(), renew: undefined, scale: { ladderMbps: [10, 20], ceilingMbps: 20, settleWithinSeconds: 3 } },
  ],
  [
    'release-orphans',
    { accounts: [{ name: 'main', ...KEY, eips: [idle('eip-a')] }] },
    { ...renewAsk(), renew: undefined, orphans: { graceHours: 0, warnHours: 0, dns: { names: [] } } },
  ],
  ['settle-orders', cloudOf({ [REGION]: 1 }), { ...renewAsk(), renew: undefined, limits: undefined }],
];

describe('the lines of a scheduled function', () => {
  it.each(SCHEDULED)(
    '%s: JSON with run, account, region and slot, and no secret, whatever fails',
    async (name, state, ask) => {
      const house = await open(name, state);
      const targets = [{ account: 'main', regions: [REGION] }];
      const event = { ...ask, targets };
      house.simulator.faults([{ kind: 'business-error', path: '/v4/eip/renew', code: 'X', message: 'no' }]);
      await house.function.invoke(event);
      await house.function.invoke(sqs('{"garbage": "yes"}'));
      await house.function.invoke({
        requestContext: { http: { method: 'POST' } },
        rawPath: `/alarm/${TOKEN}x`,
        body: '',
      });
      const bad = await echoed(name, house);
      await bad.invoke({ ...event, slot: '2026-11-25T02:00:00Z' });
      await bad.invoke({ ...event, slot: '2026-11-26T02:00:00Z', targets: [{ account: 'main', regions: ['*'] }] });
      const lines = linesOf(name, house.function, bad);
      const runs = ofRuns(lines, ['account', 'slot']);
      expect(messages(runs)).toContain('report');
      expect(new Set(runs.map(({ run }) => run)).size).toBe(3);
      expect(messages(lines)).toContain('a message comes again');
      if (name !== 'settle-orders') expect(messages(runs)).toContain('ctyun call failed');
      for (const line of runs.filter(({ message, slot }) => message === 'report' && !String(slot).includes('-26T')))
        expect(line.region).toBe(REGION);
      if (name === 'auto-renew') expect(messages(runs)).toContain('chat channels could not be told');
    },
    60_000,
  );
  it('each part of a fan-out has a run of its own', async () => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 1, 'region-2': 1 }));
    await house.function.invoke(renewAsk());
    await house.drain();
    const lines = linesOf('auto-renew', house.function);
    const runs = ofRuns(lines, ['account', 'region', 'slot']);
    expect(messages(lines)).toContain('sent to the queue');
    expect(new Set(runs.map(({ run, region }) => `${run} ${region}`)).size).toBe(2);
  });
});

describe('the lines of the functions that are called', () => {
  it('bind-on-webhook: of a forged request, of garbage, and of one that meets an echo', async () => {
    const state = {
      accounts: [
        {
          ...{ name: 'main', ...KEY, eips: [{ regionID: REGION, ID: 'eip-free', eipAddress: '203.0.113.1' }] },
          instances: [{ regionID: REGION, instanceID: 'vm-1', displayName: 'web-1' }],
        },
      ],
      settings: { bindSeconds: 0 },
    };
    const house = await open('bind-on-webhook', state, {
      BIND_TARGETS: '[{"account":"main","region":"*","name":"web-*"}]',
    });
    const http = (body: string, headers: object) => ({
      ...{ version: '2.0', rawPath: '/bind', rawQueryString: '', headers, body, isBase64Encoded: false },
      requestContext: { http: { method: 'POST', path: '/bind' } },
    });
    const body = JSON.stringify(bindBody({ id: 'eip-free' }, { type: 'vm', id: 'vm-1' }, { waitSeconds: 1 }));
    const bad = await echoed('bind-on-webhook', house);
    await house.function.invoke(http(body, signedHeaders(body, { secret: OTHER_SECRET })));
    await house.function.invoke(http(body, { authorization: `Bearer ${TOKEN}` }));
    await house.function.invoke(http('{"eip":', signedHeaders('{"eip":')));
    await house.function.invoke(sqs('garbage'));
    await bad.invoke(http(body, signedHeaders(body)), 9_000);
    const lines = linesOf('bind-on-webhook', house.function, bad);
    expect(messages(ofRuns(lines, ['run']))).toEqual(
      new Set(['refused', 'answered', 'message failed', 'ctyun call failed']),
    );
    expect(lines.every(({ run }) => run !== undefined)).toBe(true);
  }, 60_000);
  it('chat-ops: of a forged message, of garbage, and of a command that meets an echo', async () => {
    const office = await openOffice();
    houses.push(office);
    const environment = { ...office.environment, STAGE: 'test' };
    const chat = await startBundle('chat-ops', environment);
    const bad = await echoed('chat-ops', { environment });
    houses.push(chat);
    const { httpEvent } = await import('../chat-ops/office.ts');
    const event = httpEvent('slack', office.message('slack', 'asker', 'status'));
    await chat.invoke({ ...event, body: Buffer.from('forged').toString('base64') });
    await chat.invoke(sqs('{"function":"other"}'));
    await bad.invoke(event);
    const [message] = office.queues.queue('work').all;
    await bad.invoke(sqs(message?.body ?? ''));
    const lines = linesOf('chat-ops', chat, bad);
    expect(messages(ofRuns(lines, ['run']))).toEqual(
      new Set(['chat request refused', 'the queue holds a message that is not ours', 'ctyun call failed']),
    );
    expect(lines.every(({ run }) => run !== undefined)).toBe(true);
  }, 60_000);
});
