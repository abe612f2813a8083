import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedKey, type Received, signatureProblem } from '../../../local/simulator/signature-check.ts';

type Vector = {
  id: string;
  accessKey: string;
  secretKey: string;
  instant: string;
  eopDate: string;
  requestId: string;
  query: string;
  body: string;
  authorization: string;
};
const { vectors } = JSON.parse(readFileSync('test/vectors/signing-vectors.json', 'utf8')) as { vectors: Vector[] };

const received = (vector: Vector): Received => ({
  headers: {
    'ctyun-eop-request-id': vector.requestId,
    'eop-date': vector.eopDate,
    'eop-authorization': vector.authorization,
  },
  rawQuery: vector.query,
  body: Buffer.from(vector.body),
});
const at = (instant: string, minutes = 0) => ({
  now: new Date(Date.parse(instant) + minutes * 60_000),
  windowMinutes: 15,
  beijing: true,
});

describe('the gateway', () => {
  it.each(vectors.map(vector => [vector.id, vector] as const))('accepts vector %s', (_id, vector) => {
    expect(signatureProblem(received(vector), vector, at(vector.instant))).toBeUndefined();
    expect(claimedKey(received(vector).headers)).toBe(vector.accessKey);
  });
  it('refuses any change of one byte', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vectors),
        fc.constantFrom('body', 'query', 'id', 'date'),
        fc.nat(),
        (vector, part, where) => {
          const request = received(vector);
          const flip = (text: string): string => {
            const index = where % Math.max(1, text.length);
            return `${text.slice(0, index)}${text[index] === '7' ? '8' : '7'}${text.slice(index + 1)}`;
          };
          const changed: Received = {
            headers: {
              ...request.headers,
              ...(part === 'id' ? { 'ctyun-eop-request-id': flip(vector.requestId) } : {}),
              ...(part === 'date' ? { 'eop-date': flip(vector.eopDate) } : {}),
            },
            rawQuery: part === 'query' ? flip(vector.query) : vector.query,
            body: part === 'body' ? Buffer.from(flip(vector.body)) : request.body,
          };
          expect(signatureProblem(changed, vector, { ...at(vector.instant), windowMinutes: 1e9 })?.code).toBe(
            'CTAPI_10009',
          );
        },
      ),
    );
  });
  it.each<[string, number, boolean]>([
    ['at once', 0, true],
    ['fifteen minutes late', 15, true],
    ['later', 15.1, false],
    ['fifteen minutes early', -15, true],
    ['earlier', -15.1, false],
    ['by a clock of Greenwich', 480, false],
  ])('%s: %d minutes, %s', (_sentence, minutes, accepted) => {
    const vector = vectors[0]!;
    expect(signatureProblem(received(vector), vector, at(vector.instant, minutes)) === undefined).toBe(accepted);
  });
  it('can be told to accept Greenwich too', () => {
    const vector = vectors[0]!;
    expect(signatureProblem(received(vector), vector, { ...at(vector.instant, 480), beijing: false })).toBeUndefined();
  });
  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    [
      'a header that is not signed',
      {
        'eop-authorization': 'ak Headers=eop-date Signature=x',
        'eop-date': '20260101T000000Z',
        'ctyun-eop-request-id': '1',
      },
    ],
    [
      'a date that is none',
      {
        'eop-authorization': 'ak Headers=ctyun-eop-request-id;eop-date Signature=x',
        'eop-date': 'today',
        'ctyun-eop-request-id': '1',
      },
    ],
  ])('refuses %s', (_sentence, headers) => {
    expect(
      signatureProblem({ headers, rawQuery: '', body: Buffer.alloc(0) }, vectors[0]!, at('2026-01-01T00:00:00Z'))?.code,
    ).toBe('CTAPI_10009');
  });
});
