import { describe, expect, it } from 'vitest';
import type { CtyunClient } from '../../shared/ctyun/client.ts';
import { newListEips } from '../../shared/ctyun/eips.ts';
import { queryResourcesByLabel, resourcesLabelled } from '../../shared/ctyun/labels.ts';
import { queryOrder, renewEip } from '../../shared/ctyun/orders.ts';
import { queryRenewPrice } from '../../shared/ctyun/prices.ts';
import { listRegions } from '../../shared/ctyun/regions.ts';
import { REGION } from '../stand.ts';

describe('answers that are not as documented', () => {
  it.each<[string, () => unknown]>([
    ['a price that is text', () => queryRenewPrice.answer({ returnObj: { finalPrice: 'cheap' } })],
    ['a negative price', () => queryRenewPrice.answer({ returnObj: { finalPrice: -1 } })],
    ['no price', () => queryRenewPrice.answer({ returnObj: {} })],
    ['no order', () => renewEip.answer({ returnObj: { masterOrderID: '' } })],
    ['no regions', () => listRegions.answer({})],
  ])('%s', (_sentence, read) => {
    expect(read).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  });

  it.each(
    Object.entries({
      1: 'awaits-person',
      2: 'running',
      3: 'finished',
      4: 'failed',
      5: 'failed',
      7: 'running',
      8: 'awaits-person',
      9: 'running',
      14: 'running',
      22: 'failed',
      999: 'failed',
    }),
  )('order status %s is %s', (orderStatus, phase) => {
    expect(queryOrder.answer({ returnObj: { orderStatus } })).toEqual({ status: orderStatus, phase });
  });

  it.each<[string, unknown, unknown]>([
    ['counts inside', { returnObj: { eips: [], totalCount: 0 } }, 0],
    ['counts beside, as the older call has them', { returnObj: { eips: [] }, totalCount: 3, totalPage: 1 }, 3],
    ['counts as text', { returnObj: { eips: null, totalCount: '7' } }, 7],
  ])('a list with %s is read', (_sentence, envelope, totalCount) => {
    expect(newListEips.answer(envelope as Parameters<typeof newListEips.answer>[0]).totalCount).toBe(totalCount);
  });

  it('a list without counts is not believed', () => {
    expect(() => newListEips.answer({ returnObj: { eips: [] } })).toThrow('returnObj.totalCount');
  });

  it.each<[string, object, boolean]>([
    ['rows and a count', { results: [], totalCount: 0 }, true],
    ['rows without a count', { results: [] }, true],
    ['a count of none without rows', { totalCount: 0, results: null }, true],
    ['neither', {}, false],
    ['a count without rows', { totalCount: 2 }, false],
  ])('labels with %s', (_sentence, returnObj, read) => {
    const answer = () => queryResourcesByLabel.answer({ returnObj });
    if (read) expect(answer().ids).toEqual([]);
    else expect(answer).toThrow('not as documented');
  });

  it('without a count, labels are read until a page is not full', async () => {
    const pages = [50, 50, 3].map(rows => ({ ids: Array<string>(rows).fill('x'), totalCount: null }));
    const paged = { call: async () => pages.shift() } as unknown as CtyunClient;
    expect(await resourcesLabelled(paged, REGION, 'k', 'v')).toHaveLength(103);
  });

  it('labels that end too early are not believed', async () => {
    const short = { call: async () => ({ ids: [], totalCount: 2 }) } as unknown as CtyunClient;
    await expect(resourcesLabelled(short, REGION, 'k', 'v')).rejects.toThrow(
      'the label states 2 resources, but its pages hold 0',
    );
  });
});
