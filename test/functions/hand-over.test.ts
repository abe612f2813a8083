import { describe, expect, it } from 'vitest';
import { lockOf, nextOf, type RoundMessage } from '../../shared/edge/round-message.ts';
import { budgetsAt, readBudget } from '../../shared/ledger/spend.ts';
import { startBundle } from './bundled.ts';
import { cloudOf, type House, housing, renewAsk } from './house.ts';

const ONE = [{ account: 'main', regions: ['region-1'] }];
/** What Lambda has left where a run may begin actions for two seconds; and where it may not even look. */
const SHORT_MS = 22_000;
const NONE_MS = 19_000;

const open = housing();

const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `region-1-${i}`).toSorted();
const slow = (count: number, seconds = 3) => cloudOf({ 'region-1': count }, { orderSeconds: seconds });
const ask = (maxActions: number) =>
  renewAsk({
    targets: ONE,
    renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 8 },
    limits: { maxActions, maxSharePercent: 100, maxSpendPerDay: '10000.00', maxSpendPerRun: '10000.00' },
  });

/** What is set aside and not spent. */
async function aside({ table }: House): Promise<number> {
  const { committed, booked } = await readBudget(table, { account: 'main', budget: budgetsAt(new Date()).day });
  return committed - booked;
}

describe('a run that comes near its time limit, through the bundle of auto-renew', () => {
  it('begins nothing more, says so, and hands the rest to the queue: all is renewed once, under one cap', async () => {
    const house = await open('auto-renew', slow(8));
    const { answer } = await house.function.invoke(ask(8), SHORT_MS);
    expect(answer).toMatchObject({
      ...{ health: 'ok', totals: { act: 8, done: 4, skipped: 4, failed: 0 } },
      targets: [{ region: 'region-1', handedOver: true, problem: null }],
    });
    expect(JSON.stringify(answer?.items).match(/"code":"handed-over"/g)).toHaveLength(4);
    expect([house.ordered().length, await aside(house)]).toEqual([4, 0]);
    // The rest comes twice, and the schedule once more.
    const [message] = house.queues.queue('runs').all;
    house.queues.queue('runs').send(message?.body ?? '');
    expect((await house.function.invoke(ask(8))).answer).toMatchObject({ targets: [{ slot: 'done' }] });
    await house.drain(2);
    expect([house.ordered(), house.waiting(), await aside(house)]).toEqual([idsOf(8), [], 0]);
    expect(house.results.map(({ answer: each }) => each)).toEqual(Array(2).fill({ batchItemFailures: [] }));
  }, 120_000);
  it('goes round as often as it must', async () => {
    const house = await open('auto-renew', slow(18, 4));
    await house.function.invoke(ask(18), SHORT_MS);
    await house.drain(1, 31_000);
    expect([house.ordered(), house.waiting(), house.results.length]).toEqual([idsOf(18), [], 2]);
  }, 120_000);
  it('keeps in the slot what the rest will need: another plan of the slot cannot take it', async () => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 8, 'region-2': 1 }, { orderSeconds: 3 }), {
      CTYUN_TIMEOUT_MS: '20000',
    });
    const targets = [...ONE, { account: 'main', regions: ['region-2'] }];
    await house.function.invoke({ ...ask(8), targets });
    const [first, second] = house.queues.queue('runs').all.map(({ body, id }) => ({
      Records: [{ messageId: id, body, eventSource: 'aws:sqs' }],
    }));
    // After so slow a look there is one second in which actions may begin.
    house.simulator.faults([{ kind: 'latency', path: '/v4/eip/new-list', ms: 8_500 }]);
    expect((await house.function.invoke(first, 30_200)).answer).toEqual({ batchItemFailures: [] });
    house.simulator.faults([]);
    expect(house.ordered()).toHaveLength(4);
    expect((await house.function.invoke(second, 60_000)).threw).toBe('FailedForGood');
    expect(house.ordered()).toHaveLength(4);
    // What was invoked by hand is still in the queue, and finds its places done.
    await house.drain();
    expect(house.ordered()).toEqual(idsOf(8));
  }, 120_000);
  it('hands over also what it has had no time to look at', async () => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 2 }));
    const { answer } = await house.function.invoke(ask(8), NONE_MS);
    expect(answer).toMatchObject({ health: 'ok', totals: { seen: 0 }, targets: [{ handedOver: true }] });
    expect(house.simulator.calls()).toEqual([]);
    await house.drain();
    expect(house.ordered()).toEqual(idsOf(2));
  });
  it('ends, and raises the alarm, where it has gone round and done nothing', async () => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 2 }), { CTYUN_TIMEOUT_MS: '20000' });
    await house.function.invoke(ask(8), NONE_MS);
    const [first] = house.waiting() as unknown as RoundMessage[];
    expect(first?.round).toMatchObject({ handOvers: 1, stalled: 1 });
    const last = { ...first!, round: { ...first!.round, handOvers: 3, stalled: 3 } };
    house.simulator.faults([{ kind: 'latency', path: '/v4/eip/new-list', ms: 12_000 }]);
    const Records = [{ messageId: '1', body: JSON.stringify(last), eventSource: 'aws:sqs' }];
    const { threw, message } = await house.function.invoke({ Records }, 31_000);
    expect([threw, message]).toEqual(['FailedForGood', expect.stringMatching(/failed; 0 done, 0 ordered, 2 skipped/)]);
    expect([house.waiting().length, house.ordered()]).toEqual([1, []]);
  }, 120_000);
  it('says that it ran out of time, and fails, where the queue does not take the rest, or none is named', async () => {
    const house = await open('auto-renew', slow(6));
    house.queues.fail('InternalFailure', 2);
    const refused = await house.function.invoke(ask(8), SHORT_MS);
    const alone = await open('auto-renew', slow(6), { QUEUE_URL: '' });
    const unnamed = await alone.function.invoke(ask(8), SHORT_MS);
    for (const { threw, report } of [refused, unnamed]) {
      expect([threw, report?.totals]).toEqual(['RunFailed', expect.objectContaining({ done: 4, skipped: 2 })]);
      expect(JSON.stringify(report?.items)).toContain('out-of-time');
      expect(JSON.stringify(report)).not.toContain('handed-over');
    }
    expect([house.waiting(), await aside(house)]).toEqual([[], 0]);
  }, 120_000);
});

