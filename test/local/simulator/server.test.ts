import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addCycle, instantText } from '../../../local/simulator/clock.ts';
import { type Simulator, startSimulator } from '../../../local/simulator/server.ts';
import { due, KEY, REGION } from '../../stand.ts';
import { callSigned, type Said } from './signing-client.ts';

type Example = { api: string; method: 'GET' | 'POST'; path: string; response: Record<string, unknown> };
const examples = (JSON.parse(readFileSync('test/vectors/examples.json', 'utf8')) as { requestsResponses: Example[] })
  .requestsResponses;

const simulator: Simulator = await startSimulator();
const other = { accessKey: 'o'.repeat(32), secretKey: 'p'.repeat(32) };
const eips = () => [
  due('eip-1', { bandwidth: 10, load: { egressMbps: 5 } }),
  due('eip-free', { status: 'DOWN', associationID: '', associationType: null, eipAddress: '203.0.113.99' }),
  due('eip-demand', { expiredAt: null, billingMethod: 'on_demand' }),
  due('eip-old', { expiredAt: '-1d' }),
];
const load = (settings: object = {}, account: object = {}): void =>
  simulator.load({
    regions: [{ regionID: REGION, regionName: '华东1' }],
    accounts: [
      {
        name: 'main',
        ...KEY,
        eips: eips(),
        instances: [
          { regionID: REGION, instanceID: 'vm', displayName: 'x', instanceName: 'x', instanceStatus: 'running' },
        ],
        ...account,
      },
      { name: 'other', ...other, eips: [] },
    ],
    settings: { orderSeconds: 5, bindSeconds: 5, ...settings },
  });
beforeEach(() => {
  load();
  simulator.faults([]);
});
afterAll(() => simulator.close());

const post = (path: string, params: Record<string, unknown>, change = {}): Promise<Said> =>
  callSigned(
    simulator.url,
    'POST',
    path,
    { clientToken: crypto.randomUUID(), regionID: REGION, ...params },
    { at: simulator.clock.now(), ...change },
  );
const get = (path: string, params: Record<string, unknown>): Promise<Said> =>
  callSigned(simulator.url, 'GET', path, params, { at: simulator.clock.now() });
const show = async (eipID: string) =>
  (await get('/v4/eip/show', { regionID: REGION, eipID })).body.returnObj as Record<string, unknown>;
const renew = (eipID: string, more = {}) =>
  post('/v4/eip/renew', { eipID, cycleType: 'month', cycleCount: 1, ...more });
const orderOf = ({ body }: Said) => (body.returnObj as { masterOrderID: string }).masterOrderID;

describe('answers', () => {
  const REQUESTS: Record<string, () => Promise<Said>> = {
    newListEips: () => post('/v4/eip/new-list', {}),
    showEip: () => get('/v4/eip/show', { regionID: REGION, eipID: 'eip-1' }),
    eipBandwidthUtilization: () => get('/v4/eip/bandwidth-utilization', { regionID: REGION, eipID: 'eip-1' }),
    deleteEip: () => post('/v4/eip/delete', { eipID: 'eip-free' }),
    modifyEipSpec: () => post('/v4/eip/modify-spec', { eipID: 'eip-1', bandwidth: 20 }),
    listRegions: () => get('/v4/region/list-regions', {}),
    ecsListInstances: () => post('/v4/ecs/list-instances', {}),
    eipNewQueryHistoryMonitor: () =>
      post('/v4/eip/new-query-history-monitor', {
        deviceIDs: ['203.0.113.99'],
        metricNames: ['ingressThroughput'],
        startTime: '2026-01-01 00:00:01',
        endTime: '2026-01-01 00:00:01',
      }),
    eipQueryHistoryMonitor: () =>
      post('/v4/eip/query-history-monitor', {
        deviceIDs: ['203.0.113.99'],
        metricNames: ['ingressThroughput'],
        startTime: '2026-01-01 00:00:01',
        endTime: '2026-01-01 00:00:01',
      }),
  };
  /** Names and shapes, without values: arrays by their first element. */
  const shapeOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
    if (typeof value !== 'object' || value === null) return 'value';
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
  };
  it.each(Object.keys(REQUESTS))('%s has every field of its official example', async api => {
    const example = examples.find(known => known.api === api)!;
    const { body } = await REQUESTS[api]!();
    expect(shapeOf(body)).toMatchObject(shapeOf(example.response) as object);
  });
});

