import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHttpEvent, type HttpRequest } from '../../shared/edge/http-event.ts';

const event = (change: Record<string, unknown> = {}) => ({
  version: '2.0',
  rawPath: '/chat/slack',
  rawQueryString: '',
  headers: {},
  requestContext: { http: { method: 'POST', path: '/chat/slack' } },
  isBase64Encoded: false,
  ...change,
});
const decoded = (change: Record<string, unknown>) => decodeHttpEvent(event(change)) as HttpRequest;

describe('an HTTP event', () => {
  it('is decoded', () => {
    const change = { rawQueryString: 'a=1&b=%E7%BD%91&c=x%2By', headers: { 'X-Name': 'v' }, body: '{"名":1}' };
    expect(decodeHttpEvent(event(change))).toEqual({
      method: 'POST',
      path: '/chat/slack',
      rawQuery: 'a=1&b=%E7%BD%91&c=x%2By',
      query: { a: '1', b: '网', c: 'x+y' },
      headers: { 'x-name': 'v' },
      body: Buffer.from('{"名":1}'),
    });
  });
  it('gives the first of two values', () => {
    expect(decoded({ rawQueryString: 'sig=right&sig=wrong' }).query).toEqual({ sig: 'right' });
  });
  it('gives every body back byte by byte, in base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), bytes => {
        const body = Buffer.from(bytes);
        expect(decoded({ body: body.toString('base64'), isBase64Encoded: true }).body).toEqual(body);
      }),
    );
  });
  it.each([undefined, null, ''])('reads the body %s as none', body => {
    expect(decoded({ body }).body.byteLength).toBe(0);
  });
  it('accepts exactly 64 KiB, plain and in base64', () => {
    const body = 'x'.repeat(65_536);
    expect(decoded({ body }).body.byteLength).toBe(65_536);
    expect(decoded({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true }).body.byteLength).toBe(65_536);
  });
  it.each<[string, Record<string, unknown>, string]>([
    ['a byte more than 64 KiB', { body: 'x'.repeat(65_537) }, 'too-large'],
    ['Chinese of more than 64 KiB in bytes', { body: '网'.repeat(21_846) }, 'too-large'],
    ['base64 of a byte more', { body: Buffer.alloc(65_537).toString('base64'), isBase64Encoded: true }, 'too-large'],
    ['base64 of a megabyte, before it is decoded', { body: 'A'.repeat(1_000_000), isBase64Encoded: true }, 'too-large'],
    ['base64 that is none', { body: '{"a":1}', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with a line end', { body: 'AAAA\nAAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 of the URL kind', { body: '-_-_', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 without its padding', { body: 'AAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with bits left over', { body: 'AB==', isBase64Encoded: true }, 'wrong-encoding'],
    ['a body that is no text', { body: { a: 1 } }, 'unparsable'],
    ['an event of another kind', { requestContext: {} }, 'unparsable'],
    ['a scheduled event', { requestContext: undefined }, 'unparsable'],
    ['emoji of more than 64 KiB in bytes', { body: '😀'.repeat(16_385) }, 'too-large'],
    ['base64 with a blank in it', { body: 'AAAA AAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with a tab before it', { body: '\tAAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 in lines, as mail has it', { body: 'AAAA\r\nAAAA\r\n', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with a byte order mark', { body: '\ufeffAAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 in quotes', { body: '"AAAA"', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 as a data URL', { body: 'data:text/plain;base64,AAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 whose padding a proxy percent-encoded', { body: 'AA%3D%3D', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 whose plus a proxy made a blank', { body: 'AA A', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 in full-width letters', { body: 'ＡＡＡＡ', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with padding alone', { body: '====', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with too much padding', { body: 'A===', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 that goes on behind its padding', { body: 'AA==AAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 with a character too many', { body: 'AAAAA', isBase64Encoded: true }, 'wrong-encoding'],
    ['base64 of two bytes with bits left over', { body: 'AAB=', isBase64Encoded: true }, 'wrong-encoding'],
    ['plain Chinese that is said to be base64', { body: '续订', isBase64Encoded: true }, 'wrong-encoding'],
    ['a body that is a number', { body: 1 }, 'unparsable'],
    ['a body that is true', { body: true }, 'unparsable'],
    ['a body that is a list of bytes', { body: [123, 125] }, 'unparsable'],
    ['a body that is a Buffer in JSON', { body: { type: 'Buffer', data: [123, 125] } }, 'unparsable'],
    ['a method that is a number', { requestContext: { http: { method: 5 } } }, 'unparsable'],
    ['an empty method', { requestContext: { http: { method: '' } } }, 'unparsable'],
    ['a method in a list', { requestContext: { http: { method: ['POST'] } } }, 'unparsable'],
    ['HTTP that is null', { requestContext: { http: null } }, 'unparsable'],
    ['HTTP that is a text', { requestContext: { http: 'POST' } }, 'unparsable'],
    ['HTTP in a list', { requestContext: { http: [{ method: 'POST' }] } }, 'unparsable'],
    ['payload 1.0 of API Gateway', { requestContext: { httpMethod: 'POST' }, httpMethod: 'POST' }, 'unparsable'],
    ['a WebSocket event', { requestContext: { routeKey: '$default', connectionId: 'x' } }, 'unparsable'],
    [
      'a method that is only inherited',
      JSON.parse('{"requestContext":{"__proto__":{"http":{"method":"POST"}}}}'),
      'unparsable',
    ],
  ])('refuses %s', (_sentence, change, code) => {
    expect(decodeHttpEvent(event(change))).toMatchObject({ kind: 'refused', code });
  });
  it.each([undefined, null, 'text', [], 5])('refuses %s', value => {
    expect(decodeHttpEvent(value)).toMatchObject({ kind: 'refused', code: 'unparsable' });
  });
  it('finds no header and no parameter that every object inherits', () => {
    const { headers, query } = decoded({ rawQueryString: '__proto__=x&constructor=y' });
    expect(Object.keys(headers)).toEqual([]);
    expect(Object.keys(query).toSorted()).toEqual(['__proto__', 'constructor']);
  });
});
