import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sent } from '../../local/chat/sent.ts';
import { slackSlash } from '../../local/chat/slack.ts';
import { pollerOf, type QueueHandler } from '../../local/queue/poller.ts';
import { bindBody, signedHeaders } from '../edge/bind-stand.ts';
import { REGION } from '../stand.ts';
import type { Lambda } from './lambda.ts';
import { checkLogs, linesOf, metricsOf } from './logs.ts';
import { ALARM_TOKEN, openSite, SAMPLE_REGION, type Site, SLACK_SECRET } from './site.ts';

const sample = (file: string): Record<string, unknown> => JSON.parse(readFileSync(`events/${file}`, 'utf8'));

let site: Site;
beforeEach(async () => {
  const load = { egressMbps: 9 };
  const eip = { regionID: REGION, ID: 'eip-a', eipAddress: '203.0.113.42', status: 'ACTIVE', associationID: 'vm-9' };
  const eips = [
    { ...eip, bandwidth: 10, load },
    { regionID: SAMPLE_REGION, ID: 'eip-b', eipAddress: '203.0.113.43', billingMethod: 'periodic', expiredAt: '+30d' },
    { regionID: REGION, ID: 'eip-free', eipAddress: '203.0.113.1' },
  ];
  const instances = [{ regionID: REGION, instanceID: 'vm-1', displayName: 'web-1' }];
  site = await openSite({ eips, instances });
});
afterEach(async () => {
  checkLogs(site);
  await site.close();
});

describe('every scheduled function, asked what its sample asks', () => {
  it.each(['auto-renew', 'scale-bandwidth', 'release-orphans', 'settle-orders'])(
    '%s answers the report as JSON and tells its heartbeat',
    async fn => {
      const lambda = await site.start(fn);
      const targets = [{ account: 'main', regions: [SAMPLE_REGION] }];
      const event: Record<string, unknown> = { ...sample(`${fn}.schedule.json`), targets };
      const report = await lambda.answer(event);
      expect(report).toMatchObject({
        schema: 'eip-autopilot/report/1',
        function: fn,
        asked: event.mode,
        mode: event.mode,
        health: 'ok',
        slot: new Date(String(event.slot)).toISOString(),
      });
      expect(metricsOf(lambda)).toMatchObject([
        { service: 'eip-autopilot-test', function: fn, Heartbeat: 1, Failed: 0 },
      ]);
      expect(linesOf(lambda).filter(({ message }) => message === 'report')).toHaveLength(1);
    },
  );

  it.each(['auto-renew', 'scale-bandwidth', 'release-orphans'])(
    '%s sends every region to its queue, and works off the queue, region by region',
    async fn => {
      const lambda = await site.start(fn);
      const sent = await lambda.answer(sample(`${fn}.schedule.json`));
      expect(sent).toMatchObject({ schema: 'eip-autopilot/sent/1', function: fn, sent: { messages: 2, targets: 2 } });
      await drained('runs', lambda);
      expect(site.queues.queue('runs').all).toEqual([]);
      const reports = linesOf(lambda).filter(({ message }) => message === 'report');
      expect(new Set(reports.map(({ region }) => region))).toEqual(new Set([REGION, SAMPLE_REGION]));
      expect(metricsOf(lambda)).toMatchObject([{ HandedOver: 2 }, { Heartbeat: 1 }, { Heartbeat: 1 }]);
    },
  );
});

/** API Gateway's HTTP API, payload 2.0, as it comes from a browser: cookies apart, the body in base64. */
const http = (method: string, path: string, body: string, headers: Readonly<Record<string, string>> = {}) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  cookies: ['session=c2VjcmV0', 'theme=dark'],
  headers: { host: 'api.example.com', 'x-forwarded-for': '198.51.100.1', ...headers },
  requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: '198.51.100.1' }, stage: '$default' },
  ...(body === '' ? {} : { body: Buffer.from(body).toString('base64') }),
  isBase64Encoded: body !== '',
});

type Answer = { readonly statusCode: number; readonly body?: string };

/** Invokes, and insists on the form that API Gateway passes on as it is. */
async function answered(lambda: Lambda, event: unknown): Promise<Answer> {
  const answer = await lambda.answer<Record<string, unknown>>(event);
  const { statusCode, headers = {}, body = '', isBase64Encoded = false, cookies = [], ...more } = answer;
  expect([more, Number.isInteger(statusCode), typeof body, typeof isBase64Encoded, Array.isArray(cookies)]).toEqual([
    {},
    true,
    'string',
    'boolean',
    true,
  ]);
  expect(Object.values(headers as object).every(value => typeof value === 'string')).toBe(true);
  return answer as Answer;
}

const slack = ({ headers, body }: Sent) => http('POST', '/chat/slack', body.toString(), headers);
const slash = (signingSecret: string, text = 'help') => {
  const app = { team: 'T1', app: 'A1', channel: 'C1', responseUrl: site.chat.answerUrl('slack', 'r1') };
  return slack(slackSlash({ ...app, signingSecret }, new Date(), 'U1', text));
};
const bind = JSON.stringify(bindBody({ id: 'eip-free' }, { type: 'vm', id: 'vm-1' }, { waitSeconds: 0 }));

