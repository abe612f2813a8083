import { describe, expect, it } from 'vitest';
import { autoRenew } from '../../shared/flow/jobs.ts';
import { fenOf } from '../../shared/model/money.ts';
import { BLOWS, everyStep, play, SCENARIOS } from '../harness/crash-points.ts';
import { brokenPromises } from '../harness/invariants.ts';
import { chance, KEY, openStage, REGION } from '../harness/stage.ts';

// All scenarios, each struck in every way at every step, are a proof of their own: npm run test:crash.
describe('a scheduled renewal that is struck at every one of its steps', () => {
  it.each(BLOWS.filter(([, blow]) => blow.endsWith('after')))(
    '%s: bought once, books right, nothing forgotten',
    async (_words, blow) => {
      const { steps, broken } = await everyStep(SCENARIOS['a scheduled renewal']!, blow);
      expect(broken).toEqual([]);
      expect(steps).toBeGreaterThan(60);
    },
    60_000,
  );
});

describe('a purchase of another kind whose answers are lost at every step', () => {
  it.each(['the renewal of an IPv6 bandwidth', 'a traffic package that is bought again'])(
    '%s: bought once, books right, nothing forgotten',
    async name => {
      const { steps, broken } = await everyStep(SCENARIOS[name]!, 'lost-after');
      expect(broken).toEqual([]);
      expect(steps).toBeGreaterThan(25);
    },
    60_000,
  );
});

describe('the watchman', () => {
  const rest = async () => {
    const due = { regionID: REGION, ID: 'eip-1', eipAddress: '203.0.113.1', expiredAt: '+1d' };
    const state = { accounts: [{ name: 'main', ...KEY, eips: [due] }], settings: { orderSeconds: 0 } };
    const stage = await openStage(state, chance(1));
    const renew = { withinDays: 7, cycle: { type: 'month', count: 1 } };
    const limits = { maxSharePercent: 100 };
    stage.start(autoRenew, { mode: 'apply', targets: [{ account: 'main', regions: [REGION] }], renew, limits });
    await stage.room.run();
    return stage;
  };
  it('has nothing to say of a run that went well', async () => {
    expect(await brokenPromises(await rest())).toEqual([]);
    expect((await play(SCENARIOS['a scheduled renewal']!, 0, 'pass')).broken).toEqual([]);
  });
  it('notices a second purchase of a term', async () => {
    const stage = await rest();
    stage.here.cloud.orders.push({ ...stage.orders()[0]!, masterOrderID: 'again' });
    expect((await brokenPromises(stage)).join()).toMatch(/bought 2 times.*says it spent/);
  });
  it('notices money that the books do not show', async () => {
    const stage = await rest();
    Object.assign(stage.orders()[0]!, { price: '999.00' });
    expect((await brokenPromises(stage)).join()).toContain(`the cloud took ${fenOf('999.00')}`);
  });
  it('notices what is set aside and forgotten, and an intent without an end', async () => {
    const stage = await rest();
    const key = { pk: 'spend#main', sk: 'month#2026-11' };
    const row = await stage.ledger.get(key);
    await stage.ledger.put({ ...row, ...key, held: { ghost: { amount: 1, by: 'x', until: '' } } });
    expect((await brokenPromises(stage)).join()).toMatch(/committed .* is not .*ghost is still set aside/);
  });
});
