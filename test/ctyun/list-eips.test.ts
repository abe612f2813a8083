import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherEips, listEips } from '../../shared/ctyun/list-eips.ts';
import { failureOf, given, ok } from './given.ts';
import type { Reply } from './scripted-server.ts';

type Asked = { regionID: string; pageNo: number; pageSize: number; clientToken: string };
/** What a page answers; `reading` counts from 1, a reading begins with page 1. */
type Pages = (asked: Asked, reading: number) => unknown;

const ids = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ ID: `eip-${from + i}` }));
const slice = (total: number, { pageNo, pageSize }: Asked) =>
  ids((pageNo - 1) * pageSize, Math.min(total, pageNo * pageSize));

async function listing(pages: Pages) {
  const asked: Asked[] = [];
  const answer = (body: string): Reply => {
    asked.push(JSON.parse(body) as Asked);
    const reading = asked.filter(({ pageNo }) => pageNo === 1).length;
    return ok(pages(asked.at(-1)!, reading));
  };
  const { client } = await given(({ body }) => answer(body), { retry: { tries: 1, firstDelayMs: 0, maxDelayMs: 0 } });
  return { asked, client, list: async () => (await listEips(client, 'region-1')).map(({ id }) => id).toSorted() };
}
const named = (total: number) => Array.from(ids(0, total), ({ ID }) => ID).toSorted();