describe('settle-orders near its time limit', () => {
  it('hands over the orders that it has not looked at, and another run settles them', async () => {
    const house = await open('auto-renew', slow(3, 2));
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 0 };
    await house.function.invoke({ ...ask(8), renew });
    expect(house.ordered()).toHaveLength(3);
    const settle = await startBundle('settle-orders', house.environment);
    const { answer } = await settle.invoke({ mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] }, NONE_MS);
    expect(answer).toMatchObject({ totals: { act: 3, skipped: 3 }, targets: [{ handedOver: true }], health: 'ok' });
    const [message] = house.queues.queue('runs').all;
    await new Promise(resolve => setTimeout(resolve, 2_500));
    const Records = [{ messageId: '1', body: message?.body, eventSource: 'aws:sqs' }];
    expect((await settle.invoke({ Records })).answer).toEqual({ batchItemFailures: [] });
    expect((await settle.invoke({ mode: 'apply', targets: ONE })).answer).toMatchObject({ totals: { seen: 0 } });
    settle.close();
  }, 120_000);
});

describe('a message that goes on', () => {
  const round = { id: 'i', name: 'slot', part: 'p', handOvers: 0, stalled: 0, seenBefore: 0 };
  const rest = (progress: boolean) => ({ targets: ONE, seenBefore: 7, progress });
  it('locks its places by a name of its own', () => {
    expect([0, 1, 2].map(handOvers => lockOf({ round: { ...round, handOvers }, event: {} }))).toEqual([
      ...['slot', 'slot+1', 'slot+2'],
    ]);
  });
  it.each([
    ['for ever while something is done', true, 48],
    ['three times while nothing is', false, 3],
  ])('goes on %s, within its bound', (_sentence, progress, most) => {
    let at: RoundMessage = { round, event: { slot: 's' } };
    let times = 0;
    for (let next = nextOf(at); next; next = nextOf(at)) {
      at = next(rest(progress));
      times += 1;
    }
    expect([times, at]).toMatchObject([most, { round: { handOvers: most, seenBefore: 7 }, event: { targets: ONE } }]);
  });
});
