import { describe, expect, it } from 'vitest';
import { openProposals } from '../../shared/ledger/proposals.ts';
import { KEY } from '../stand.ts';
import { cloudOf, type House, housing, renewAsk, VISIBILITY_SECONDS } from './house.ts';

const THREE = { 'region-1': 2, 'region-2': 2, 'region-3': 2 };
const ALL = ['region-1-0', 'region-1-1', 'region-2-0', 'region-2-1', 'region-3-0', 'region-3-1'];
const tight = (limits: object) => renewAsk({ limits: { maxActions: 50, maxSharePercent: 100, ...limits } });

const open = housing();
const countsOf = ({ results }: House): number[] => results.map(({ answer, threw }) => (threw || !answer ? 0 : 1));

describe('a schedule of several targets, through the bundle of auto-renew', () => {
  it('sends a message for each region and ends without a look; each is renewed by its own run, once', async () => {
    const house = await open('auto-renew', cloudOf(THREE));
    const { answer } = await house.function.invoke(renewAsk());
    expect(answer).toMatchObject({
      schema: 'eip-autopilot/sent/1',
      function: 'auto-renew',
      slot: '2026-11-24T02:00:00.000Z',
      sent: { messages: 3, targets: 3 },
    });
    expect(house.simulator.calls().map(({ path }) => path)).toEqual(['/v4/region/list-regions']);
    await house.drain();
    expect([house.ordered(), house.results.map(({ answer: each }) => each), house.waiting()]).toEqual([
      ALL,
      Array(3).fill({ batchItemFailures: [] }),
      [],
    ]);
  });
  it('a schedule that is delivered twice, and messages that are delivered twice and at once, are done once', async () => {
    const house = await open('auto-renew', cloudOf(THREE));
    await house.function.invoke(renewAsk());
    await house.function.invoke(renewAsk());
    for (const { body } of [...house.queues.queue('runs').all]) house.queues.queue('runs').send(body);
    expect(house.waiting()).toHaveLength(12);
    await house.drain(4);
    expect([house.ordered(), countsOf(house)]).toEqual([ALL, Array(12).fill(1)]);
  });
  it('messages of an invocation without a slot are one run each, however often they come', async () => {
    const house = await open('auto-renew', cloudOf(THREE));
    const { slot: _, ...ask } = renewAsk();
    await house.function.invoke(ask);
    for (const { body } of [...house.queues.queue('runs').all]) house.queues.queue('runs').send(body);
    await house.drain(3);
    expect([house.ordered(), countsOf(house)]).toEqual([ALL, Array(6).fill(1)]);
    expect(house.function.logs().match(/"slot":"done"|"slot":"running"/g) ?? []).toEqual([]);
  });
  it.each([
    ['actions', { maxActions: 3 }, 2],
    ['money', { maxSpendPerRun: '250.00' }, 2],
    ['actions, with room for two plans', { maxActions: 5 }, 4],
  ])(
    'the cap on %s is one over all messages at once: a plan that would cross it is held whole',
    async (_, cap, most) => {
      const house = await open('auto-renew', cloudOf(THREE));
      await house.function.invoke(tight(cap));
      await house.drain(3);
      expect(house.ordered()).toHaveLength(most);
      const regions = house.ordered().map(id => id.slice(0, 8));
      for (const region of new Set(regions)) expect(regions.filter(each => each === region)).toHaveLength(2);
      const waiting = await openProposals(house.table);
      expect(waiting.map(({ plan }) => plan.held.map(({ cap: name }) => name))).toEqual(
        Array((6 - most) / 2).fill(Object.keys(cap)),
      );
      // A held plan raises the alarm once, and does not come again.
      expect(house.results.filter(({ threw }) => threw === 'FailedForGood')).toHaveLength((6 - most) / 2);
      house.queues.advance(VISIBILITY_SECONDS);
      await house.drain();
      expect([house.waiting(), house.dead(), house.ordered().length]).toEqual([[], 0, most]);
    },
  );
  it('what was counted and not bought is given back to the other targets of the slot', async () => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 2, 'region-2': 2 }));
    house.simulator.faults([
      { kind: 'business-error', path: '/v4/eip/renew', regionID: 'region-1', code: 'Openapi.X', message: 'no' },
    ]);
    await house.function.invoke(tight({ maxActions: 2 }));
    await house.drain();
    expect(house.ordered()).toEqual(['region-2-0', 'region-2-1']);
  });
  it('runs one target, and one that is switched off, at once; and all where no queue is named', async () => {
    const house = await open('auto-renew', cloudOf(THREE));
    const one = await house.function.invoke(renewAsk({ targets: [{ account: 'main', regions: ['region-2'] }] }));
    expect(one.answer).toMatchObject({ health: 'ok', totals: { done: 2 } });
    const alone = await open('auto-renew', cloudOf({ 'region-1': 1, 'region-2': 1 }), { QUEUE_URL: '' });
    expect((await alone.function.invoke(renewAsk())).answer).toMatchObject({ totals: { done: 2 } });
    expect([house.waiting(), alone.waiting()]).toEqual([[], []]);
  });
  it('shares messages between the regions of an account where there are more than a hundred', async () => {
    const counts = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`region-${i}`, 0]));
    const house = await open('auto-renew', cloudOf(counts));
    const { answer } = await house.function.invoke(renewAsk({ mode: 'plan' }));
    expect(answer).toMatchObject({ sent: { messages: 65, targets: 130 } });
    expect(house.waiting()).toHaveLength(65);
  });
});

