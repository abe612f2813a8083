import { describe, expect, it } from 'vitest';
import { WireError } from '../../shared/ctyun/wire.ts';
import { buyThing, failureOf, type Given, given, header, no, ok } from './given.ts';
import type { Reply } from './scripted-server.ts';

const down: Reply = { status: 503, body: 'down' };
const throttled: Reply = { status: 429, body: 'slow down' };
const inTurn = (replies: readonly Reply[]) => (_seen: unknown, nth: number) => replies[nth - 1] ?? ok();
const buy = { name: '弹性IP' };

describe('a write', () => {
  it.each<[string, Reply, string]>([
    ['a lost answer', 'hang-up', 'lost'],
    ['half an answer', 'half', 'lost'],
    ['no answer in time', 'silence', 'lost'],
    ['an outage', down, 'unavailable'],
    ['an unreadable answer', { body: '' }, 'unreadable'],
    ['an answer without the documented fields', ok({}), 'unreadable'],
    ['a refusal', no('Openapi.Parameter.Error'), 'refused'],
  ])('is not sent again after %s', async (_fault, fault, kind) => {
    const { client, server, slept } = await given(() => fault, { timeoutMs: 150 });
    expect((await failureOf(client.call(buyThing, buy, 'token-1'))).kind).toBe(kind);
    expect([server.seen.length, slept.length]).toEqual([1, 0]);
  });

  it('is sent again after throttling, with the same token and body', async () => {
    const { client, server } = await given(inTurn([throttled, throttled]));
    await client.call(buyThing, buy, 'token-1');
    expect(server.seen.map(({ body }) => body)).toEqual(Array(3).fill('{"clientToken":"token-1","name":"弹性IP"}'));
    expect(new Set(server.seen.map(seen => header(seen, 'ctyun-eop-request-id'))).size).toBe(3);
  });

  it('is sent again after a refused connection, with the same token', async () => {
    const urls = ['http://127.0.0.1:1'];
    const world: Given = await given(() => ok(), { endpoint: () => urls.shift() ?? world.server.url });
    const { client, server, tries } = world;
    await client.call(buyThing, buy, 'token-1');
    expect(tries).toMatchObject([{ result: 'not-sent', code: 'ECONNREFUSED' }, { result: 'ok' }]);
    expect(server.seen.map(({ body }) => body)).toEqual(['{"clientToken":"token-1","name":"弹性IP"}']);
  });

  it('that never reaches a server fails as not sent, with its cause', async () => {
    const { client, tries } = await given(() => ok(), { endpoint: () => 'http://127.0.0.1:1' });
    const failure = await failureOf(client.call(buyThing, buy, 'token-1'));
    expect(failure.kind).toBe('not-sent');
    expect(failure.cause).toBeInstanceOf(WireError);
    expect(tries).toHaveLength(5);
  });
});
