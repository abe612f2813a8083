import middy from '@middy/core';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tried } from '../../shared/ctyun/client.ts';
import { countTries, emf, measured } from '../../shared/edge/metrics.ts';
import { scheduled } from '../../shared/edge/scheduled.ts';
import { autoRenew } from '../../shared/flow/jobs.ts';
import type { Metric } from '../../shared/report/metrics.ts';
import { ask, closeStands, due, stand } from '../stand.ts';
import { emfProblems } from './emf.ts';

afterAll(closeStands);

/** What is written to the output while the test runs. */
let written: string[];
beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0);
  process.env.POWERTOOLS_SERVICE_NAME = 'eip-autopilot-test';
});
afterEach(() => {
  vi.restoreAllMocks();
  delete process.env.POWERTOOLS_SERVICE_NAME;
});
const lines = () =>
  written
    .join('')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);

const tried = (milliseconds: number | null, result: Tried['result'] = 'ok'): Tried => ({
  operation: 'x',
  requestId: '1',
  result,
  milliseconds,
});

describe('a line of metrics', () => {
  it('is what CloudWatch reads: one namespace, two dimensions, everything else beside them', () => {
    emf('auto-renew')([{ name: 'Looked', unit: 'Count', values: [3] }], { run: 'r', account: 'main', slot: '' });
    const [line, ...more] = lines();
    expect([more, emfProblems(line!)]).toEqual([[], []]);
    expect(line).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'EipAutopilot',
            Dimensions: [['service', 'function']],
            Metrics: [{ Name: 'Looked', Unit: 'Count' }],
          },
        ],
      },
      ...{ service: 'eip-autopilot-test', function: 'auto-renew', run: 'r', account: 'main', slot: '', Looked: 3 },
    });
  });

  it.each([1, 99, 100, 1000, 25_000])('of a run with %i calls is one line that holds their percentiles', calls => {
    const tries = countTries();
    for (let i = 1; i <= calls; i++) tries.add(tried(i));
    const { milliseconds } = tries.counted();
    emf('auto-renew')([{ name: 'ApiMilliseconds', unit: 'Milliseconds', values: milliseconds }]);
    expect(lines().map(line => emfProblems(line))).toEqual([[]]);
    const middle = milliseconds[Math.floor(milliseconds.length / 2)]!;
    expect([milliseconds[0], milliseconds.at(-1)]).toEqual([1, calls]);
    expect(Math.abs(middle - calls / 2)).toBeLessThanOrEqual(Math.max(1, calls / 50));
  });
});

describe('the tries of a run', () => {
  it('are all that was sent, repetitions and throttled ones included', () => {
    const tries = countTries();
    for (const each of [tried(5), tried(1, 'throttled'), tried(3), tried(null, 'not-sent')]) tries.add(each);
    expect(tries.counted()).toEqual({ tries: 3, throttled: 1, milliseconds: [1, 3, 5] });
  });

  it('are counted through a whole run: what CTyun throttled, and what it took', async () => {
    const here = await stand([due('eip-a')]);
    here.simulator.faults([{ kind: 'throttle', path: '/v4/eip/new-list', times: 2 }]);
    const told: (readonly Metric[])[] = [];
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const doorway = {
      surroundings: () => here.surroundings,
      log: silent,
      measure: (metrics: readonly Metric[]) => void told.push(metrics),
    };
    await scheduled(autoRenew, doorway)(ask({ mode: 'plan' }), {} as never);
    const value = (name: string) => told[0]?.find(metric => metric.name === name)?.values ?? [];
    expect([told.length, value('ApiCalls'), value('ApiThrottles')]).toEqual([1, [here.simulator.calls().length], [2]]);
    expect(value('ApiMilliseconds')).toHaveLength(here.simulator.calls().length);
  });

  it('a run that nobody measures writes nothing: on one machine there are no metrics', async () => {
    const here = await stand([due('eip-a')]);
    await here.autoRenew({ mode: 'plan' });
    expect(written).toEqual([]);
  });
});

describe('a handler of requests', () => {
  const around = (handler: (event: unknown) => Promise<object>) =>
    middy()
      .use(measured(emf('chat-ops')))
      .handler(handler) as unknown as (event: unknown) => Promise<object>;
  const records = { Records: [{ messageId: '1' }, { messageId: '2' }] };
  const boom = async () => {
    throw new Error('x');
  };
  it.each<[string, (event: unknown) => Promise<object>, unknown, Record<string, number>]>([
    ['that answers', async () => ({ statusCode: 202 }), {}, { Requests: 1 }],
    ['that refuses', async () => ({ statusCode: 404 }), {}, { Requests: 1, Refused: 1 }],
    ['that throws', boom, {}, { Requests: 1, Failed: 1 }],
    [
      'of a batch, one of which fails',
      async () => ({ batchItemFailures: [{ itemIdentifier: '2' }] }),
      records,
      { Failed: 1 },
    ],
    ['of a batch that throws', boom, records, { Failed: 2 }],
  ])('%s', async (_sentence, handler, event, expected) => {
    await around(handler)(event).catch(() => undefined);
    const counts = ['Requests', 'Refused', 'Failed'].map(name => [name, lines()[0]?.[name]]);
    const told = Object.fromEntries(counts.filter(([, value]) => value !== undefined));
    expect([lines().length, lines()[0]?.function, told]).toEqual([1, 'chat-ops', expected]);
    expect(emfProblems(lines()[0]!)).toEqual([]);
  });
  it('writes nothing of a batch in which all went well: a metric is paid by the hours in which it is sent', async () => {
    await around(async () => ({ batchItemFailures: [] }))(records);
    expect(lines()).toEqual([]);
  });
  it('throws on what it threw, and answers what it answered', async () => {
    await expect(around(boom)({})).rejects.toThrow('x');
    expect(await around(async () => ({ statusCode: 200, body: 'y' }))({})).toEqual({
      statusCode: 200,
      body: 'y',
    });
  });
});

describe('the check of the format', () => {
  const good = () => ({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['d']], Metrics: [{ Name: 'm', Unit: 'Count' }] }],
    },
    d: 'x',
    m: 1 as unknown,
  });
  it.each<[string, object, RegExp]>([
    ['no directive', { _aws: { Timestamp: 1 } }, /CloudWatchMetrics is empty/],
    ['a dimension without a value', { d: '' }, /value of d/],
    ['more than 100 values', { m: Array(101).fill(1) }, /101 values/],
    ['a value that is no number', { m: 'x' }, /no number/],
    ['a line of a megabyte', { more: 'x'.repeat(1_048_576) }, /1 MB/],
  ])('notices %s', (_sentence, change, problem) => {
    expect(emfProblems(good())).toEqual([]);
    expect(emfProblems({ ...good(), ...change }).join()).toMatch(problem);
  });
});
