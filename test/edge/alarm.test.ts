import { readFileSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pollerOf, type QueueHandler } from '../../local/queue/poller.ts';
import { type QueueStandIn, startQueues } from '../../local/queue/server.ts';
import { alarmGates } from '../../shared/edge/alarm.ts';
import { kindOf, onEvents } from '../../shared/edge/doorway.ts';
import { scaleBandwidth, scaleOnAlarm } from '../../shared/flow/jobs.ts';
import { closeStands, REGION, type Stand, stand } from '../stand.ts';

const AWS = { accessKeyId: 'AKIATEST', secretAccessKey: 'queue-test-secret' };
const [NEW, OLD] = ['n'.repeat(32), 'o'.repeat(32)];
const ADDRESS = '203.0.113.5';

let queues: QueueStandIn;
let here: Stand;
let handler: (event: unknown) => Promise<unknown>;
let secret: string;
let logged: string[];

beforeAll(async () => {
  const dead = { queue: 'dead', maxReceives: 3 };
  queues = await startQueues(AWS, [
    { name: 'alarms', visibilitySeconds: 30, deadLetter: dead },
    { name: 'dead', visibilitySeconds: 30, deadLetter: null },
  ]);
  Object.assign(process.env, {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: AWS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
    AWS_ENDPOINT_URL_SQS: queues.url,
  });
});
afterAll(async () => {
  await Promise.all([queues.close(), closeStands()]);
});

beforeEach(async () => {
  const eip = { regionID: REGION, ID: 'eip-busy01', eipAddress: ADDRESS, status: 'ACTIVE', associationID: 'vm' };
  const load = { egressMbps: 9 };
  here = await stand([{ ...eip, bandwidth: 10, load }], { now: '2026-11-24T02:00:00Z', ownClock: true });
  secret = JSON.stringify({ tokens: [NEW, OLD] });
  logged = [];
  const { surroundings } = here;
  const settings = { ...surroundings.settings, queueUrl: queues.queueUrl('alarms'), credentialsTtlSeconds: 60 };
  const note = (message: string, fields: object = {}) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const doorway = {
    surroundings: () => ({ ...surroundings, settings, fetchSecret: async () => secret }),
    log: { info: note, warn: note, error: note },
  };
  handler = onEvents(alarmGates(scaleBandwidth, scaleOnAlarm, doorway));
  while (queues.queue('alarms').receive(10, 0).length > 0) {
    for (const { receipt } of queues.queue('alarms').receive(10, 60)) queues.queue('alarms').delete(receipt ?? '');
  }
});

const call = (token: string, body: string, change: object = {}, method = 'POST') => ({
  version: '2.0',
  rawPath: `/alarm/${token}`,
  rawQueryString: '',
  headers: {},
  requestContext: { http: { method } },
  body,
  isBase64Encoded: false,
  ...change,
});
const ask = (scale: object = {}) => ({
  mode: 'apply',
  slot: here.simulator.clock.now().toISOString(),
  targets: [{ account: 'main', regions: [REGION] }],
  scale: { ladderMbps: [10, 20, 50], ceilingMbps: 50, settleWithinSeconds: 3, ...scale },
  limits: { maxSharePercent: 100 },
});
const waiting = () => queues.queue('alarms').all.map(({ body }) => JSON.parse(body) as object);
const poller = () => pollerOf(queues.queue('alarms'), handler as QueueHandler);
const ALARM = JSON.stringify({ message: JSON.stringify({ ip: ADDRESS }) });

describe('the kind of an event', () => {
  it('is told by its form', () => {
    expect(kindOf(call(NEW, ''))).toBe('http');
    expect(kindOf({ Records: [{ eventSource: 'aws:sqs' }] } satisfies Partial<SQSEvent> | object)).toBe('messages');
    for (const event of [ask(), {}, null, 'x', { Records: [] }]) expect(kindOf(event)).toBe('schedule');
  });
});