describe('an HTTP event', () => {
  it.each<[string, string, () => unknown, number, number]>([
    ['a signed call that binds', 'bind-on-webhook', () => http('POST', '/bind', bind, signedHeaders(bind)), 202, 0],
    ['a call that nobody has signed', 'bind-on-webhook', () => http('POST', '/bind', bind), 401, 1],
    [
      'a question for a request that is not there',
      'bind-on-webhook',
      () => http('GET', '/requests/x', '', signedHeaders('')),
      404,
      1,
    ],
    ['a signed command', 'chat-ops', () => slash(SLACK_SECRET), 200, 0],
    ['a forged command', 'chat-ops', () => slash('another-secret'), 401, 1],
    ['a provider that does not exist', 'chat-ops', () => http('POST', '/chat/irc', '{}'), 401, 1],
  ])('%s: %s answers it as HTTP, and counts it', async (_words, fn, event, status, refused) => {
    const lambda = await site.start(fn);
    const { statusCode, body } = await answered(lambda, event());
    expect([statusCode, body]).toEqual([status, expect.any(String)]);
    expect(metricsOf(lambda)).toMatchObject([
      { function: fn, Requests: 1, Refused: refused, Failed: 0, RequestMilliseconds: expect.any(Number) },
    ]);
    expect(lambda.lines().join()).not.toContain('c2VjcmV0');
  });

  it('an alarm of CTyun is handed to the queue, in base64 as in plain text; one with another token is not', async () => {
    const lambda = await site.start('scale-bandwidth');
    const plain = sample('scale-bandwidth.alarm.json');
    const { body } = plain as { body: string };
    expect((await answered(lambda, plain)).statusCode).toBe(202);
    expect((await answered(lambda, http('POST', `/alarm/${ALARM_TOKEN}`, body))).statusCode).toBe(202);
    expect((await answered(lambda, http('POST', '/alarm/0123456789', body))).statusCode).toBe(404);
    const [first, second, ...more] = site.queues.queue('runs').all;
    expect([first?.body, more]).toEqual([second?.body, []]);
  });
});

/** The queue's batch, through the process; what is named stays. */
const drained = (queue: string, lambda: Lambda) =>
  pollerOf(site.queues.queue(queue), (event => lambda.answer(event)) as QueueHandler, 10).once();

describe('a batch of the queue in which one message is bad', () => {
  it('bind-on-webhook names it and finishes the other', async () => {
    const lambda = await site.start('bind-on-webhook');
    expect((await answered(lambda, http('POST', '/bind', bind, signedHeaders(bind, { id: 'm-1' })))).statusCode).toBe(
      202,
    );
    const bad = site.queues.queue('work').send('{"kind":"something-else"}');
    site.queues.advance(900);
    await drained('work', lambda);
    const left = site.queues.queue('work').all;
    expect(left.filter(({ receives }) => receives > 0).map(({ id }) => id)).toEqual([bad.id]);
    const asked = await answered(lambda, http('GET', '/requests/m-1', '', signedHeaders('')));
    expect(JSON.parse(asked.body ?? '')).toMatchObject({ request: 'm-1' });
    expect(metricsOf(lambda).map(({ Failed, Requests }) => [Failed, Requests])).toEqual([
      [0, 1],
      [1, undefined],
      [0, 1],
    ]);
  });

  it('chat-ops names it and finishes the other', async () => {
    const lambda = await site.start('chat-ops');
    await answered(lambda, slash(SLACK_SECRET, 'plans'));
    expect(site.queues.queue('chat').all).toHaveLength(1);
    const bad = site.queues.queue('chat').send('{"function":"another"}');
    await drained('chat', lambda);
    expect(site.queues.queue('chat').all.map(({ id }) => id)).toEqual([bad.id]);
    expect(site.chat.messages()).toHaveLength(1);
  });

  it('scale-bandwidth names the alarm whose run failed and finishes the other', async () => {
    const lambda = await site.start('scale-bandwidth');
    const targets = [{ account: 'main', regions: [REGION] }];
    const { scale } = sample('scale-bandwidth.schedule.json');
    await lambda.answer({ mode: 'plan', targets, scale, limits: { maxSharePercent: 100 } });
    for (const resource of ['eip-a', 'eip-b']) {
      const body = JSON.stringify({ message: JSON.stringify({ alarm_name: 'high', resources: [{ resource }] }) });
      expect((await answered(lambda, http('POST', `/alarm/${ALARM_TOKEN}`, body))).statusCode).toBe(202);
    }
    const [, second] = site.queues.queue('runs').all;
    site.simulator.faults([
      { kind: 'business-error', path: '/v4/eip/new-list', code: 'Openapi.X', message: 'no', after: 1 },
    ]);
    await drained('runs', lambda);
    expect(site.queues.queue('runs').all.map(({ id }) => id)).toEqual([second?.id]);
    expect(metricsOf(lambda).map(({ Failed, Heartbeat }) => [Failed, Heartbeat])).toEqual([
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
  });
});
