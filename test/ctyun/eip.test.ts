import { describe, expect, it } from 'vitest';
import { eipOf, showEip } from '../../shared/ctyun/eips.ts';
import { readInstant } from '../../shared/ctyun/time.ts';
import type { Eip } from '../../shared/model/eip.ts';
import { failureOf, given, no, ok } from './given.ts';
import { examples } from './vectors.ts';

const eip = (keys: Record<string, unknown>): Eip => eipOf({ ID: 'eip-1', ...keys });

describe('an EIP of an older region, which leaves keys out', () => {
  it('is read all the same', () =>
    expect(eip({})).toEqual({
      ...{ id: 'eip-1', name: '', address: '', status: '', billing: 'unknown', expiresAt: null, expiryText: null },
      ...{ bound: false, association: null, portId: null, bandwidthMbps: null, bandwidthType: null },
      ...{ sharedBandwidthId: null, packaged: false, resourceId: null, updatedAt: null },
    }));
});

describe('the documented EIP', () => {
  it('is read whole from the list', () => {
    const page = examples.requestsResponses.find(({ api }) => api === 'newListEips')?.response.returnObj;
    const [, second] = (page as { eips: { ID: string }[] }).eips;
    expect(eipOf(second!)).toEqual({
      ...{ id: 'eip-7blormcijr', name: 'eip-3bcb', address: '221.6.168.5', status: 'ACTIVE', billing: 'periodic' },
      ...{ expiresAt: new Date('2025-06-21T01:47:30Z'), expiryText: '2025-06-21T01:47:30Z', bound: true },
      association: { type: 'INSTANCE', id: '7d60d28e-13d9-8185-a043-b2852899bd51' },
      ...{ portId: 'port-79wjxpbcws', bandwidthMbps: 100, bandwidthType: 'unicom_standalone', sharedBandwidthId: null },
      ...{ packaged: false, resourceId: null, updatedAt: new Date('2025-05-21T01:47:36Z') },
    });
  });

  it('is shown', async () => {
    const shown = examples.requestsResponses.find(({ api }) => api === 'showEip')?.response.returnObj;
    const { client, server } = await given(() => ok(shown));
    const one = await client.call(showEip, { regionID: 'r', eipID: 'eip-c2f7vle3vr' });
    expect(one).toMatchObject({ id: 'eip-c2f7vle3vr', status: 'DOWN', billing: 'periodic', bound: false });
    expect(server.seen[0]).toMatchObject({ path: '/v4/eip/show', query: 'eipID=eip-c2f7vle3vr&regionID=r' });
  });

  it('is told gone', async () => {
    const { client } = await given(() => no('Openapi.Eip.NotFound'));
    expect((await failureOf(client.call(showEip, { regionID: 'r', eipID: 'e' }))).kind).toBe('not-found');
  });
});

describe('billing', () => {
  it.each<[string, Record<string, unknown>, Eip['billing']]>([
    ['the API says periodic', { billingMethod: 'periodic', expiredAt: null }, 'periodic'],
    ['the API says on demand', { billingMethod: 'on_demand', expiredAt: '2026-01-01T00:00:00Z' }, 'on_demand'],
    ['an unknown word is not guessed at', { billingMethod: 'prepaid', expiredAt: null }, 'unknown'],
    ['nor is a number', { billingMethod: 1, expiredAt: null }, 'unknown'],
    ['no word, expiry null', { expiredAt: null }, 'on_demand'],
    ['no word, an expiry', { expiredAt: '2026-01-01T00:00:00Z' }, 'periodic'],
    ['no word, an expiry that cannot be read', { expiredAt: 'soon' }, 'periodic'],
    ['an empty word counts as none', { billingMethod: '', expiredAt: null }, 'on_demand'],
    ['null counts as none', { billingMethod: null, expiredAt: '2026-01-01T00:00:00Z' }, 'periodic'],
    ['no word, an empty expiry', { expiredAt: '' }, 'unknown'],
    ['neither', {}, 'unknown'],
  ])('%s', (_sentence, keys, billing) => expect(eip(keys).billing).toBe(billing));
});

