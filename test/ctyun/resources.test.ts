import { describe, expect, it } from 'vitest';
import { listIpv6Bandwidths, listSharedBandwidths, showSharedBandwidth } from '../../shared/ctyun/bandwidths.ts';
import type { CtyunClient } from '../../shared/ctyun/client.ts';
import { listTrafficPackages } from '../../shared/ctyun/traffic-packages.ts';

/** Answers each call with the next envelope, or with the last one again. */
function answering(...envelopes: object[]): { client: CtyunClient; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = async (operation: { answer: (envelope: object) => unknown }, params: unknown) => {
    asked.push(params);
    return operation.answer(envelopes[Math.min(asked.length, envelopes.length) - 1] ?? {});
  };
  return { client: { call } as unknown as CtyunClient, asked };
}
const rows = (...all: object[]) => ({ returnObj: all, totalCount: all.length });
const within = (key: string, ...all: object[]) => ({ returnObj: { [key]: all, totalCount: all.length } });
const AT = '2026-12-01T02:00:00Z';

describe('an IPv6 bandwidth', () => {
  const read = async (row: object) => (await listIpv6Bandwidths(answering(rows({ id: 'b', ...row })).client, 'r'))[0]!;
  it('is told in the words of an EIP', async () => {
    const row = {
      name: 'n',
      status: 'ACTIVE',
      bandwidth: '5',
      expiredTime: AT,
      ipAddress: '2001:db8::1',
      paymentType: 'periodic',
    };
    expect(await read(row)).toMatchObject({
      ...{ resource: 'ipv6-bandwidth', id: 'b', name: 'n', address: '2001:db8::1', status: 'ACTIVE', bound: true },
      ...{ billing: 'periodic', expiresAt: new Date(AT), expiryText: AT, bandwidthMbps: 5, packaged: false },
    });
  });
  it.each<[string, object, object]>([
    ['without an address is not in use', { ipAddress: '' }, { bound: false }],
    ['is sold for a term, where it does not say', {}, { billing: 'periodic', expiryText: null }],
    ['that says otherwise is believed', { paymentType: 'on_demand' }, { billing: 'on_demand' }],
    ['that says something else is not guessed', { paymentType: 'prepaid?' }, { billing: 'unknown' }],
    ['keeps an expiry that cannot be read', { expiredTime: 'soon' }, { expiresAt: null, expiryText: 'soon' }],
    ['also one that is no text', { expiredTime: 1 }, { expiresAt: null, expiryText: '1' }],
  ])('%s', async (_sentence, row, expected) => {
    expect(await read(row)).toMatchObject(expected);
  });
});

describe('a shared bandwidth', () => {
  const read = async (row: object) =>
    (await listSharedBandwidths(answering(within('bandwidths', { id: 'b', ...row })).client, 'r'))[0]!;
  it.each<[string, object, object]>([
    ['has a term where it has an expiry', { expireAt: AT }, { billing: 'periodic', expiresAt: new Date(AT) }],
    ['has none where that is null', { expireAt: null }, { billing: 'on_demand', expiryText: null }],
    ['is not guessed where it says nothing', {}, { billing: 'unknown' }],
    ['nor where it says nothing in words', { expireAt: '' }, { billing: 'unknown', expiryText: '' }],
    [
      'keeps an expiry that cannot be read',
      { expireAt: 'soon' },
      { billing: 'periodic', expiresAt: null, expiryText: 'soon' },
    ],
    ['is in use where EIPs share it', { eips: [{ eipID: 'eip-1' }] }, { resource: 'shared-bandwidth', bound: true }],
    ['and not where none does', { eips: [] }, { bound: false }],
  ])('%s', async (_sentence, row, expected) => {
    expect(await read(row)).toMatchObject(expected);
  });
  it('is shown by an object, or by one in a list', async () => {
    for (const returnObj of [{ id: 'b', expireAt: AT }, [{ id: 'b', expireAt: AT }]])
      expect((await showSharedBandwidth(answering({ returnObj }).client, 'r', 'b')).expiresAt).toEqual(new Date(AT));
  });
});

describe('a traffic package', () => {
  const list = (...all: object[]) => listTrafficPackages(answering({ returnObj: all }).client, 'r');
  const row = { status: 1, cycleType: 'MONTH', expireTime: AT, totalVolumn: '100', leftVolumn: '1.5' };
  it('says what is in it, and which others are alike, whatever their state', async () => {
    const packs = await list(
      { id: 'a', ...row, packageName: 'p' },
      { id: 'c', ...row, status: 6 },
      { id: 'b', ...row, leftVolumn: '100' },
      { id: 'd', ...row, totalVolumn: '50' },
      { id: 'e', ...row, cycleType: 'YEAR', totalVolumn: '120' },
    );
    expect(packs[0]).toMatchObject({
      ...{ resource: 'traffic-package', id: 'a', name: 'p', status: 'VALID', bound: false, expiresAt: new Date(AT) },
      traffic: { cycleType: 'MONTH', sizeGb: 100, leftGb: 1.5, alike: ['b', 'c'] },
    });
    expect(packs.map(({ traffic }) => traffic?.alike.length)).toEqual([2, 2, 2, 0, 0]);
  });
  it.each<[string, object, object]>([
    ['a state in words', { status: '5' }, { status: 'UNSUBSCRIBED' }],
    ['one that nobody knows as it is', { status: 3 }, { status: '3' }],
    ['none as none', { status: null }, { status: '' }],
    ['a size that is not sold as unknown', { totalVolumn: '99' }, { traffic: { sizeGb: null } }],
    ['also one of the other cycle', { totalVolumn: '120' }, { traffic: { sizeGb: null } }],
    ['a cycle in other letters as unknown', { cycleType: 'month' }, { traffic: { cycleType: null, sizeGb: null } }],
    ['less than nothing as unknown', { leftVolumn: '-1' }, { traffic: { leftGb: null } }],
    ['words as unknown', { leftVolumn: 'much' }, { traffic: { leftGb: null } }],
  ])('reads %s', async (_sentence, change, expected) => {
    expect((await list({ id: 'a', ...row, ...change }))[0]).toMatchObject(expected);
  });
});

describe('a list', () => {
  const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ id: `b-${from + i}` }));
  it('is read to the stated count', async () => {
    const page = (from: number, count: number) => ({ returnObj: many(from, count), totalCount: 60 });
    const { client, asked } = answering(page(0, 50), page(50, 10));
    expect(await listIpv6Bandwidths(client, 'r')).toHaveLength(60);
    expect(asked).toHaveLength(2);
  });
  it('without a count is read to a page that is not full', async () => {
    const { client, asked } = answering({ returnObj: many(0, 50) }, { returnObj: many(50, 3) });
    expect(await listIpv6Bandwidths(client, 'r')).toHaveLength(53);
    expect(asked).toHaveLength(2);
  });
  it('that has no pages, and is long, is not asked for ever', async () => {
    const { client, asked } = answering({ returnObj: many(0, 60) });
    expect(await listTrafficPackages(client, 'r')).toHaveLength(60);
    expect(asked).toHaveLength(2);
  });
  it('that does not add up is read anew, then not believed', async () => {
    const short = { returnObj: many(0, 2), totalCount: 3 };
    await expect(listIpv6Bandwidths(answering(short).client, 'r')).rejects.toMatchObject({
      code: 'INVENTORY_MISMATCH',
    });
    const healed = answering(short, short, { returnObj: many(0, 3), totalCount: 3 });
    expect(await listIpv6Bandwidths(healed.client, 'r')).toHaveLength(3);
  });
});
