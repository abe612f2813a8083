import { afterAll, describe, expect, it } from 'vitest';
import { Rate } from '../../local/simulator/rate.ts';
import { paceOf } from '../../shared/ctyun/pace.ts';
import { closeStands, due, stand } from '../stand.ts';

afterAll(closeStands);

/** A clock that only waiting moves, a pace on it, and a gateway with a limit that may be changed. */
function road(perSecond: number) {
  const state = { now: 1_000_000, slept: 0, refusals: 0, gate: new Rate(perSecond, 1_000_000) };
  const pass = (ms: number): void => {
    state.now += ms;
  };
  const sleep = async (ms: number): Promise<void> => {
    state.slept += ms;
    pass(ms);
  };
  const pace = paceOf({ now: () => new Date(state.now), sleep });
  /** Sends until it is let through; one answer takes 5 ms, so that 200 a second could be sent. */
  const call = async (): Promise<void> => {
    for (;;) {
      await pace.turn();
      pass(5);
      if (state.gate.lets(state.now)) return pace.letThrough();
      state.refusals += 1;
      pace.refused();
    }
  };
  const calls = async (count: number): Promise<number> => {
    const begun = state.now;
    for (let left = count; left > 0; left--) await call();
    return (count * 1000) / (state.now - begun);
  };
  return { state, pace, calls };
}

describe('the pace of calls', () => {
  it('holds nothing back while nothing is refused', async () => {
    const { state, calls } = road(10_000);
    expect([await calls(500), state.slept, state.refusals]).toEqual([200, 0, 0]);
  });
  it.each([20, 50, 100, 150])('finds a limit of %i a second, and loses little of it', async limit => {
    const { state, calls } = road(limit);
    await calls(limit * 10);
    const before = state.refusals;
    expect(await calls(limit * 20)).toBeGreaterThan(0.9 * limit);
    expect(state.refusals - before).toBeLessThan(limit);
  });
  it('grows again where the limit is gone', async () => {
    const { state, calls } = road(50);
    await calls(500);
    state.gate = new Rate(10_000, state.now);
    await calls(3000);
    expect(await calls(200)).toBeGreaterThan(150);
  });
  it('takes refusals of calls that were under way together for one', async () => {
    const { state, pace, calls } = road(10_000);
    await calls(100);
    for (let nth = 0; nth < 8; nth++) pace.refused();
    await calls(100);
    expect(state.slept).toBeGreaterThan(0);
    // 93 % of 200 a second, and not 93 % of 93 % of …
    expect(await calls(100)).toBeGreaterThan(0.9 * 200);
  });
  it('waits no longer than there is time: what is refused for minutes must not outsleep its run', async () => {
    const { state, pace, calls } = road(10_000);
    await calls(100);
    for (let nth = 0; nth < 150; nth++) {
      pace.refused();
      state.now += 300;
    }
    await pace.turn(5_000);
    expect(state.slept).toBe(5_000);
    await pace.turn(-1);
    expect(state.slept).toBe(5_000);
  });
  it('says nothing of a refusal among the first calls: there is no rate yet', async () => {
    const { state, pace, calls } = road(10_000);
    pace.refused();
    await calls(5);
    pace.refused();
    await calls(50);
    expect(state.slept).toBe(0);
  });
});

describe('a list of many pages under a rate limit', () => {
  it('is read whole, though it would be refused again and again at full speed', async () => {
    const open = await stand(Array.from({ length: 9000 }, (_, i) => due(`eip-${i}`, { expiredAt: '+90d' })));
    open.simulator.faults([{ kind: 'throttle', perSecond: 60 }]);
    const report = await open.autoRenew({ mode: 'plan' });
    expect(report.targets).toMatchObject([{ seen: 9000, problem: null }]);
    const refused = open.simulator.calls().filter(({ fault }) => fault === 'throttle').length;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(60);
  }, 20_000);
});
