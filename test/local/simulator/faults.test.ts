import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Body } from './signing-caller.ts';
import { closeAll, eip, LIST, month, RENEW, SHOW, stand } from './stand.ts';

closeAll();

const RENEW_PATH = '/v4/eip/renew';

describe('a fault spoils the answer', () => {
  const none = { orders: 0 };
  const acted = { orders: 1 };
  it.each([
    ['throttle', { retryAfterSeconds: 3 }, 429, none],
    ['status', { status: 503 }, 503, none],
    ['garbage', {}, 200, none],
    ['garbage', { acted: true }, 200, acted],
    ['html', { status: 502 }, 502, none],
    ['html', { acted: true }, 200, acted],
    ['empty', {}, 200, none],
    ['empty', { acted: true }, 200, acted],
    ['huge', { acted: true }, 200, acted],
  ])('%s %j: HTTP %i, and %j', async (kind, more, status, { orders }) => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind, path: RENEW_PATH, ...more }]);
    const answer = await open.call(RENEW, month);
    expect(answer.status).toBe(status);
    expect(answer.body.statusCode).toBeUndefined();
    expect(open.simulator.orders()).toHaveLength(orders);
    if (kind === 'throttle') expect(answer.headers.get('retry-after')).toBe('3');
    if (kind === 'huge') expect(answer.text.length).toBeGreaterThan(8 * 1024 * 1024);
    expect(open.simulator.calls().at(-1)?.fault).toBe(kind);
  });

  it.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ])('%s cuts the connection with %i orders made', async (kind, orders) => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind }]);
    await expect(open.call(RENEW, month)).rejects.toThrow();
    expect(open.simulator.orders()).toHaveLength(orders);
  });

  it.each([
    ['hang-before', 0],
    ['hang-after', 1],
  ])('%s never answers, with %i orders made, and does not hinder closing', async (kind, orders) => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind }]);
    const fate = open.call(RENEW, month).then(
      () => 'answered',
      () => 'cut',
    );
    const pause = new Promise(resolve => setTimeout(resolve, 150, 'waiting'));
    expect(await Promise.race([fate, pause])).toBe('waiting');
    expect(open.simulator.orders()).toHaveLength(orders);
    await open.simulator.close();
    expect(await fate).toBe('cut');
  });

  it('latency delays it', async () => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind: 'latency', ms: 120 }]);
    const start = performance.now();
    expect((await open.show()).ID).toBe('eip-1');
    expect(performance.now() - start).toBeGreaterThan(110);
  });
});

describe('a fault bends the answer', () => {
  const eips = [eip('eip-1'), eip('eip-2'), eip('eip-3')];
  it.each([
    ['short-page', {}, ['eip-1', 'eip-2'], 3],
    ['duplicate-row', {}, ['eip-1', 'eip-2', 'eip-1'], 3],
    ['wrong-count', { delta: 2 }, ['eip-1', 'eip-2', 'eip-3'], 5],
    ['wrong-count', { delta: -1 }, ['eip-1', 'eip-2', 'eip-3'], 2],
  ])('%s %j', async (kind, more, ids, totalCount) => {
    const open = await stand(eips);
    open.simulator.faults([{ kind, ...more }]);
    const list = (await open.call(LIST)).body.returnObj as { eips: { ID: string }[]; totalCount: number };
    expect([list.eips.map(({ ID }) => ID), list.totalCount]).toEqual([ids, totalCount]);
  });

  it('string-status and array-return, both at once', async () => {
    const open = await stand(eips);
    open.simulator.faults([{ kind: 'string-status' }, { kind: 'array-return' }]);
    const { body } = await open.call(SHOW, { eipID: 'eip-1' });
    expect([body.statusCode, (body.returnObj as Body[])[0]?.ID]).toEqual(['800', 'eip-1']);
  });
});

describe('which calls a fault strikes', () => {
  const twice = [SHOW, SHOW];
  it.each([
    ['all', {}, twice, [429, 429]],
    ['one path', { path: RENEW_PATH }, [SHOW, RENEW], [200, 429]],
    ['paths that start alike', { path: '/v4/eip/*' }, [SHOW, 'GET /v4/region/list-regions'], [429, 200]],
    ['after the first', { after: 1 }, twice, [200, 429]],
    ['once', { times: 1 }, twice, [429, 200]],
    ['the second only', { after: 1, times: 1 }, [SHOW, SHOW, SHOW], [200, 429, 200]],
    ['another account’s', { account: 'other' }, twice, [200, 200]],
    ['this account’s', { account: 'main' }, twice, [429, 429]],
    ['another EIP’s', { eipID: 'eip-2' }, twice, [200, 200]],
    ['this EIP’s', { eipID: 'eip-1' }, twice, [429, 429]],
    ['another region’s', { regionID: 'r-2' }, twice, [200, 200]],
  ])('%s', async (_, where, operations, statuses) => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind: 'throttle', ...where }]);
    const found: number[] = [];
    for (const operation of operations) found.push((await open.call(operation, month)).status);
    expect(found).toEqual(statuses);
  });
  it('what is faster than a rate, and again what comes after it has rested', async () => {
    const open = await stand([eip('eip-1')]);
    open.simulator.faults([{ kind: 'throttle', perSecond: 10 }]);
    const statusOf = async (): Promise<number> => (await open.call(SHOW, { eipID: 'eip-1' })).status;
    const burst = await Promise.all(Array.from({ length: 20 }, statusOf));
    expect(burst.filter(status => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(burst.filter(status => status === 429).length).toBeGreaterThanOrEqual(10);
    await pause(150);
    expect(await statusOf()).toBe(200);
  });
});