describe('orders', () => {
  it('take their time, then move the expiry by the calendar', async () => {
    const before = (await show('eip-1')).expiredAt as string;
    const order = orderOf(await renew('eip-1'));
    const state = async () =>
      ((await get('/v4/ecs/order/query-uuid', { masterOrderID: order })).body.returnObj as { orderStatus: string })
        .orderStatus;
    expect([await state(), (await show('eip-1')).expiredAt]).toEqual(['14', before]);
    simulator.clock.advance(6);
    expect([await state(), (await show('eip-1')).expiredAt]).toEqual([
      '3',
      addCycle(new Date(before), 'month', 1).toISOString().replace('.000', ''),
    ]);
  });
  it('the same token is the same order, with other parameters a refusal', async () => {
    const first = await renew('eip-1', { clientToken: 't' });
    const again = await renew('eip-1', { clientToken: 't' });
    const differs = await renew('eip-1', { clientToken: 't', cycleCount: 2 });
    expect(orderOf(again)).toBe(orderOf(first));
    expect([again.body.statusCode, differs.body.errorCode, simulator.orders().length]).toEqual([
      800,
      'Sim.ClientToken.ParametersDiffer',
      1,
    ]);
  });
  it('another while one runs is refused with its id', async () => {
    const order = orderOf(await renew('eip-1'));
    const { body } = await renew('eip-1');
    expect(body).toMatchObject({
      statusCode: 900,
      errorCode: 'Openapi.Order.Inprogress',
      returnObj: { masterOrderID: order },
    });
  });
  it('cost money, once, and nothing where there is too little', async () => {
    load({}, { balance: '600.00' });
    expect((await renew('eip-1')).body.statusCode).toBe(800);
    expect((simulator.state() as { accounts: { balance: string }[] }).accounts[0]?.balance).toBe('85.00');
    expect((await renew('eip-free')).body.errorCode).toBe('Sim.Balance.Insufficient');
    expect(simulator.orders()).toHaveLength(1);
  });
  it.each<[string, () => Promise<Said>, string]>([
    ['renewing on demand', () => renew('eip-demand'), 'Sim.Eip.NotPeriodic'],
    ['releasing what is bound', () => post('/v4/eip/delete', { eipID: 'eip-1' }), 'Sim.Eip.Bound'],
    [
      'resizing what has expired',
      () => post('/v4/eip/modify-spec', { eipID: 'eip-old', bandwidth: 9 }),
      'Sim.Eip.StateInvalid',
    ],
    [
      'binding what is bound',
      () => post('/v4/eip/associate', { eipID: 'eip-1', associationID: 'vm', associationType: 1 }),
      'Sim.Eip.StateInvalid',
    ],
    ['unbinding what is free', () => post('/v4/eip/disassociate', { eipID: 'eip-free' }), 'Sim.Eip.StateInvalid'],
    [
      'binding to nothing known',
      () => post('/v4/eip/associate', { eipID: 'eip-free', associationID: 'vm', associationType: 4 }),
      'Openapi.Parameter.Error',
    ],
    ['twelve months', () => renew('eip-1', { cycleCount: 12 }), 'Openapi.Parameter.Error'],
    ['an unknown EIP', () => renew('eip-x'), 'Openapi.Eip.NotFound'],
    ['an unknown region', () => renew('eip-1', { regionID: 'x' }), 'Openapi.RegionInfo.AccessFailed'],
    ['a page too large', () => post('/v4/eip/new-list', { pageSize: 51 }), 'Openapi.Parameter.Error'],
    ['a token too long', () => renew('eip-1', { clientToken: 'x'.repeat(65) }), 'Openapi.Parameter.Error'],
    ['a number as text', () => renew('eip-1', { cycleCount: '1' }), 'Openapi.Parameter.Error'],
  ])('%s is refused', async (_sentence, ask, code) => {
    expect((await ask()).body).toMatchObject({ statusCode: 900, errorCode: code });
  });
  it('an expired EIP says so, and its renewal starts a new term', async () => {
    expect((await show('eip-old')).status).toBe('EXPIRED');
    await renew('eip-old');
    const placed = simulator.clock.now();
    simulator.clock.advance(6);
    const { status, expiredAt } = await show('eip-old');
    expect(status).toBe('ACTIVE');
    expect(Math.abs(Date.parse(String(expiredAt)) - addCycle(placed, 'month', 1).getTime())).toBeLessThan(3000);
  });
  it('an EIP expires as the clock passes', async () => {
    expect((await show('eip-1')).status).toBe('ACTIVE');
    simulator.clock.advance(4 * 86_400);
    expect((await show('eip-1')).status).toBe('EXPIRED');
  });
  it('binding passes through a state of its own', async () => {
    await post('/v4/eip/associate', { eipID: 'eip-free', associationID: 'vm', associationType: 1 });
    expect((await show('eip-free')).status).toBe('BANGDING_OR_UNBANDING');
    simulator.clock.advance(6);
    expect(await show('eip-free')).toMatchObject({
      status: 'ACTIVE',
      associationID: 'vm',
      associationType: 'INSTANCE',
    });
  });
  it('a new EIP comes unbound', async () => {
    await post('/v4/eip/create', { name: '新', cycleType: 'month', cycleCount: 1, bandwidth: 2 });
    simulator.clock.advance(6);
    const { body } = await post('/v4/eip/new-list', { status: 'DOWN' });
    expect((body.returnObj as { eips: { name: string }[] }).eips.map(({ name }) => name)).toContain('新');
  });
});

