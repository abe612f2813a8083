import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../shared/ctyun/envelope.ts';
import type { CtyunErrorKind } from '../../shared/ctyun/errors.ts';
import { bytesOf, refusalOf } from './opened.ts';
import { examples } from './vectors.ts';

/** A refusal of the API itself. */
const no = (errorCode: string) => ({ statusCode: 900, errorCode });
/** A refusal of the gateway before it. */
const gate = (code: string) => ({ error: code.slice(6), message: 'no', statusCode: code, returnObj: {} });
const order = { masterOrderID: 'order-1', masterOrderNO: '2022' };

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

describe('the API or its gateway refused', () => {
  it.each<[string, number, Record<string, unknown>, CtyunErrorKind, string]>([
    ['900 with a code', 200, no('Openapi.Parameter.Error'), 'refused', 'Openapi.Parameter.Error'],
    ['900 as text, code in `error`', 200, { statusCode: '900', error: 'X.Y' }, 'refused', 'X.Y'],
    ['900 with a code that is a number', 200, { statusCode: 900, errorCode: 7 }, 'refused', '7'],
    ['900 and nothing else', 200, { statusCode: 900 }, 'refused', '900'],
    ['900 at HTTP 499', 499, no('X.Y'), 'refused', 'X.Y'],
    ['900 at HTTP 500', 500, no('X.Y'), 'unavailable', 'X.Y'],
    [
      'an order runs, its id is not told',
      200,
      no('Openapi.Order.Inprogress'),
      'in-progress',
      'Openapi.Order.Inprogress',
    ],
    ['a disk order runs', 200, no('ebs.order.inProgress'), 'in-progress', 'ebs.order.inProgress'],
    ['the EIP is gone', 200, no('Openapi.Eip.NotFound'), 'not-found', 'Openapi.Eip.NotFound'],
    ['the VM is gone, at HTTP 404', 404, no('Ecs.Instance.NotFound'), 'not-found', 'Ecs.Instance.NotFound'],
    ['NotFound in the middle says nothing', 200, no('A.NotFoundary.B'), 'refused', 'A.NotFoundary.B'],
    ['an unknown region', 200, no('Openapi.RegionInfo.AccessFailed'), 'no-access', 'Openapi.RegionInfo.AccessFailed'],
    ['another AccessFailed', 200, no('Openapi.RouteTable.AccessFailed'), 'refused', 'Openapi.RouteTable.AccessFailed'],
    ['no permission', 200, no('CTIAM_0005'), 'forbidden', 'CTIAM_0005'],
    ['no privilege', 403, no('CTIAM_1044'), 'forbidden', 'CTIAM_1044'],
    ['another account', 403, { statusCode: 'CTIAM_0113' }, 'forbidden', 'CTIAM_0113'],
    ['no permission, as the gateway words it', 403, gate('CTIAM_0005'), 'forbidden', 'CTIAM_0005'],
    ['signature refused at HTTP 200', 200, gate('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['signature refused at HTTP 401', 401, gate('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['signature refused at HTTP 403', 403, gate('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['signature refused at HTTP 500', 500, gate('CTAPI_10009'), 'credentials', 'CTAPI_10009'],
    ['unknown access key', 200, gate('CTAPI_10002'), 'credentials', 'CTAPI_10002'],
    ['another gateway code', 200, gate('CTAPI_10000'), 'refused', 'CTAPI_10000'],
    ['a longer gateway code is another', 200, gate('CTAPI_100090'), 'refused', 'CTAPI_100090'],
    ['another gateway code at HTTP 502', 502, gate('CTAPI_10077'), 'unavailable', 'CTAPI_10077'],
    ['a label not bound yet', 200, no('Openapi.Nat.BindLabelFailed'), 'throttled', 'Openapi.Nat.BindLabelFailed'],
    ['a code of throttling', 200, no('Openapi.RateLimit.Exceeded'), 'throttled', 'Openapi.RateLimit.Exceeded'],
    ['429 with a refusal', 429, no('X'), 'throttled', 'HTTP_429'],
    ['429 with 800', 429, { statusCode: 800 }, 'throttled', 'HTTP_429'],
    ['800 at HTTP 500', 500, { statusCode: 800, errorCode: 'SUCCESS' }, 'unavailable', 'HTTP_500'],
  ])('%s', (_sentence, httpStatus, body, kind, code) => {
    const refusal = refusalOf(httpStatus, body);
    expect(refusal).toMatchObject({ kind, code, httpStatus });
    expect(refusal).not.toHaveProperty('orderId');
  });

  it.each<[string, number, unknown, CtyunErrorKind, string | undefined]>([
    ['an object with an order id', 200, order, 'in-progress', 'order-1'],
    ['an array with an order id', 200, [order], 'in-progress', 'order-1'],
    ['an order id at HTTP 500', 500, order, 'in-progress', 'order-1'],
    ['an order id that is a number', 200, { masterOrderID: 7 }, 'in-progress', '7'],
    ['an empty order id', 200, { masterOrderID: '' }, 'refused', undefined],
    ['no order id yet', 200, { masterOrderID: null }, 'refused', undefined],
    ['null', 200, null, 'refused', undefined],
    ['text', 200, 'masterOrderID', 'refused', undefined],
    ['an empty array', 200, [], 'refused', undefined],
  ])('900, and returnObj is %s', (_sentence, status, returnObj, kind, orderId) => {
    const refusal = refusalOf(status, { statusCode: 900, errorCode: 'X.Y', returnObj });
    expect([refusal.kind, refusal.code, refusal.orderId]).toEqual([kind, 'X.Y', orderId]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['the Chinese words come first', { description: '订单', message: 'order' }, '订单'],
    ['else the English', { description: '', message: 'order' }, 'order'],
    ['else error_msg', { error_msg: 'order' }, 'order'],
    ['else it is said that there are none', { description: null }, 'no message'],
  ])('and tells why: %s', (_sentence, words, message) =>
    expect(refusalOf(200, { statusCode: 900, ...words }).message).toBe(message),
  );

  it.each([
    ['orderInProgress', 'in-progress'],
    ['eipNotFound', 'not-found'],
  ])('as in the example %s', (name, kind) =>
    expect(refusalOf(200, examples.constructed.find(example => example.name === name)?.response).kind).toBe(kind),
  );
});
