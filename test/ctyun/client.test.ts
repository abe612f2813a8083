import { describe, expect, it } from 'vitest';
import { authentic, buyThing, failureOf, findThing, given, header, NOW, no, OLD, ok, readThing } from './given.ts';
import type { Reply } from './scripted-server.ts';

const down: Reply = { status: 503, body: 'down' };
const throttled: Reply = { status: 429, body: 'slow down' };
const inTurn = (replies: readonly Reply[]) => (_seen: unknown, nth: number) => replies[nth - 1] ?? ok();
const buy = { name: '弹性IP' };

describe('one call', () => {
  it('puts the parameters of a GET into the query that is signed', async () => {
    const { client, server } = await given(() => ok());
    expect(await client.call(readThing, { q: "a b+c/中'" })).toEqual({ name: 'it' });
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      path: '/v4/thing/show',
      query: 'q=a%20b%2Bc%2F%E4%B8%AD%27',
      body: '',
    });
    expect(authentic(server.seen[0]!, OLD)).toBe(true);
  });

  it('puts the parameters of a POST into the body that is signed', async () => {
    const { client, server } = await given(() => ok());
    await client.call(buyThing, buy, 'token-1');
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      query: '',
      body: '{"clientToken":"token-1","name":"弹性IP"}',
    });
    expect(authentic(server.seen[0]!, OLD)).toBe(true);
  });

  it('sends JSON, says who it is, and is dated in Beijing', async () => {
    const { client, server } = await given(() => ok());
    await client.call(readThing, { q: '' });
    expect(server.seen[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'eop-date': '20260819T235958Z',
    });
    expect(header(server.seen[0]!, 'user-agent')).toContain('eip-autopilot');
  });

  it.each([
    ['an object', { name: 'it' }],
    ['an array of one', [{ name: 'it' }]],
  ])('accepts returnObj as %s', async (_as, returnObj) => {
    const { client } = await given(() => ok(returnObj));
    expect(await client.call(readThing, { q: '' })).toEqual({ name: 'it' });
  });

  it('refuses to buy without a token, before anything is sent', async () => {
    const { client, server } = await given(() => ok());
    await expect(client.call(buyThing, buy)).rejects.toThrow('buyThing needs a token');
    expect(server.seen).toHaveLength(0);
  });

  it('lets a bug of ours through as it is', async () => {
    const bug = new TypeError('bug');
    const { client, tries } = await given(() => ok(), { wire: () => Promise.reject(bug) });
    await expect(client.call(readThing, { q: '' })).rejects.toBe(bug);
    expect(tries).toEqual([]);
  });
});

describe('a read is sent again after', () => {
  it.each<[string, Reply, string]>([
    ['an outage', down, 'unavailable'],
    ['throttling', throttled, 'throttled'],
    ['a lost answer', 'hang-up', 'lost'],
    ['half an answer', 'half', 'lost'],
    ['an answer that is not CTyun’s', { body: 'hello' }, 'unreadable'],
    ['an answer without the documented fields', ok({}), 'unreadable'],
  ])('%s', async (_fault, fault, kind) => {
    const { client, server, slept, tries } = await given(inTurn([fault]));
    expect(await client.call(readThing, { q: 'x' })).toEqual({ name: 'it' });
    expect(slept).toEqual([100]);
    expect(tries.map(({ result }) => result)).toEqual([kind, 'ok']);
    expect(server.seen).toHaveLength(2);
  });

  it('each of them up to five tries, with growing jittered waits', async () => {
    const { client, server, slept } = await given(() => down);
    expect(await failureOf(client.call(readThing, { q: 'x' }))).toMatchObject({
      kind: 'unavailable',
      operation: 'readThing',
      requestId: 'id-5',
    });
    expect(server.seen).toHaveLength(5);
    expect(slept).toEqual([100, 200, 400, 500]);
  });

  it('and every try has its own id and is signed for its own date', async () => {
    const { client, server } = await given(inTurn([down, down, down]), { random: () => 0.999 });
    await client.call(findThing, { q: 'x' });
    const ids = server.seen.map(seen => header(seen, 'ctyun-eop-request-id'));
    expect(ids).toEqual(['id-1', 'id-2', 'id-3', 'id-4']);
    expect(server.seen.map(seen => header(seen, 'eop-date').slice(7))).toEqual([
      '9T235958Z',
      '9T235958Z',
      '9T235958Z',
      '9T235959Z',
    ]);
    expect(server.seen.every(seen => authentic(seen, OLD))).toBe(true);
    expect(server.seen.map(({ body }) => body)).toEqual(ids.map(id => JSON.stringify({ clientToken: id, q: 'x' })));
  });

  it.each<[string, Reply]>([
    ['a refusal', no('Openapi.Parameter.Error')],
    ['no permission', no('CTIAM_0005')],
    ['the EIP gone', no('Openapi.Eip.NotFound')],
    ['an order running', no('Openapi.Order.Inprogress')],
    ['HTTP 404', { status: 404, body: 'no' }],
  ])('but not after %s', async (_fault, fault) => {
    const { client, server } = await given(() => fault);
    await failureOf(client.call(readThing, { q: 'x' }));
    expect(server.seen).toHaveLength(1);
  });
});

describe('Retry-After is obeyed', () => {
  const asks = (value: string): Reply => ({ status: 429, headers: { 'retry-after': value } });
  it.each<[string, string, number]>([
    ['in seconds', '3', 3_000],
    ['as a date', new Date(NOW.getTime() + 7_000).toUTCString(), 7_000],
    ['as a date that has passed', new Date(NOW.getTime() - 7_000).toUTCString(), 0],
    ['but not when unreadable', 'soon', 0],
  ])('%s', async (_sentence, value, wait) => {
    const { client, slept } = await given(inTurn([asks(value)]));
    await client.call(readThing, { q: 'x' });
    expect(slept).toEqual([wait + 100]);
  });
});