describe('a message whose run fails', () => {
  it('comes again where CTyun was away, and is then done; the others do not wait for it', async () => {
    const house = await open('auto-renew', cloudOf(THREE));
    const away = { kind: 'status', path: '/v4/eip/new-list', regionID: 'region-2', status: 503 };
    house.simulator.faults([away]);
    await house.function.invoke(renewAsk());
    await house.drain();
    expect(house.ordered()).toEqual(ALL.filter(id => !id.startsWith('region-2')));
    expect(house.waiting()).toHaveLength(1);
    house.simulator.faults([]);
    house.queues.advance(VISIBILITY_SECONDS);
    await house.drain();
    expect([house.ordered(), house.waiting(), house.dead()]).toEqual([ALL, [], 0]);
  }, 60_000);
  it('goes to the dead letters where CTyun stays away', async () => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 1, 'region-2': 0 }));
    house.simulator.faults([{ kind: 'status', path: '/v4/eip/new-list', regionID: 'region-1', status: 503 }]);
    await house.function.invoke(renewAsk());
    for (let tries = 0; tries < 4; tries++) {
      await house.drain();
      house.queues.advance(VISIBILITY_SECONDS);
    }
    expect([house.ordered(), house.waiting(), house.dead()]).toEqual([[], [], 1]);
  }, 60_000);
  it.each([
    ['an order is refused', 'main', [{ kind: 'business-error', path: '/v4/eip/renew', code: 'Openapi.X' }]],
    ['an account has no secret', 'other', []],
  ])('raises the alarm once and does not come again where %s', async (_sentence, account, faults) => {
    const house = await open('auto-renew', cloudOf({ 'region-1': 1, 'region-2': 0 }));
    house.simulator.faults(faults.map(fault => ({ message: 'no', ...fault })));
    await house.function.invoke(renewAsk({ targets: [{ account, regions: ['region-1', 'region-2'] }] }));
    await house.drain();
    const thrown = house.results.filter(({ threw }) => threw === 'FailedForGood').length;
    expect(thrown).toBe(account === 'main' ? 1 : 2);
    house.queues.advance(VISIBILITY_SECONDS);
    await house.drain();
    expect(house.results.filter(({ threw }) => threw).length).toBe(thrown);
    expect([house.waiting(), house.dead()]).toEqual([[], 0]);
  });
  it.each(['no JSON', '{}', '{"round":{"id":"x"}}', '{"alarm":1}'])(
    'that is %s goes to the dead letters, for a person to read',
    async body => {
      const house = await open('auto-renew', cloudOf({ 'region-1': 1 }));
      house.queues.queue('runs').send(body);
      for (let tries = 0; tries < 4; tries++) {
        await house.drain();
        house.queues.advance(VISIBILITY_SECONDS);
      }
      expect([house.waiting(), house.dead(), house.ordered()]).toEqual([[], 1, []]);
    },
  );
  it('throws where the queue does not take the messages; the repetition is done once', async () => {
    const house = await open('auto-renew', cloudOf(THREE));
    house.queues.fail('InternalFailure', 4);
    const { threw } = await house.function.invoke(renewAsk());
    expect([threw, house.waiting()]).toEqual([expect.stringMatching(/InternalFailure|Error/), []]);
    await house.function.invoke(renewAsk());
    await house.drain();
    expect(house.ordered()).toEqual(ALL);
  });
});