describe('the gateway', () => {
  it('knows keys and accounts apart', async () => {
    expect((await post('/v4/eip/new-list', {}, { key: { ...KEY, secretKey: 'x'.repeat(32) } })).body.statusCode).toBe(
      'CTAPI_10009',
    );
    expect((await post('/v4/eip/new-list', {}, { key: { ...KEY, accessKey: 'x'.repeat(32) } })).body.statusCode).toBe(
      'CTAPI_10002',
    );
    expect((await post('/v4/eip/new-list', {}, { key: other })).body.returnObj).toMatchObject({ totalCount: 0 });
  });
  it('tells its own time', async () => {
    simulator.clock.set(new Date('2030-01-01T00:00:00Z'));
    expect((await get('/v4/region/list-regions', {})).date.getUTCFullYear()).toBe(2030);
    simulator.clock.set(new Date());
  });
  it('does not know every path', async () => {
    expect((await get('/v4/nothing', {})).status).toBe(404);
  });
  it('records calls without secrets', async () => {
    await renew('eip-1', { clientToken: 'seen' });
    expect(simulator.calls().at(-1)).toMatchObject({
      account: 'main',
      path: '/v4/eip/renew',
      eipID: 'eip-1',
      clientToken: 'seen',
      statusCode: '800',
    });
    expect(JSON.stringify(simulator.calls())).not.toContain(KEY.secretKey);
  });
});

describe('control', () => {
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${simulator.url}/_sim/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, value: (await response.json()) as Record<string, unknown> };
  };
  it('loads, reads and moves', async () => {
    expect((await control('POST', 'clock', { now: '2026-12-01T00:00:00Z' })).value.now).toMatch(/^2026-12-01/);
    expect((await control('POST', 'clock', { advanceSeconds: 86_400 })).value.now).toMatch(/^2026-12-02/);
    expect((await control('POST', 'faults', [{ kind: 'throttle' }])).status).toBe(200);
    expect((await control('GET', 'faults')).value).toMatchObject([{ kind: 'throttle' }]);
    expect((await control('DELETE', 'faults')).status).toBe(200);
    expect((await control('DELETE', 'calls')).status).toBe(200);
    expect((await control('GET', 'calls')).value).toEqual([]);
    expect((await control('GET', 'orders')).value).toEqual([]);
    expect((await control('GET', 'state')).value).toHaveProperty('accounts');
    await control('POST', 'clock', { now: new Date().toISOString() });
  });
  it.each<[string, string, unknown, number]>([
    ['an unknown fault', 'faults', [{ kind: 'rain' }], 400],
    ['a fault with an unknown key', 'faults', [{ kind: 'latency', second: 1 }], 400],
    ['a state without accounts', 'state', { accounts: [] }, 400],
    ['an unknown control', 'weather', {}, 404],
    ['a clock that is none', 'clock', { now: 'noon' }, 400],
  ])('%s is refused with its problems', async (_sentence, path, body, status) => {
    const answer = await control('POST', path, body);
    expect([answer.status, Array.isArray(answer.value.problems)]).toEqual([status, true]);
  });
});

describe('times', () => {
  it.each([
    ['+3d', '2026-01-04T00:00:00Z'],
    ['-2h30m', '2025-12-31T21:30:00Z'],
    ['+1d2h3m4s', '2026-01-02T02:03:04Z'],
    ['garbage', 'garbage'],
  ])('%s', (text, expected) => {
    expect(instantText(text, new Date('2026-01-01T00:00:00Z'))).toBe(expected);
  });
  it.each([
    ['2026-01-31T10:00:00Z', 'month', 1, '2026-02-28T10:00:00.000Z'],
    ['2028-02-29T10:00:00Z', 'year', 1, '2029-02-28T10:00:00.000Z'],
    ['2026-11-30T10:00:00Z', 'month', 3, '2027-02-28T10:00:00.000Z'],
  ])('%s and a %s times %d is %s', (from, type, count, expected) => {
    expect(addCycle(new Date(from), type, count).toISOString()).toBe(expected);
  });
});

describe('as a program', () => {
  const run = (args: string[]) => {
    const child = spawn('node_modules/.bin/tsx', ['local/simulator/main.ts', ...args]);
    const said = { err: '' };
    child.stderr.on('data', chunk => (said.err += chunk));
    const listening = new Promise<string>(resolve => child.stdout.once('data', chunk => resolve(String(chunk))));
    const ended = new Promise<number | null>(resolve => child.on('close', resolve));
    return { child, said, listening, ended };
  };
  it('says where it listens, in one line of JSON, and ends when told to', async () => {
    const { child, listening, ended } = run(['--port', '0']);
    const { url } = JSON.parse(await listening) as { url: string };
    expect((await fetch(`${url}/_sim/clock`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
  it('names every problem of its state and exits with 2', async () => {
    const file = join(tmpdir(), `bad-state-${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ accounts: [{ name: 'x', wat: 1 }], settings: { orderSeconds: -1 } }));
    const { said, ended } = run(['--state', file]);
    expect(await ended).toBe(2);
    expect(said.err).toMatch(/accounts\.0\.accessKey[\s\S]*accounts\.0\.secretKey[\s\S]*wat[\s\S]*orderSeconds/);
  });
});
