import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { buyThing, failureOf, given, NOW, ok, readThing } from './given.ts';
import type { Reply } from './scripted-server.ts';

const once = { tries: 1, firstDelayMs: 0, maxDelayMs: 0 };
const in_ = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('calls in flight', () => {
  it.each([1, 3, 8])('are at most %i', async concurrency => {
    const flying = { now: 0, most: 0 };
    const { client, server } = await given(
      async () => {
        flying.most = Math.max(flying.most, ++flying.now);
        await wait(10);
        flying.now -= 1;
        return ok();
      },
      { concurrency },
    );
    await Promise.all(Array.from({ length: 24 }, () => client.call(readThing, { q: 'x' })));
    expect([flying.most, server.seen.length]).toEqual([concurrency, 24]);
  });

  it('make room when they fail', async () => {
    const { client, server } = await given(() => ({ status: 400 }), { concurrency: 1 });
    await Promise.allSettled([1, 2, 3].map(() => client.call(readThing, { q: 'x' })));
    expect(server.seen).toHaveLength(3);
  });
});

describe('the deadline', () => {
  it.each([
    ['has passed', -1],
    ['is now', 0],
  ])('%s: nothing is sent', async (_sentence, ms) => {
    const { client, server } = await given(() => ok(), { deadline: in_(ms) });
    const failure = await failureOf(client.call(buyThing, { name: 'x' }, 'token-1'));
    expect(failure).toMatchObject({ kind: 'not-sent', code: 'OUT_OF_TIME' });
    expect(server.seen).toHaveLength(0);
  });

  it('stops tries: the last one’s error is told', async () => {
    const { client, server, slept } = await given(() => ({ status: 503 }), { deadline: in_(350) });
    expect((await failureOf(client.call(readThing, { q: 'x' }))).kind).toBe('unavailable');
    expect([slept, server.seen.length]).toEqual([[100, 200], 3]);
  });

  it.each([
    ['as long as the time left is not slept', 3_000, 0],
    ['shorter than that is', 3_500, 1],
  ])('a wait %s', async (_sentence, ms, sleeps) => {
    const throttle: Reply = { status: 429, headers: { 'retry-after': '3' } };
    const script = (_seen: unknown, nth: number): Reply => (nth === 1 ? throttle : ok());
    const { client, slept } = await given(script, { deadline: in_(ms), random: () => 0 });
    await client.call(readThing, { q: 'x' }).catch(() => undefined);
    expect(slept).toHaveLength(sleeps);
  });
});

describe('one try', () => {
  it.each([
    ['its own timeout', 100, 60_000],
    ['the deadline, where that is nearer', 60_000, 100],
  ])('ends at %s', async (_sentence, timeoutMs, left) => {
    const { client } = await given(() => 'silence', { timeoutMs, deadline: in_(left), retry: once });
    const begun = performance.now();
    expect(await failureOf(client.call(readThing, { q: 'x' }))).toMatchObject({ kind: 'lost', code: 'TIMEOUT' });
    expect(performance.now() - begun).toBeGreaterThan(80);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  const padded = (bytes: number): Reply => {
    const json = JSON.stringify(ok().body);
    return { body: json + ' '.repeat(bytes - json.length) };
  };
  it.each([
    ['8 MiB is read', 8 * 1024 * 1024, undefined],
    ['one byte more is not', 8 * 1024 * 1024 + 1, { kind: 'lost', code: 'ANSWER_TOO_LARGE' }],
  ])('an answer of %s', async (_sentence, bytes, failure) => {
    const { client } = await given(() => padded(bytes), { retry: once });
    const call = client.call(readThing, { q: 'x' });
    if (failure) expect(await failureOf(call)).toMatchObject(failure);
    else expect(await call).toEqual({ name: 'it' });
  });
});