describe('POST /alarm/{token}', () => {
  it('hands over what is named, at once', async () => {
    expect(await handler(call(NEW, ALARM))).toMatchObject({ statusCode: 202 });
    expect(waiting()).toMatchObject([{ alarm: { names: [ADDRESS] } }]);
    expect(here.simulator.calls()).toEqual([]);
  });
  it('the sample that we show is read', async () => {
    secret = JSON.stringify({ tokens: ['0123456789abcdef0123456789abcdef'] });
    const sample = JSON.parse(readFileSync('events/scale-bandwidth.alarm.json', 'utf8')) as object;
    expect(await handler(sample)).toMatchObject({ statusCode: 202 });
  });
  it('accepts two tokens, so that one can be replaced', async () => {
    expect(await handler(call(OLD, ALARM))).toMatchObject({ statusCode: 202 });
    secret = JSON.stringify({ tokens: [NEW] });
    here.simulator.clock.advance(61);
    expect(await handler(call(OLD, ALARM))).toMatchObject({ statusCode: 404 });
  });
  it.each<[string, () => object]>([
    ['a wrong token', () => call('x'.repeat(32), ALARM)],
    ['none', () => call('', ALARM)],
    ['the beginning of one', () => call(NEW.slice(1), ALARM)],
    ['another path', () => call(NEW, ALARM, { rawPath: `/other/${NEW}` })],
    ['another method', () => call(NEW, ALARM, {}, 'GET')],
    ['a body in no canonical base64', () => call(NEW, '****', { isBase64Encoded: true })],
  ])('gives %s one and the same answer, and hands nothing over', async (_sentence, event) => {
    expect(await handler(event())).toEqual(await handler(call('y'.repeat(40), 'z')));
    expect(waiting()).toEqual([]);
  });
  it('refuses more than 64 KiB', async () => {
    expect(await handler(call(NEW, 'x'.repeat(64 * 1024 + 1)))).toMatchObject({ statusCode: 413 });
    expect(await handler(call(NEW, 'x'.repeat(64 * 1024)))).toMatchObject({ statusCode: 202 });
  });
  it('says 503 where it cannot hand over, so that the caller tries again', async () => {
    queues.fail('InternalFailure', 2);
    expect(await handler(call(NEW, ALARM))).toMatchObject({ statusCode: 503, body: '{}' });
    secret = '{"tokens": ["short"]}';
    here.simulator.clock.advance(61);
    expect(await handler(call(NEW, ALARM))).toMatchObject({ statusCode: 503 });
    expect(logged.join()).not.toContain('"short"');
  });
  it('opens no address that a caller names; a person is told', async () => {
    const body = JSON.stringify({ type: 'SubscriptionConfirmation', subscribe_url: 'https://smn.example/c' });
    expect(await handler(call(NEW, body))).toMatchObject({ statusCode: 202 });
    expect([waiting(), logged.join()]).toEqual([[], expect.stringContaining('https://smn.example/c')]);
  });
});

describe('an alarm that was handed over', () => {
  it('is worked on by the ask of the last schedule, and the same alarm only once', async () => {
    here.simulator.faults([{ kind: 'business-error', path: '/v4/eip/new-query-*', code: 'X' }]);
    await handler(ask()).catch(() => undefined);
    here.simulator.faults([]);
    await handler(call(NEW, ALARM));
    await handler(call(NEW, ALARM));
    await poller().drain();
    expect(here.simulator.orders().map(({ params }) => params.bandwidth)).toEqual([20]);
    expect(logged.filter(line => line.startsWith('the same alarm'))).toHaveLength(1);
    expect([waiting(), await here.ledger.query('open', 'intent#main')]).toEqual([[], []]);
  });
  it('does nothing where no schedule has said how', async () => {
    await handler(call(NEW, ALARM));
    await poller().drain();
    expect([here.simulator.calls(), waiting(), logged.join()]).toEqual([[], [], expect.stringContaining('no ask')]);
  });
  it('comes again where its run failed, and waits for a person after the third time', async () => {
    await handler({ ...ask(), mode: 'plan' });
    await handler(ask()).catch(() => undefined);
    here.simulator.faults([{ kind: 'business-error', path: '/v4/eip/new-list', code: 'X' }]);
    await handler(call(NEW, ALARM));
    for (let time = 0; time < 4; time++) {
      await poller().drain();
      queues.advance(31);
    }
    await poller().drain();
    expect([waiting(), queues.queue('dead').all.length]).toEqual([[], 1]);
  });
  it('one that fails takes no other of its batch with it', async () => {
    await handler(ask());
    const record = (messageId: string, body: string) => ({ messageId, body, eventSource: 'aws:sqs' });
    here.simulator.faults([{ kind: 'business-error', path: '/v4/eip/new-list', code: 'X', times: 1 }]);
    const bodies = ['a', 'b'].map(digest => JSON.stringify({ alarm: { names: [ADDRESS], digest } }));
    const Records = [record('1', bodies[0]!), record('2', bodies[1]!), record('3', 'no JSON')];
    // What is of no known form comes again, and at last stands with the dead letters for a person to read.
    const again = ['1', '3'].map(itemIdentifier => ({ itemIdentifier }));
    expect(await handler({ Records })).toEqual({ batchItemFailures: again });
  });
});
