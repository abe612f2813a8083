import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../shared/ctyun/envelope.ts';
import { CtyunError, type CtyunErrorKind } from '../../shared/ctyun/errors.ts';
import { bytesOf, refusalOf } from './opened.ts';

const noUtf8 = Buffer.concat([Buffer.from('{"statusCode":800,"message":"'), Buffer.from([0xff]), Buffer.from('"}')]);

describe('what came is not an answer of the API', () => {
  it.each<[string, number, unknown, CtyunErrorKind]>([
    ['HTML at 502', 502, '<html>Bad Gateway</html>', 'unavailable'],
    ['HTML at 500', 500, '<html/>', 'unavailable'],
    ['HTML at 499', 499, '<html/>', 'refused'],
    ['HTML at 403', 403, '<html/>', 'refused'],
    ['HTML at 400', 400, '<html/>', 'refused'],
    ['HTML at 399', 399, '<html/>', 'unreadable'],
    ['a gateway that stopped waiting', 408, '', 'unavailable'],
    ['a status code of another product', 200, { statusCode: 100000 }, 'unreadable'],
    ['a status word', 200, { statusCode: 'ok' }, 'unreadable'],
    ['text at 429', 429, 'slow down', 'throttled'],
    ['nothing at 429', 429, '', 'throttled'],
    ['nothing at 200', 200, '', 'unreadable'],
    ['nothing at 204', 204, '', 'unreadable'],
    ['nothing at 503', 503, '', 'unavailable'],
    ['a redirect', 302, '', 'unreadable'],
    ['invalid UTF-8', 200, noUtf8, 'unreadable'],
    ['half of a JSON text', 200, '{"statusCode":80', 'unreadable'],
    ['a JSON array', 200, [{ statusCode: 800 }], 'unreadable'],
    ['null', 200, 'null', 'unreadable'],
    ['a number', 200, '800', 'unreadable'],
    ['statusCode missing', 200, { returnObj: {} }, 'unreadable'],
    ['statusCode missing at HTTP 500', 500, { error: 'down' }, 'unavailable'],
    ['statusCode null', 200, { statusCode: null }, 'unreadable'],
    ['statusCode empty', 200, { statusCode: '' }, 'unreadable'],
    ['statusCode true', 200, { statusCode: true }, 'unreadable'],
    ['statusCode an object that no text can be made of', 200, { statusCode: { toString: 1 } }, 'unreadable'],
    ['statusCode an array of 800', 200, { statusCode: [800] }, 'unreadable'],
  ])('%s', (_sentence, httpStatus, body, kind) =>
    expect(refusalOf(httpStatus, body)).toMatchObject({ kind, code: `HTTP_${httpStatus}`, httpStatus }),
  );

  it.each([
    ['it is not repeated', 'SECRET', "an answer that is not CTyun's (6 bytes) at HTTP 502"],
    ['its absence is told', '', 'an empty answer at HTTP 502'],
  ])('%s', (_sentence, body, message) => expect(refusalOf(502, body).message).toBe(message));
});

describe('whatever comes', () => {
  const parts = {
    statusCode: fc.oneof(fc.constantFrom(800, '800', 900, 'CTAPI_10009'), fc.jsonValue()),
    errorCode: fc.jsonValue(),
    returnObj: fc.jsonValue(),
  };
  const near = fc.record(parts, { requiredKeys: [] });
  const body = fc.oneof(fc.uint8Array(), fc.json().map(bytesOf), near.map(bytesOf));
  const opened = (status: number, bytes: Uint8Array): unknown => {
    try {
      return openEnvelope(status, bytes).statusCode;
    } catch (error) {
      return error;
    }
  };

  it('is an envelope of success or a CtyunError', () =>
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), body, (status, bytes) => {
        const result = opened(status, bytes);
        if (!(result instanceof CtyunError)) expect([String(result), status < 500]).toEqual(['800', true]);
      }),
      { numRuns: 1000 },
    ));
});
