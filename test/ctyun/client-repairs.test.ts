import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../shared/model/errors.ts';
import {
  authentic,
  badSignature,
  buyThing,
  failureOf,
  given,
  header,
  NEW,
  NOW,
  no,
  OLD,
  ok,
  readThing,
} from './given.ts';
import type { Script } from './scripted-server.ts';

const MINUTE = 60_000;
const ahead = (ms: number): Date => new Date(NOW.getTime() + ms);
const instantOf = (eopDate: string): number =>
  Date.parse(eopDate.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6+08:00'));

/** Refuses dates more than 15 minutes from its own clock, as CTyun does. */
const strictAbout =
  (serverNow: Date): Script =>
  seen =>
    Math.abs(instantOf(header(seen, 'eop-date')) - serverNow.getTime()) > 15 * MINUTE
      ? badSignature({ date: serverNow.toUTCString() })
      : ok();

describe('a wrong clock', () => {
  it.each([
    ['20 minutes behind', 20 * MINUTE],
    ['20 minutes ahead', -20 * MINUTE],
    ['a day behind', 1440 * MINUTE],
  ])('%s is corrected once, and stays so', async (_sentence, skew) => {
    const { client, server, refreshed, slept } = await given(strictAbout(ahead(skew)));
    await client.call(readThing, { q: 'x' });
    await client.call(readThing, { q: 'y' });
    expect(server.seen.map(seen => instantOf(header(seen, 'eop-date')) - NOW.getTime())).toEqual([0, skew, skew]);
    expect(server.seen.every(seen => authentic(seen, OLD))).toBe(true);
    expect([refreshed, slept]).toEqual([[], []]);
  });

  it('heals every call in flight, and none of them suspects the key', async () => {
    const { client, refreshed } = await given(strictAbout(ahead(MINUTE * 30)));
    const calls = Array.from({ length: 6 }, () => client.call(readThing, { q: 'x' }));
    expect(await Promise.all(calls)).toHaveLength(6);
    expect(refreshed).toEqual([]);
  });

  it('heals a write too, with the same body', async () => {
    const { client, server } = await given(strictAbout(ahead(MINUTE * 30)));
    await client.call(buyThing, { name: 'x' }, 'token-1');
    expect(server.seen[1]!.body).toBe(server.seen[0]!.body);
  });
});

describe('a rotated key', () => {
  const onlyNew: Script = seen => (authentic(seen, NEW) ? ok() : badSignature());

  it('is fetched anew once, and stays', async () => {
    const { client, server, refreshed, slept } = await given(onlyNew);
    await client.call(readThing, { q: 'x' });
    await client.call(readThing, { q: 'y' });
    expect(refreshed).toEqual([OLD]);
    expect(server.seen.map(seen => authentic(seen, NEW))).toEqual([false, true, true]);
    expect(slept).toEqual([]);
  });

  it('heals a write too, with the same body', async () => {
    const { client, server } = await given(onlyNew);
    await client.call(buyThing, { name: 'x' }, 'token-1');
    expect(server.seen[1]!.body).toBe(server.seen[0]!.body);
  });

  it('together with a wrong clock is healed as well', async () => {
    const clock = strictAbout(ahead(30 * MINUTE));
    const date = { date: ahead(30 * MINUTE).toUTCString() };
    const { client, server } = await given((seen, nth) =>
      authentic(seen, NEW) ? clock(seen, nth) : badSignature(date),
    );
    expect(await client.call(readThing, { q: 'x' })).toEqual({ name: 'it' });
    expect(server.seen).toHaveLength(3);
  });

  it('leaves room for the usual tries', async () => {
    const { client, tries } = await given((seen, nth) => (nth === 2 ? { status: 503 } : onlyNew(seen, nth)));
    await client.call(readThing, { q: 'x' });
    expect(tries.map(({ result }) => result)).toEqual(['credentials', 'unavailable', 'ok']);
  });

  it('that cannot be fetched is told as it is', async () => {
    const missing = new ConfigError(['the secret is gone'], 'Create it.');
    const credentials = { current: async () => OLD, refresh: () => Promise.reject(missing) };
    const { client } = await given(() => badSignature(), { credentials });
    await expect(client.call(readThing, { q: 'x' })).rejects.toBe(missing);
  });
});

describe('a signature that stays refused', () => {
  it.each<[string, Record<string, string>, number, number]>([
    ['the server tells no date', {}, 2, 1],
    ['the server tells a date that is no date', { date: 'today' }, 2, 1],
    ['the clock is right', { date: NOW.toUTCString() }, 2, 1],
    ['the clock is a minute off, which does not matter', { date: ahead(MINUTE).toUTCString() }, 2, 1],
    ['the clock is more than a minute off', { date: ahead(MINUTE + 1000).toUTCString() }, 3, 1],
  ])('ends in an error: %s', async (_sentence, headers, calls, refreshes) => {
    const { client, server, refreshed, slept } = await given(() => badSignature(headers));
    const failure = await failureOf(client.call(readThing, { q: 'x' }));
    expect(failure).toMatchObject({ kind: 'credentials', code: 'CTAPI_10009', operation: 'readThing' });
    expect([server.seen.length, refreshed.length, slept.length]).toEqual([calls, refreshes, 0]);
  });

  it('ends so although the server’s clock wanders', async () => {
    const { client, server } = await given((_seen, nth) =>
      badSignature({ date: ahead(nth * 60 * MINUTE).toUTCString() }),
    );
    await failureOf(client.call(readThing, { q: 'x' }));
    expect(server.seen).toHaveLength(3);
  });
});

describe('a key that the server repeats', () => {
  const echo = `ak ${OLD.accessKey} sk ${OLD.secretKey} again ${OLD.secretKey}`;
  it.each([
    ['in the description', no('X.Y', echo)],
    ['in the code', no(echo)],
    ['at the gateway', { status: 403, body: { statusCode: `CTAPI_${OLD.secretKey}`, message: echo } }],
    ['in an answer that is not the API’s', { status: 400, body: echo }],
  ])('is not in the error: %s', async (_where, reply) => {
    const { client, tries } = await given(() => reply);
    const failure = await failureOf(client.call(readThing, { q: 'x' }));
    const all = JSON.stringify([failure.message, failure.stack, failure.details, tries]);
    expect(all).not.toContain(OLD.secretKey);
    expect(all).not.toContain(OLD.accessKey);
  });
});
