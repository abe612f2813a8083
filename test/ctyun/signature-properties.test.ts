import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery, eopDate, type Signable, signedHeaders } from '../../shared/ctyun/signature.ts';
import type { Credentials } from '../../shared/model/credentials.ts';
import { authorizationOf } from './four-hmacs.ts';

const wellFormed = fc.string({ unit: 'binary' });
/** Any UTF-16, halves of surrogate pairs included. */
const anyText = fc.oneof(wellFormed, fc.string({ unit: fc.nat(0xffff).map(unit => String.fromCharCode(unit)) }));
const anyParams = fc.dictionary(anyText, anyText);
const instant = fc.date({ min: new Date(0), max: new Date('9999-12-31T15:59:59.999Z'), noInvalidDate: true });
const hex32 = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });

const sorted = (pairs: readonly (readonly [string, string])[]) => pairs.map(pair => JSON.stringify(pair)).toSorted();

describe('for any parameters, the query', () => {
  it('is made of unreserved characters, upper-case escapes, = and & only', () =>
    fc.assert(
      fc.property(anyParams, params => {
        expect(canonicalQuery(params)).toMatch(/^(?:[A-Za-z0-9\-_.~=&]|%[0-9A-F]{2})*$/);
      }),
    ));

  it('decodes to what went in', () =>
    fc.assert(
      fc.property(anyParams, params => {
        const came = [...new URLSearchParams(canonicalQuery(params))];
        const went = Object.entries(params).map(
          ([name, value]) => [name.toWellFormed(), value.toWellFormed()] as const,
        );
        expect(sorted(came)).toEqual(sorted(went));
      }),
    ));

  it('does not depend on their order', () =>
    fc.assert(
      fc.property(anyParams, fc.infiniteStream(fc.nat()), (params, ranks) => {
        const shuffled = Object.entries(params)
          .map(entry => ({ entry, rank: ranks.next().value ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ entry }) => entry);
        expect(canonicalQuery(Object.fromEntries(shuffled))).toBe(canonicalQuery(params));
      }),
    ));
});

describe('for any instant from 1970 to 9999, the date', () => {
  // Not Asia/Shanghai: that zone had summer time from 1986 to 1991.
  const eightAhead = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Etc/GMT-8',
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });

  it('is what a calendar eight hours ahead of UTC shows', () =>
    fc.assert(
      fc.property(instant, at => {
        const part = Object.fromEntries(eightAhead.formatToParts(at).map(({ type, value }) => [type, value]));
        const { year, month, day, hour, minute, second } = part;
        expect(eopDate(at)).toBe(`${year}${month}${day}T${hour}${minute}${second}Z`);
      }),
    ));
});

type Parts = Credentials & Omit<Signable, 'body'> & { readonly body: string };
const anyParts: fc.Arbitrary<Parts> = fc.record({
  accessKey: hex32,
  secretKey: hex32,
  query: wellFormed,
  body: wellFormed,
  requestId: fc.uuid(),
  instant,
});
const authorization = (parts: Parts): string => signedHeaders(parts, parts)['Eop-Authorization'] ?? '';
const signed = (parts: Parts): string => authorization(parts).replace(/^.*Signature=/, '');
const changeable = ['accessKey', 'secretKey', 'query', 'body', 'requestId', 'instant'] as const;

describe('for any request, the signature', () => {
  it('equals four plain HMACs', () =>
    fc.assert(
      fc.property(anyParts, parts => {
        expect(authorization(parts)).toBe(authorizationOf(parts, { ...parts, date: eopDate(parts.instant) }));
      }),
    ));

  it.each(changeable)('changes with the %s', part =>
    fc.assert(
      fc.property(anyParts, anyParts, (parts, other) => {
        const changed = { ...parts, [part]: other[part] };
        const seen = ({ instant: at, ...rest }: Parts) => JSON.stringify([eopDate(at), rest]);
        fc.pre(seen(changed) !== seen(parts));
        expect(signed(changed)).not.toBe(signed(parts));
      }),
    ),
  );

  it('does not change within one second', () =>
    fc.assert(
      fc.property(anyParts, fc.nat(999), fc.nat(999), (parts, a, b) => {
        const second = Math.floor(parts.instant.getTime() / 1000) * 1000;
        const at = (ms: number) => signed({ ...parts, instant: new Date(second + ms) });
        expect(at(a)).toBe(at(b));
      }),
    ));
});
