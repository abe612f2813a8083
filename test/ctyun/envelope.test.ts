import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Envelope, openEnvelope } from '../../shared/ctyun/envelope.ts';
import { CtyunError, type CtyunErrorDetails, type CtyunErrorKind } from '../../shared/ctyun/errors.ts';
import { examples } from './vectors.ts';

const bytesOf = (body: unknown): Uint8Array =>
  body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

function refusalOf(httpStatus: number, body: unknown): CtyunErrorDetails {
  try {
    openEnvelope(httpStatus, bytesOf(body));
  } catch (error) {
    if (error instanceof CtyunError) return error.details;
    throw error;
  }
  throw new Error('the envelope was opened');
}

const order = { masterOrderID: 'order-1', masterOrderNO: '2022' };
const gateway = (code: string) => ({
  error: code.slice(6),
  code: code.slice(6),
  message: 'no',
  statusCode: code,
  returnObj: {},
});

describe('an answer succeeded', () => {
  it.each<[string, number, Record<string, unknown>]>([
    ['800 as a number', 200, { statusCode: 800, errorCode: 'SUCCESS', returnObj: { a: 1 } }],
    ['800 as text', 200, { statusCode: '800', returnObj: [] }],
    ['800 with nothing else', 200, { statusCode: 800 }],
    ['800 with counts beside returnObj', 200, { statusCode: 800, returnObj: [1], totalCount: 1 }],
    ['800 at HTTP 201', 201, { statusCode: 800 }],
  ])('%s', (_sentence, status, body) => expect(openEnvelope(status, bytesOf(body))).toEqual(body));

  it.each(examples.requestsResponses.filter(({ response }) => Number(response.statusCode) === 800))(
    'as documented for $api',
    ({ response }) => expect(openEnvelope(200, bytesOf(response)).returnObj).toEqual(response.returnObj),
  );
});

