import { describe, expect, it } from 'vitest';
import {
  bodyDigest,
  canonicalQuery,
  dayKey,
  eopDate,
  type QueryValue,
  signature,
  signedHeaders,
  stringToSign,
} from '../../shared/ctyun/signature.ts';
import { examples, vectors } from './vectors.ts';

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

it('has all thirty vectors', () => expect(vectors).toHaveLength(30));

describe.each(vectors)('vector $id', vector => {
  const { accessKey, secretKey, requestId, query, body } = vector;
  const credentials = { accessKey, secretKey };
  const instant = new Date(vector.instant);

  it('dates the request', () => expect(eopDate(instant)).toBe(vector.eopDate));
  it('writes the query', () => expect(canonicalQuery(vector.params)).toBe(query));
  it('composes the string to sign', () =>
    expect(stringToSign(requestId, vector.eopDate, query, bodyDigest(body))).toBe(vector.stringToSign));
  it('derives the key of the day', () =>
    expect(dayKey(credentials, vector.eopDate).export().toString('hex')).toBe(vector.kDateHex));
  it('signs', () => expect(signature(dayKey(credentials, vector.eopDate), vector.stringToSign)).toBe(vector.signature));
  it.each([
    ['text', body],
    ['bytes', Buffer.from(body)],
  ])('makes the headers, the body given as %s', (_as, given) =>
    expect(signedHeaders(credentials, { query, body: given, requestId, instant })).toEqual({
      'ctyun-eop-request-id': requestId,
      'eop-date': vector.eopDate,
      'Eop-Authorization': vector.authorization,
    }),
  );
});

describe('what documents and other clients show', () => {
  const { signing } = examples;
  const keyed = signing.filter(({ inputs }) => inputs.ak && inputs.sk);
  const credentialsOf = ({ ak = '', sk = '' }: { ak?: string; sk?: string }) => ({ accessKey: ak, secretKey: sk });

  it.each(signing.filter(({ inputs, expected }) => inputs.params && (expected.query ?? inputs.query)))(
    '$id: the query',
    ({ inputs, expected }) => expect(canonicalQuery(inputs.params ?? {})).toBe(expected.query ?? inputs.query),
  );

  it.each(signing.filter(({ inputs }) => inputs.utc ?? inputs.beijingTime))('$id: the date', ({ inputs, expected }) =>
    expect(eopDate(new Date(inputs.utc ?? inputs.beijingTime ?? ''))).toBe(expected.eopDate ?? inputs.eopDate),
  );

  it.each(signing.filter(({ expected }) => expected.stringToSign))(
    '$id: the string to sign',
    ({ inputs, expected }) => {
      const { requestId = '', eopDate: date = '', query = '', body = '' } = inputs;
      if (expected.bodySha256) expect(bodyDigest(body)).toBe(expected.bodySha256);
      expect(stringToSign(requestId, date, query, bodyDigest(body))).toBe(expected.stringToSign);
    },
  );

  it.each(keyed)('$id: the key and the signature', ({ inputs, expected }) => {
    const key = dayKey(credentialsOf(inputs), inputs.eopDate ?? '');
    if (expected.kDateHex) expect(key.export().toString('hex')).toBe(expected.kDateHex);
    expect(signature(key, inputs.stringToSignAsGiven ?? expected.stringToSign ?? '')).toBe(expected.signature);
  });

  it('uses six keyed examples, of three origins', () => {
    expect(keyed).toHaveLength(6);
    expect(new Set(signing.map(({ origin }) => origin))).toEqual(new Set(['official', 'thirdparty', 'derived']));
  });
});

describe('the date is Beijing wall time with a literal Z', () => {
  it.each([
    ['one second before midnight in Beijing it is still that day', '2026-08-19T15:59:59Z', '20260819T235959Z'],
    ['at midnight in Beijing the day changes', '2026-08-19T16:00:00Z', '20260820T000000Z'],
    ['at midnight UTC it is eight in the morning', '2026-08-20T00:00:00Z', '20260820T080000Z'],
    ['the last second of the UTC day', '2026-08-19T23:59:59Z', '20260820T075959Z'],
    ['the year changes in Beijing first', '2026-12-31T16:00:00Z', '20270101T000000Z'],
    ['a leap day begins in Beijing first', '2028-02-28T16:00:00Z', '20280229T000000Z'],
    ['parts of a second are cut, not rounded', '2026-08-19T15:59:59.999Z', '20260819T235959Z'],
    ['summer time, which China once had, is not applied', '1988-07-01T00:00:00Z', '19880701T080000Z'],
    ['the first instant', '1970-01-01T00:00:00Z', '19700101T080000Z'],
  ])('%s', (_sentence, instant, date) => expect(eopDate(new Date(instant))).toBe(date));
});

describe('the query', () => {
  it.each<[string, Record<string, QueryValue>, string]>([
    ['nothing gives the empty text', {}, ''],
    ['names are sorted by code unit', { b: 1, a: 2, B: 3, _: 4 }, 'B=3&_=4&a=2&b=1'],
    ['numbers and truth values are written as text', { n: 0, f: false, t: true }, 'f=false&n=0&t=true'],
    ['an empty value stays', { a: '' }, 'a='],
    ['an undefined value is left out', { a: undefined, b: 'x' }, 'b=x'],
    ['a space is %20 and a plus %2B', { q: 'a b+c' }, 'q=a%20b%2Bc'],
    ['unreserved characters stay', { q: 'AZaz09-_.~' }, 'q=AZaz09-_.~'],
    ['what encodeURIComponent forgets is encoded too', { q: "!'()*" }, 'q=%21%27%28%29%2A'],
    ['separators in values are encoded', { q: 'a=b&c#d?/%' }, 'q=a%3Db%26c%23d%3F%2F%25'],
    ['names are encoded as well', { 'a b': 1, 名: 2 }, 'a%20b=1&%E5%90%8D=2'],
    ['a lone surrogate becomes U+FFFD', { q: '\ud800' }, 'q=%EF%BF%BD'],
    ['a pair of surrogates is one character', { q: '🚀' }, 'q=%F0%9F%9A%80'],
  ])('%s', (_sentence, params, query) => expect(canonicalQuery(params)).toBe(query));
});

describe('the digest of the body', () => {
  it.each([
    ['of no text', '', EMPTY],
    ['of no bytes', new Uint8Array(), EMPTY],
    ['of text is of its UTF-8 bytes', '中', bodyDigest(Buffer.from([0xe4, 0xb8, 0xad]))],
    [
      'of bytes that are no UTF-8',
      Buffer.from([0xff]),
      'a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89',
    ],
  ])('%s', (_sentence, body, digest) => expect(bodyDigest(body)).toBe(digest));
});