describe('the other scheduled functions', () => {
  const scaleAsk = {
    ...renewAsk(),
    renew: undefined,
    scale: { ladderMbps: [10, 20, 50], ceilingMbps: 50, settleWithinSeconds: 3 },
  };
  const busy = (id: string, regionID: string) => ({
    ...{ regionID, ID: id, eipAddress: `203.0.113.${id.at(-1)}`, status: 'ACTIVE', associationID: 'vm' },
    ...{ bandwidth: 10, load: { egressMbps: 9 } },
  });
  it('scale-bandwidth tells the rounds and the alarms of its one queue apart', async () => {
    const eips = [busy('eip-1', 'region-1'), busy('eip-2', 'region-2')];
    const state = { accounts: [{ name: 'main', ...KEY, eips }], settings: { orderSeconds: 0 } };
    const house = await open('scale-bandwidth', state);
    const { renew: _, ...ask } = scaleAsk;
    expect((await house.function.invoke(ask)).answer).toMatchObject({ sent: { messages: 2 } });
    house.queues.queue('runs').send(JSON.stringify({ alarm: { names: ['eip-1'], digest: 'd' } }));
    await house.drain();
    expect([house.ordered(), countsOf(house)]).toEqual([
      ['eip-1', 'eip-2'],
      [1, 1, 1],
    ]);
  });
  it('release-orphans looks at each region in its own run', async () => {
    const eips = ['region-1', 'region-2'].map((regionID, i) => ({
      regionID,
      ID: `eip-${i}`,
      eipAddress: `203.0.113.${i}`,
    }));
    const house = await open('release-orphans', {
      accounts: [{ name: 'main', ...KEY, eips }],
      settings: { orderSeconds: 0 },
    });
    const ask = (slot: string) => ({
      ...{ mode: 'apply', slot, targets: [{ account: 'main', regions: ['*'] }] },
      orphans: { graceHours: 0, warnHours: 0, maxUnboundJumpPercent: 100, dns: { names: [] } },
      limits: { maxActions: 50, maxSharePercent: 100, inventoryFloor: 1 },
    });
    for (const slot of ['2026-11-24T02:00:00Z', '2026-11-25T02:00:00Z']) {
      expect((await house.function.invoke(ask(slot))).answer).toMatchObject({ sent: { messages: 2 } });
      await house.drain();
    }
    expect(house.ordered()).toEqual(['eip-0', 'eip-1']);
  });
  it('settle-orders sends a message for each account', async () => {
    const house = await open('settle-orders', cloudOf(THREE));
    const targets = ['main', 'other', 'main'].map(account => ({ account, regions: ['*'] }));
    const { answer } = await house.function.invoke({ mode: 'apply', targets });
    expect(answer).toMatchObject({ sent: { messages: 2 }, targets: [{ account: 'main' }, { account: 'other' }] });
    await house.drain();
    expect([house.results.map(({ answer: each }) => each), house.simulator.calls()]).toEqual([
      Array(2).fill({ batchItemFailures: [] }),
      [],
    ]);
  });
});