describe('an answer failed', () => {
  it.each<[string, number, unknown, CtyunErrorKind, string, string?]>([
    [
      '900 with a code',
      200,
      { statusCode: 900, errorCode: 'Openapi.Parameter.Error' },
      'refused',
      'Openapi.Parameter.Error',
    ],
    ['900 as text, code in `error`', 200, { statusCode: '900', error: 'X.Y' }, 'refused', 'X.Y'],
    ['900 and nothing else', 200, { statusCode: 900 }, 'refused', '900'],
    ['900 at HTTP 500', 500, { statusCode: 900, errorCode: 'X.Y' }, 'unavailable', 'X.Y'],
    [
      '900, an order runs (object)',
      200,
      { statusCode: 900, errorCode: 'X', returnObj: order },
      'in-progress',
      'X',
      'order-1',
    ],
    ['900, an order runs (array)', 200, { statusCode: '900', returnObj: [order] }, 'in-progress', '900', 'order-1'],
    ['900, an order runs at HTTP 500', 500, { statusCode: 900, returnObj: order }, 'in-progress', '900', 'order-1'],
    [
      '900, the order id is a number',
      200,
      { statusCode: 900, returnObj: { masterOrderID: 7 } },
      'in-progress',
      '900',
      '7',
    ],
    ['900, the order id is empty', 200, { statusCode: 900, returnObj: { masterOrderID: '' } }, 'refused', '900'],
    ['900, the order id is null', 200, { statusCode: 900, returnObj: { masterOrderID: null } }, 'refused', '900'],
    ['900, returnObj null', 200, { statusCode: 900, returnObj: null }, 'refused', '900'],
    ['900, returnObj an empty array', 200, { statusCode: 900, returnObj: [] }, 'refused', '900'],
    [
      'an order runs, its id is not told',
      200,
      { statusCode: 900, errorCode: 'Openapi.Order.Inprogress' },
      'in-progress',
      'Openapi.Order.Inprogress',
    ],
    [
      'a disk order runs',
      200,
      { statusCode: 900, errorCode: 'ebs.order.inProgress' },
      'in-progress',
      'ebs.order.inProgress',
    ],
    [
      'the EIP is gone',
      200,
      { statusCode: 900, errorCode: 'Openapi.Eip.NotFound' },
      'not-found',
      'Openapi.Eip.NotFound',
    ],
    [
      'the VM is gone, at HTTP 404',
      404,
      { statusCode: 900, errorCode: 'Ecs.Instance.NotFound' },
      'not-found',
      'Ecs.Instance.NotFound',
    ],
    [
      'an unknown region',
      200,
      { statusCode: 900, errorCode: 'Openapi.RegionInfo.AccessFailed' },
      'no-access',
      'Openapi.RegionInfo.AccessFailed',
    ],
    [
      'another AccessFailed is a plain refusal',
      200,
      { statusCode: 900, errorCode: 'Openapi.RouteTable.AccessFailed' },
      'refused',
      'Openapi.RouteTable.AccessFailed',
    ],
    ['no permission', 200, { statusCode: 900, errorCode: 'CTIAM_0005' }, 'forbidden', 'CTIAM_0005'],
    ['no privilege', 403, { statusCode: 900, errorCode: 'CTIAM_1044' }, 'forbidden', 'CTIAM_1044'],
    ['another account', 403, { statusCode: 'CTIAM_0113', message: 'no' }, 'forbidden', 'CTIAM_0113'],
    ['no permission, in the shape of the gateway', 403, gateway('CTIAM_0005'), 'forbidden', 'CTIAM_0005'],
    ['signature refused at HTTP 200', 200, gateway('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['signature refused at HTTP 401', 401, gateway('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['signature refused at HTTP 403', 403, gateway('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['signature refused at HTTP 500', 500, gateway('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['unknown access key', 200, gateway('CTAPI_10002'), 'credentials', 'CTAPI_10002'],
    ['another gateway code', 200, gateway('CTAPI_10000'), 'refused', 'CTAPI_10000'],
    ['a longer gateway code is another', 200, gateway('CTAPI_100090'), 'refused', 'CTAPI_100090'],
    ['another gateway code at HTTP 502', 502, gateway('CTAPI_10077'), 'unavailable', 'CTAPI_10077'],
    [
      'a label that could not be bound yet',
      200,
      { statusCode: 900, errorCode: 'Openapi.Nat.BindLabelFailed' },
      'throttled',
      'Openapi.Nat.BindLabelFailed',
    ],
    [
      'a code that speaks of throttling',
      200,
      { statusCode: 900, errorCode: 'Openapi.RateLimit.Exceeded' },
      'throttled',
      'Openapi.RateLimit.Exceeded',
    ],
    ['429 with JSON', 429, { statusCode: 900, errorCode: 'X' }, 'throttled', 'HTTP_429'],
    ['429 with 800', 429, { statusCode: 800 }, 'throttled', 'HTTP_429'],
    ['429 without JSON', 429, 'slow down', 'throttled', 'HTTP_429'],
    ['HTML at 502', 502, '<html>Bad Gateway</html>', 'unavailable', 'HTTP_502'],
    ['HTML at 500', 500, '<html/>', 'unavailable', 'HTTP_500'],
    ['HTML at 403', 403, '<html/>', 'refused', 'HTTP_403'],
    ['HTML at 400', 400, '<html/>', 'refused', 'HTTP_400'],
    ['HTML at 399', 399, '<html/>', 'unreadable', 'HTTP_399'],
    ['nothing at 200', 200, '', 'unreadable', 'HTTP_200'],
    ['nothing at 204', 204, '', 'unreadable', 'HTTP_204'],
    ['a redirect', 302, '', 'unreadable', 'HTTP_302'],
    ['invalid UTF-8', 200, Buffer.from('7b226d223a22ff227d', 'hex'), 'unreadable', 'HTTP_200'],
    ['half of a JSON text', 200, '{"statusCode":80', 'unreadable', 'HTTP_200'],
    ['a JSON array', 200, [{ statusCode: 800 }], 'unreadable', 'HTTP_200'],
    ['null', 200, 'null', 'unreadable', 'HTTP_200'],
    ['a number', 200, '800', 'unreadable', 'HTTP_200'],
    ['statusCode missing', 200, { returnObj: {} }, 'unreadable', 'HTTP_200'],
    ['statusCode null', 200, { statusCode: null }, 'unreadable', 'HTTP_200'],
    ['statusCode empty', 200, { statusCode: '' }, 'unreadable', 'HTTP_200'],
    [
      'statusCode an object that is no text',
      200,
      { statusCode: { toString: 1, valueOf: 1 } },
      'unreadable',
      'HTTP_200',
    ],
    ['statusCode an array of 800', 200, { statusCode: [800] }, 'unreadable', 'HTTP_200'],
    ['800 at HTTP 500', 500, { statusCode: 800, errorCode: 'SUCCESS' }, 'unavailable', 'SUCCESS'],
  ])('%s', (_sentence, httpStatus, body, kind, code, orderId) =>
    expect(refusalOf(httpStatus, body)).toMatchObject({ kind, code, httpStatus, ...(orderId ? { orderId } : {}) }),
  );

  it.each<[string, Record<string, unknown>, string]>([
    ['the Chinese words come first', { description: '订单', message: 'order' }, '订单'],
    ['else the English', { description: '', message: 'order' }, 'order'],
    ['else error_msg', { error_msg: 'order' }, 'order'],
    ['else it is said that there are none', { description: null }, 'no message'],
  ])('and tells why: %s', (_sentence, words, message) =>
    expect(refusalOf(200, { statusCode: 900, ...words }).message).toBe(message),
  );

  it('names an order only if there is one', () =>
    expect(refusalOf(200, { statusCode: 900 })).not.toHaveProperty('orderId'));

  it('does not repeat what is not the API’s', () =>
    expect(refusalOf(502, 'SECRET').message).toBe("an answer that is not CTyun's (6 bytes) at HTTP 502"));

  it('says that nothing came', () => expect(refusalOf(502, '').message).toBe('an empty answer at HTTP 502'));

  it.each(examples.constructed.filter(({ response }) => Number(response.statusCode) === 900))(
    'as in $name',
    ({ response }) => expect(['in-progress', 'not-found']).toContain(refusalOf(200, response).kind),
  );
});

describe('whatever comes', () => {
  const near = fc.record(
    {
      statusCode: fc.oneof(fc.constantFrom(800, '800', 900, 'CTAPI_10009'), fc.jsonValue()),
      errorCode: fc.jsonValue(),
      returnObj: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const bytes = fc.oneof(fc.uint8Array(), fc.json().map(bytesOf), near.map(bytesOf));

  it('is an envelope with status 800 or a CtyunError', () =>
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bytes, (status, body) => {
        let opened: Envelope;
        try {
          opened = openEnvelope(status, body);
        } catch (error) {
          expect(error).toBeInstanceOf(CtyunError);
          return;
        }
        expect(String(opened.statusCode)).toBe('800');
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 1000 },
    ));
});
