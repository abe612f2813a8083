import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/model/canonical-json.ts';
import { digest, tokenOf } from '../../shared/model/token.ts';

describe('canonical JSON', () => {
  it.each<[string, unknown, string]>([
    ['sorts keys', { b: 1, a: 2, B: 3 }, '{"B":3,"a":2,"b":1}'],
    ['sorts keys at every depth', { b: [{ d: 1, c: { f: 1, e: 2 } }] }, '{"b":[{"c":{"e":2,"f":1},"d":1}]}'],
    ['leaves arrays in their order', [3, 1, 2], '[3,1,2]'],
    ['writes dates as ISO 8601', { at: new Date('2026-08-19T16:00:00Z') }, '{"at":"2026-08-19T16:00:00.000Z"}'],
    ['leaves undefined members out', { a: undefined, b: null }, '{"b":null}'],
    ['writes scalars', 'x', '"x"'],
    ['escapes lone surrogates, so that they stay distinct', ['\ud800', '\udc00'], '["\\ud800","\\udc00"]'],
    ['writes null', null, 'null'],
  ])('%s', (_sentence, value, json) => expect(canonicalJson(value)).toBe(json));

  it('says the same as JSON', () =>
    fc.assert(
      fc.property(
        fc.jsonValue(),
        value => void expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    ));

  it('does not depend on the order of keys', () =>
    fc.assert(
      fc.property(fc.jsonValue(), value => void expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))),
    ));

  it('is the same only for equal values', () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
        const same = canonicalJson(a) === canonicalJson(b);
        if (same) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    ));
});

/** The same value with every object's keys in opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

const facts = {
  ...{ account: 'prod', region: 'r-1', eipId: 'eip-1' },
  ...{ expiresAt: new Date('2026-09-01T00:00:00Z'), cycle: { type: 'month', count: 1 } },
};
const token = tokenOf('renew', facts);

describe('the token', () => {
  it('is the action and the hash of what it rests on', () => {
    const json = canonicalJson({ facts, kind: 'renew' });
    expect(token).toBe(`renew-${createHash('sha256').update(json).digest('hex').slice(0, 48)}`);
    expect(digest({ facts, kind: 'renew' })).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, string]>([
    ['the same facts', tokenOf('renew', { ...facts })],
    ['the same facts in another order', tokenOf('renew', reversed(facts) as typeof facts)],
    ['an equal instant', tokenOf('renew', { ...facts, expiresAt: new Date(facts.expiresAt) })],
  ])('is the same for %s', (_sentence, other) => expect(other).toBe(token));

  it.each<[string, string]>([
    ['another action', tokenOf('resize', facts)],
    ['another account', tokenOf('renew', { ...facts, account: 'test' })],
    ['another region', tokenOf('renew', { ...facts, region: 'r-2' })],
    ['another EIP', tokenOf('renew', { ...facts, eipId: 'eip-2' })],
    ['the expiry that success brings', tokenOf('renew', { ...facts, expiresAt: new Date('2026-10-01T00:00:00Z') })],
    ['an expiry one millisecond later', tokenOf('renew', { ...facts, expiresAt: new Date(+facts.expiresAt + 1) })],
    ['another cycle', tokenOf('renew', { ...facts, cycle: { type: 'month', count: 2 } })],
    ['one fact more', tokenOf('renew', { ...facts, more: null })],
  ])('differs for %s', (_sentence, other) => expect(other).not.toBe(token));

  it('is what CTyun takes for a clientToken: 1 to 64 plain characters, whatever the facts', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('renew', 'resize', 'release'),
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        (kind, any) => void expect(tokenOf(kind, any)).toMatch(/^[a-z]+-[0-9a-f]{48}$/),
      ),
    ));

  it('differs for any two different sets of facts', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.integer()),
        fc.dictionary(fc.string(), fc.integer()),
        (a, b) => void expect(tokenOf('renew', a) === tokenOf('renew', b)).toBe(canonicalJson(a) === canonicalJson(b)),
      ),
    ));
});
