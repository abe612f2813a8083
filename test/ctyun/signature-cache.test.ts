import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eopDate, signedHeaders } from '../../shared/ctyun/signature.ts';
import type { Credentials } from '../../shared/model/credentials.ts';
import { authorizationOf } from './four-hmacs.ts';

const at = (second: number): Date => new Date(Date.parse('2026-08-19T15:59:58Z') + second * 1000);
const parts = { requestId: 'r-1', query: 'a=1', body: '{}' };
const sign = (credentials: Credentials, instant: Date): string =>
  signedHeaders(credentials, { ...parts, instant })['Eop-Authorization'] ?? '';
const expected = (credentials: Credentials, instant: Date): string =>
  authorizationOf(credentials, { ...parts, date: eopDate(instant) });
const account = (name: number, key = 0): Credentials => ({ accessKey: `ak-${name}`, secretKey: `sk-${name}-${key}` });

describe('the kept key is never the wrong one', () => {
  it.each([
    ['the secret key was rotated within the second', account(1, 0), at(0), account(1, 1), at(0)],
    ['the next second', account(2), at(0), account(2), at(1)],
    ['the next second is the next day in Beijing', account(3), at(1), account(3), at(2)],
    ['another account has the same secret key', { ...account(4), accessKey: 'ak-5' }, at(0), account(4), at(0)],
    ['an earlier second, after the clock was set back', account(6), at(9), account(6), at(3)],
  ])('%s', (_sentence, first, firstAt, second, secondAt) => {
    expect(sign(first, firstAt)).toBe(expected(first, firstAt));
    expect(sign(second, secondAt)).toBe(expected(second, secondAt));
    expect(sign(first, firstAt)).toBe(expected(first, firstAt));
  });

  it('with more accounts than are kept, in turns', () => {
    for (let round = 0; round < 3; round++)
      for (let name = 0; name < 200; name++)
        expect(sign(account(name), at(round >> 1))).toBe(expected(account(name), at(round >> 1)));
  });

  it('in any interleaving of accounts, secret keys and seconds', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(1), fc.nat(3)), { maxLength: 60 }), steps => {
        for (const [name, key, second] of steps)
          expect(sign(account(name, key), at(second))).toBe(expected(account(name, key), at(second)));
      }),
    ));
});

describe('a key is derived', () => {
  const derived = vi.spyOn(crypto, 'createSecretKey');
  beforeAll(() => syncBuiltinESMExports());
  afterAll(() => {
    derived.mockRestore();
    syncBuiltinESMExports();
  });
  // Every test has its own second, so that nothing is kept from another.
  let second = 1000;
  beforeEach(() => {
    second += 10;
    derived.mockClear();
  });
  const accounts = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => account(1000 + from + i));
  const signAll = (all: readonly Credentials[], instant: Date): void => all.forEach(one => void sign(one, instant));

  it.each([
    ['once for many requests of one second', [0, 0, 0], 1],
    ['anew for every second', [0, 1, 2], 3],
    ['anew when a second comes again', [0, 1, 0], 3],
  ])('%s', (_sentence, seconds, times) => {
    for (const after of seconds) sign(account(1), at(second + after));
    expect(derived).toHaveBeenCalledTimes(times);
  });

  it('anew when the secret key was rotated', () => {
    for (const key of [0, 0, 1, 1]) sign(account(1, key), at(second));
    expect(derived).toHaveBeenCalledTimes(2);
  });

  it('once for each of a few accounts in turns', () => {
    for (let round = 0; round < 4; round++) signAll(accounts(0, 3), at(second));
    expect(derived).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['once for each of 64 accounts', 64, 64],
    ['anew for all when there are more than are kept', 65, 130],
  ])('%s', (_sentence, many, times) => {
    vi.resetModules(); // A module that has kept nothing yet.
    return import('../../shared/ctyun/signature.ts').then(fresh => {
      for (let round = 0; round < 2; round++)
        for (const one of accounts(0, many)) fresh.signedHeaders(one, { ...parts, instant: at(second) });
      expect(derived).toHaveBeenCalledTimes(times);
    });
  });
});