describe('an expiry', () => {
  it.each<[string, unknown, string | null]>([
    ['as documented', '2025-06-21T01:47:30Z', '2025-06-21T01:47:30.000Z'],
    ['with parts of a second', '2025-06-21T01:47:30.5Z', '2025-06-21T01:47:30.500Z'],
    ['with an offset', '2025-06-21T09:47:30+08:00', '2025-06-21T01:47:30.000Z'],
    ['with white space around', ' 2025-06-21T01:47:30Z ', '2025-06-21T01:47:30.000Z'],
    ['a leap day', '2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['a leap day in a year without', '2026-02-29T00:00:00Z', null],
    ['a day that no calendar has', '2026-02-31T00:00:00Z', null],
    ['the 31st of a month of 30', '2026-04-31T00:00:00Z', null],
    ['the last day of a month', '2026-04-30T00:00:00Z', '2026-04-30T00:00:00.000Z'],
    ['a month that no calendar has', '2026-13-01T00:00:00Z', null],
    ['an hour that no day has', '2026-01-01T25:00:00Z', null],
    ['no zone', '2025-06-21T01:47:30', null],
    ['a space for the T, no zone', '2025-06-21 01:47:30', null],
    ['a date only', '2025-06-21', null],
    ['words after it', '2025-06-21T01:47:30Z or so', null],
    ['words before it', 'at 2025-06-21T01:47:30Z', null],
    ['a number', 1750470450000, null],
    ['empty', '', null],
    ['null', null, null],
    ['absent', undefined, null],
  ])('%s', (_sentence, text, iso) => expect(readInstant(text)?.toISOString() ?? null).toBe(iso));

  it.each<[string, unknown, string | null]>([
    ['as it is, readable or not', '2026-02-31T00:00:00Z', '2026-02-31T00:00:00Z'],
    ['a number as text', 1750470450000, '1750470450000'],
    ['something odd as JSON', { toString: 1 }, '{"toString":1}'],
    ['null as none', null, null],
    ['absent as none', undefined, null],
  ])('is kept as printed: %s', (_sentence, expiredAt, text) => expect(eip({ expiredAt }).expiryText).toBe(text));
});

describe('bound', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['ACTIVE', { status: 'ACTIVE' }, true],
    ['DOWN and nothing else', { status: 'DOWN', associationID: '', associationType: null, portID: '' }, false],
    ['DOWN with an instance', { status: 'DOWN', associationID: 'vm-1' }, true],
    ['DOWN with a port', { status: 'DOWN', portID: 'port-1' }, true],
    ['DOWN with a kind of user', { status: 'DOWN', associationType: 'VIP' }, true],
    ['DOWN with a number for an instance', { status: 'DOWN', associationID: 17 }, true],
    ['EXPIRED', { status: 'EXPIRED' }, false],
  ])('%s: %s', (_sentence, keys, bound) => expect(eip(keys).bound).toBe(bound));
});

describe('the bandwidth', () => {
  it.each([100, '100', ' 100 ', '1e2'])('%j is 100 Mbps', bandwidth =>
    expect(eip({ bandwidth }).bandwidthMbps).toBe(100),
  );
  it.each([0, '0', -1, '', ' ', 'much', null, undefined, true, []])('%j is not known', bandwidth =>
    expect(eip({ bandwidth }).bandwidthMbps).toBeNull(),
  );
});

describe('other keys', () => {
  it.each<[string, Record<string, unknown>, Partial<Eip>]>([
    ['a shared bandwidth', { bandwidthID: 'bandwidth-1' }, { sharedBandwidthId: 'bandwidth-1' }],
    ['ordered with a VM', { isPackaged: true }, { packaged: true }],
    ['the order system’s id', { resourceID: 'res-1' }, { resourceId: 'res-1' }],
    [
      'a user of unknown kind',
      { associationID: 'vm-1', associationType: null },
      { association: { type: '', id: 'vm-1' } },
    ],
    ['a name that is no text', { name: 7 }, { name: '' }],
  ])('%s', (_sentence, keys, expected) => expect(eip(keys)).toMatchObject(expected));
});
