import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placedOrder } from '../../shared/ctyun/answers.ts';
import { checkEipAddress } from '../../shared/ctyun/api/eip-query.ts';
import { flowPackageList, flowPackageQueryPrice } from '../../shared/ctyun/api/flow-package.ts';
import { ipv6BandwidthNewList } from '../../shared/ctyun/api/ipv6-bandwidth.ts';
import { orderQueryUuid } from '../../shared/ctyun/api/order.ts';
import { bandwidthDescribe, bandwidthList, bandwidthNewList } from '../../shared/ctyun/api/shared-bandwidth.ts';
import type { Envelope } from '../../shared/ctyun/envelope.ts';

const unreadable = expect.objectContaining({ kind: 'unreadable' });
const order = { masterOrderNO: null, masterResourceStatus: 'started', masterResourceID: 'm', regionID: 'r' };

describe('an order that was placed', () => {
  it.each<[string, unknown, object]>([
    [
      'of an EIP',
      { ...order, masterOrderID: 'o', eipID: 'eip-1' },
      { orderId: 'o', orderResourceId: 'm', resourceId: 'eip-1' },
    ],
    [
      'of a bandwidth, in an array',
      [{ ...order, masterOrderID: 'o', bandwidthID: 'b' }],
      { orderId: 'o', resourceId: 'b' },
    ],
    ['that has not started', { ...order, masterOrderID: 'o', eipID: null }, { status: 'started', resourceId: null }],
    [
      'of a conversion, which spells it otherwise',
      { masterOrderId: 'o', masterOrderNo: 'n' },
      { orderId: 'o', status: null },
    ],
  ])('%s', (_sentence, returnObj, expected) => {
    expect(placedOrder({ returnObj })).toMatchObject(expected);
  });

  it.each([[{}], [[]], [undefined], [{ masterOrderID: '' }], [{ masterOrderID: 7 }]])('not with %j', returnObj => {
    expect(() => placedOrder({ returnObj })).toThrow(unreadable);
  });
});

describe('a page', () => {
  const row = fc.record({
    id: fc.stringMatching(/^bandwidth-[a-z0-9]{3,8}$/),
    bandwidth: fc.integer({ min: 5, max: 1000 }),
  });
  it('is the same page wherever the rows and the counts stand, and however the counts are printed', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.boolean(), (rows, asText) => {
        const totalCount = asText ? String(rows.length) : rows.length;
        const shapes: Envelope[] = [
          { returnObj: rows, totalCount },
          { returnObj: { bandwidths: rows, totalCount } },
          { returnObj: { bandwidths: rows }, totalCount },
          { returnObj: [{ bandwidths: rows, totalCount }] },
        ];
        for (const shape of shapes) {
          const page = bandwidthNewList.answer(shape);
          expect(page.totalCount).toBe(rows.length);
          expect(page.rows.map(({ id, bandwidth }) => ({ id, bandwidth }))).toEqual(rows);
        }
        expect(bandwidthList.answer({ returnObj: rows, totalCount }).rows).toHaveLength(rows.length);
      }),
    );
  });

  it('whose key no document tells is found by itself', () => {
    const page = ipv6BandwidthNewList.answer({ returnObj: { totalCount: 1, whatever: [{ id: 'b' }] } });
    expect(page.rows.map(({ id }) => id)).toEqual(['b']);
  });

  it.each<[string, Envelope, boolean]>([
    ['a count of none without rows', { returnObj: { totalCount: 0 } }, true],
    ['neither rows nor a count', { returnObj: {} }, false],
    ['a count without rows', { returnObj: { totalCount: 3 } }, false],
    ['no answer', {}, false],
    ['a row without an id', { returnObj: [{ name: 'x' }], totalCount: 1 }, false],
  ])('with %s', (_sentence, envelope, believed) => {
    if (believed) expect(bandwidthNewList.answer(envelope).rows).toEqual([]);
    else expect(() => bandwidthNewList.answer(envelope)).toThrow(unreadable);
  });
});

describe('fields', () => {
  it('are null where they are missing or of another type, instants where they are times', () => {
    const odd = { id: 'b', bandwidth: '50', expireAt: '2026-12-04T02:00:00Z', createdAt: 'soon', status: null };
    expect(bandwidthDescribe.answer({ returnObj: odd })).toEqual({
      ...{ id: 'b', name: null, status: null, bandwidth: 50, createdAt: null },
      expireAt: new Date('2026-12-04T02:00:00Z'),
    });
  });

  it('of a package are GB, though printed as text; its price is in fen', () => {
    const { rows } = flowPackageList.answer({
      returnObj: [{ id: 's', totalVolumn: '1024', leftVolumn: '0.5', status: '1' }],
    });
    expect(rows[0]).toMatchObject({ totalVolumn: 1024, leftVolumn: 0.5, status: 1 });
    expect(flowPackageQueryPrice.answer({ returnObj: { finalPrice: 40.5, isSucceed: true } })).toBe(4050);
  });

  it('of a checked address stand inside, or beside', () => {
    const told = { eipAddress: '1.2.3.4', used: false };
    expect([checkEipAddress.answer({ returnObj: told }), checkEipAddress.answer(told)]).toEqual([told, told]);
  });

  it('of an order are its state and what it made', () => {
    const returnObj = { orderStatus: '3', resourceType: 'NETWORK', resourceUuid: ['a', 'b'] };
    expect(orderQueryUuid.answer({ returnObj })).toEqual({
      ...{ status: '3', phase: 'finished', resourceType: 'NETWORK', resourceIds: ['a', 'b'] },
    });
  });
});