describe('the list of EIPs', () => {
  it.each([
    ['no EIP', 0, 1],
    ['one', 1, 1],
    ['a full page', 50, 1],
    ['one more than a page', 51, 2],
    ['many pages', 233, 5],
  ])('is read to the last page: %s', async (_sentence, total, pages) => {
    const counts = { totalCount: total, totalPage: Math.ceil(total / 50) };
    const { asked, list } = await listing(ask => ({ eips: slice(total, ask), ...counts }));
    expect(await list()).toEqual(named(total));
    expect(asked.map(({ pageNo }) => pageNo).toSorted()).toEqual(Array.from({ length: pages }, (_, i) => i + 1));
    expect(asked[0]).toMatchObject({ regionID: 'region-1', pageSize: 50, clientToken: 'id-1' });
  });

  it('is complete for any number of EIPs', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(260), async total => {
        const { list } = await listing(ask => ({ eips: slice(total, ask), totalCount: total }));
        expect(await list()).toEqual(named(total));
      }),
      { numRuns: 15 },
    ));

  it.each<[string, Pages, number]>([
    ['totalPage is missing', ask => ({ eips: slice(120, ask), totalCount: 120 }), 3],
    ['totalPage is null', ask => ({ eips: slice(120, ask), totalCount: 120, totalPage: null }), 3],
    ['counts are text', ask => ({ eips: slice(120, ask), totalCount: '120', totalPage: '3' }), 3],
    ['returnObj is an array of one', ask => [{ eips: slice(120, ask), totalCount: 120, totalPage: 3 }], 3],
    ['there are pages without EIPs', ask => ({ eips: slice(120, ask), totalCount: 120, totalPage: 5 }), 5],
    [
      'the empty page has eips null',
      ask => ({ eips: ask.pageNo > 3 ? null : slice(120, ask), totalCount: 120, totalPage: 4 }),
      4,
    ],
    [
      'the empty page has no eips',
      ask => ({ ...(ask.pageNo < 4 && { eips: slice(120, ask) }), totalCount: 120, totalPage: 4 }),
      4,
    ],
    ['a page repeats an EIP of another', ask => ({ eips: [...slice(120, ask), { ID: 'eip-0' }], totalCount: 120 }), 3],
  ])('is believed, read once: %s', async (_sentence, pages, calls) => {
    const { asked, list } = await listing(pages);
    expect(await list()).toEqual(named(120));
    expect(asked).toHaveLength(calls);
  });

  it.each<[string, Pages]>([
    [
      'an EIP went while pages were read',
      (ask, reading) => ({ eips: slice(60, ask), totalCount: reading < 2 ? 61 : 60 }),
    ],
    ['twice', (ask, reading) => ({ eips: slice(60, ask), totalCount: reading < 3 ? 61 : 60 })],
    [
      'an EIP came, and moved one to the next page',
      (ask, reading) => ({ eips: reading < 2 && ask.pageNo === 2 ? ids(49, 59) : slice(60, ask), totalCount: 60 }),
    ],
  ])('is read anew when it does not add up: %s', async (_sentence, pages) => {
    const { list } = await listing(pages);
    expect(await list()).toEqual(named(60));
  });

  it('is believed when an EIP came meanwhile and the last page counts it', async () => {
    const { asked, list } = await listing(ask => ({
      eips: slice(ask.pageNo === 1 ? 60 : 61, ask),
      totalCount: ask.pageNo === 1 ? 60 : 61,
    }));
    expect(await list()).toHaveLength(61);
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Pages, string, number]>([
    ['too few EIPs', ask => ({ eips: slice(59, ask), totalCount: 60 }), 'states 60 EIPs, but its pages hold 59', 6],
    ['too many EIPs', ask => ({ eips: slice(60, ask), totalCount: 59 }), 'states 59 EIPs, but its pages hold 60', 6],
    [
      'every page is the first',
      () => ({ eips: ids(0, 50), totalCount: 100 }),
      'states 100 EIPs, but its pages hold 50',
      6,
    ],
    [
      'the page size is not obeyed',
      ask => ({ eips: slice(100, { ...ask, pageSize: 10 }), totalCount: 100 }),
      'hold 20',
      6,
    ],
    ['totalPage is too small', ask => ({ eips: slice(60, ask), totalCount: 60, totalPage: 1 }), 'hold 50', 3],
    ['no EIPs but a count', () => ({ eips: [], totalCount: 3 }), 'states 3 EIPs, but its pages hold 0', 3],
  ])('is an error after three readings: %s', async (_sentence, pages, words, calls) => {
    const { asked, list } = await listing(pages);
    const failure = await failureOf(list());
    expect(failure).toMatchObject({ kind: 'unreadable', code: 'INVENTORY_MISMATCH' });
    expect(failure.message).toContain(words);
    expect(asked).toHaveLength(calls);
  });

  it('is handed on page by page, every EIP once, and never waits in more than a hundred pages', async () => {
    const total = 12_000;
    const { asked, client } = await listing(ask => ({
      eips: [...slice(total, ask), { ID: 'eip-0' }],
      totalCount: total,
    }));
    const waiting: number[] = [];
    const ids: string[] = [];
    const gathered = await gatherEips(client, 'region-1', () => ({
      take: async page => {
        waiting.push(asked.length - waiting.length);
        ids.push(...page.map(({ id }) => id));
      },
      end: () => ids.length,
    }));
    expect(gathered).toBe(total);
    expect(ids.toSorted()).toEqual(named(total));
    expect(Math.max(...waiting)).toBeLessThanOrEqual(101);
  });

  it('is not read to its end where a page cannot be read', async () => {
    const { asked, list } = await listing(ask =>
      ask.pageNo === 2 ? {} : { eips: slice(9000, ask), totalCount: 9000 },
    );
    expect(await failureOf(list())).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
    expect(asked.length).toBeLessThan(130);
  });

  it('is not asked for at all beyond the first page when a count is absurd', async () => {
    const { asked, list } = await listing(() => ({ eips: [], totalCount: 1, totalPage: '999999999' }));
    expect((await failureOf(list())).code).toBe('INVENTORY_MISMATCH');
    expect(asked).toHaveLength(3);
  });

  it.each<[string, unknown]>([
    ['totalCount is absent', { eips: [] }],
    ['totalCount is null', { eips: [], totalCount: null }],
    ['totalCount is a word', { eips: [], totalCount: 'few' }],
    ['totalCount is a fraction', { eips: [], totalCount: 1.5 }],
    ['an EIP has no id', { eips: [{ name: 'x' }], totalCount: 1 }],
    ['an EIP has an empty id', { eips: [{ ID: '' }], totalCount: 1 }],
    ['eips is not a list', { eips: {}, totalCount: 0 }],
    ['returnObj is absent', undefined],
  ])('is an error at once: %s', async (_sentence, page) => {
    const { asked, list } = await listing(() => page);
    expect(await failureOf(list())).toMatchObject({
      kind: 'unreadable',
      code: 'UNEXPECTED_ANSWER',
      operation: 'newListEips',
    });
    expect(asked).toHaveLength(1);
  });
});
