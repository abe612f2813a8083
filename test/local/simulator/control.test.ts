import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../../local/simulator/server.ts';
import { type Body, KEY } from './signing-caller.ts';
import { closeAll, eip, month, RENEW, SHOW, stand } from './stand.ts';

closeAll();

async function control(url: string, route: string, body?: unknown): Promise<{ status: number; value: Body & Body[] }> {
  const [method = 'GET', path = ''] = route.split(' ');
  const response = await fetch(`${url}/_sim/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, value: (await response.json()) as Body & Body[] };
}

describe('the control routes', () => {
  it('give a state that can be loaded again', async () => {
    const open = await stand([eip('eip-1', { labels: { a: 'b' }, load: { points: [{ at: '-5m', egressMbps: 9 }] } })]);
    const { value } = await control(open.simulator.url, 'GET state');
    expect((await control(open.simulator.url, 'POST state', value)).status).toBe(200);
    expect((await control(open.simulator.url, 'GET state')).value.accounts).toEqual(value.accounts);
    expect((await open.show()).expiredAt).toBe('2026-11-30T00:00:00Z');
  });

  it('tell orders and calls, without secrets', async () => {
    const { simulator, call } = await stand([eip('eip-1')]);
    await call(RENEW, { ...month, clientToken: 'mine' });
    expect((await control(simulator.url, 'GET orders')).value[0]).toMatchObject({ kind: 'renew', clientToken: 'mine' });
    const { value } = await control(simulator.url, 'GET calls');
    const told = { account: 'main', method: 'POST', path: '/v4/eip/renew', clientToken: 'mine', regionID: 'r-1' };
    expect(value[0]).toMatchObject({ ...told, eipID: 'eip-1', httpStatus: 200, statusCode: '800' });
    expect(JSON.stringify(value)).not.toContain(KEY.secretKey);
    await control(simulator.url, 'DELETE calls');
    expect(simulator.calls()).toEqual([]);
  });

  it('move the clock', async () => {
    const { simulator } = await stand([]);
    await control(simulator.url, 'POST clock', { now: '2027-01-01T00:00:00Z' });
    const { value } = await control(simulator.url, 'POST clock', { advanceSeconds: 3600 });
    expect(value.now).toContain('2027-01-01T01:00:0');
  });

  it('set faults as a list or an object, and lift them', async () => {
    const { simulator, call } = await stand([eip('eip-1')]);
    const status = async () => (await call(SHOW, { eipID: 'eip-1' })).status;
    const fault = { kind: 'throttle', times: 1 };
    for (const body of [[fault], { faults: [fault] }]) {
      await control(simulator.url, 'POST faults', body);
      expect([await status(), await status()]).toEqual([429, 200]);
    }
    await control(simulator.url, 'POST faults', [{ kind: 'throttle' }]);
    expect((await control(simulator.url, 'GET faults')).value).toHaveLength(1);
    await control(simulator.url, 'DELETE faults');
    expect(await status()).toBe(200);
  });

  it.each([
    [
      'faults of no kind and with unknown keys',
      'POST faults',
      [{ kind: 'rain' }, { kind: 'empty', colour: 1 }],
      ['kind', 'colour'],
    ],
    ['a fault without what it needs', 'POST faults', [{ kind: 'clock-skew' }], ['minutes']],
    ['a clock without a time', 'POST clock', { now: 'noon' }, ['']],
    [
      'a state with several mistakes',
      'POST state',
      { colour: 1, accounts: [{ name: 'a', accessKey: 7 }] },
      ['colour', 'accessKey', 'secretKey'],
    ],
    [
      'an EIP with a field that the API lacks',
      'POST state',
      { accounts: [{ name: 'a', ...KEY, eips: [eip('e', { colour: 1 })] }] },
      ['colour'],
    ],
    [
      'two accounts of one name',
      'POST state',
      {
        accounts: [
          { name: 'a', ...KEY },
          { name: 'a', ...KEY },
        ],
      },
      ['name', 'accessKey'],
    ],
  ])('refuse %s, naming all problems', async (_, route, body, words) => {
    const { simulator, show } = await stand([eip('eip-1')]);
    const { status, value } = await control(simulator.url, route, body);
    expect(status).toBe(400);
    for (const word of words) expect(String(value.problems)).toContain(word);
    expect((await show()).ID).toBe('eip-1');
  });

  it('are no others', async () => {
    expect((await control((await stand([])).simulator.url, 'GET nothing')).status).toBe(404);
  });
});

it('a caller that goes away in mid-request does no harm', async () => {
  const { simulator, show } = await stand([eip('eip-1')]);
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /v4/eip/new-list HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"regionID"');
  await new Promise(resolve => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise(resolve => setTimeout(resolve, 50));
  expect((await show()).ID).toBe('eip-1');
});

it('closing cuts connections that are kept', async () => {
  const simulator = await startSimulator();
  await control(simulator.url, 'GET clock');
  await simulator.close();
  await expect(fetch(simulator.url)).rejects.toThrow();
});
