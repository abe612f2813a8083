import { afterAll, describe, expect, it } from 'vitest';
import { scaleBandwidth, scaleOnAlarm } from '../../shared/flow/jobs.ts';
import { closeStands, outcomeOf, REGION, type Stand, stand } from '../stand.ts';

afterAll(closeStands);

const START = '2026-11-24T02:00:00Z';

const busy = (id: string, points: [string, number][], change: Record<string, unknown> = {}) => ({
  regionID: REGION,
  ID: id,
  name: `名称-${id}`,
  eipAddress: `203.0.113.${id.at(-1)}`,
  status: 'ACTIVE',
  associationID: `vm-${id}`,
  associationType: 'INSTANCE',
  billingMethod: 'on_demand',
  bandwidth: 10,
  load: { points: points.map(([at, egressMbps]) => ({ at, egressMbps })) },
  ...change,
});

const ask = (scale: object = {}, change: object = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  scale: { ladderMbps: [5, 10, 20, 50, 100], ceilingMbps: 50, settleWithinSeconds: 3, ...scale },
  limits: { maxActions: 50, maxSharePercent: 100 },
  ...change,
});

const open = (eips: Record<string, unknown>[]) => stand(eips, { now: START, ownClock: true });
const sizes = ({ simulator }: Stand): unknown[] =>
  simulator.orders().map(({ eipID, params }) => `${eipID} ${String(params.bandwidth)}`);

const firstEip = ({ simulator }: Stand) =>
  (simulator.kept() as { accounts: { eips: Record<string, unknown>[] }[] }).accounts[0]!.eips[0]!;

/** A run every five minutes, for so long. @returns the outcome of an EIP each time */
async function runs(here: Stand, minutes: number, id: string, scale: object = {}): Promise<string[]> {
  const outcomes: string[] = [];
  for (let at = 0; at < minutes; at += 5) {
    here.simulator.clock.advance(300);
    outcomes.push(outcomeOf(await here.run(scaleBandwidth, ask(scale)), id));
  }
  return outcomes;
}

describe('scale-bandwidth, run after run', () => {
  it('raises a spike once to the right rung within two runs of its being sustained, and comes back after it', async () => {
    const here = await open([
      busy('eip-1', [
        ['-1h', 2],
        ['+12m', 18],
        ['+50m', 1],
      ]),
    ]);
    const rise = await runs(here, 30, 'eip-1');
    expect(rise.slice(0, 2)).toEqual(['keep: in-range', 'keep: in-range']);
    expect(rise.filter(outcome => outcome === 'done: resized')).toHaveLength(1);
    expect(rise.indexOf('done: resized')).toBeLessThanOrEqual(5);
    expect(sizes(here)).toEqual(['eip-1 50']);
    await runs(here, 45, 'eip-1');
    expect(sizes(here)).toEqual(['eip-1 50', 'eip-1 10']);
    await runs(here, 30, 'eip-1');
    expect(sizes(here)).toHaveLength(2);
  });

  it('leaves a flapping load alone', async () => {
    const points = Array.from({ length: 12 }, (_, i): [string, number] => [`+${i * 5}m`, i % 2 === 0 ? 18 : 0]);
    const here = await open([busy('eip-1', [['-1h', 0], ...points])]);
    expect(new Set(await runs(here, 60, 'eip-1'))).toEqual(new Set(['keep: in-range']));
    expect(sizes(here)).toEqual([]);
  });

  it('returns the size after a week without schedules', async () => {
    const here = await open([
      busy('eip-1', [
        ['-1h', 18],
        ['+1h', 0],
      ]),
    ]);
    await runs(here, 5, 'eip-1');
    here.simulator.clock.advance(7 * 86_400);
    expect(await runs(here, 5, 'eip-1')).toEqual(['done: resized']);
    expect(sizes(here)).toEqual(['eip-1 50', 'eip-1 10']);
  });

  it("respects a person's change: it is left alone, adopted, and never undone", async () => {
    const here = await open([
      busy('eip-1', [
        ['-1h', 18],
        ['+30m', 0],
      ]),
    ]);
    await runs(here, 5, 'eip-1');
    const eip = firstEip(here);
    eip.bandwidth = 30;
    const after = await runs(here, 60, 'eip-1');
    expect(after.slice(0, 6)).toEqual(Array(6).fill('keep: changed-by-a-person'));
    expect(after.slice(7)).toEqual(Array(5).fill('keep: in-range'));
    expect([sizes(here), eip.bandwidth]).toEqual([['eip-1 50'], 30]);
  });

  it('holds on stale and on missing metrics, and tells metrics that cannot be asked', async () => {
    const load = { egressMbps: 9, staleSeconds: 1200 };
    const here = await open([busy('eip-1', [], { load }), busy('eip-2', [], { load: { missing: true } })]);
    const report = await here.run(scaleBandwidth, ask());
    expect([outcomeOf(report, 'eip-1'), outcomeOf(report, 'eip-2')]).toEqual([
      'hold: metrics-stale',
      'hold: metrics-missing',
    ]);
    expect(report.health).toBe('ok');
    here.simulator.faults([{ kind: 'business-error', path: '/v4/eip/new-query-*', code: 'Openapi.Monitor.Down' }]);
    const blind = await here.run(scaleBandwidth, ask());
    expect([outcomeOf(blind, 'eip-1'), blind.health]).toEqual(['hold: metrics-unavailable', 'failed']);
  });

  it('falls back to the newest point where there is no history, which is enough only where one is asked for', async () => {
    const here = await open([busy('eip-1', [['-1h', 9]])]);
    here.simulator.faults([{ kind: 'business-error', path: '/v4/eip/new-query-history-monitor', code: 'X' }]);
    expect(await runs(here, 5, 'eip-1')).toEqual(['hold: too-few-points']);
    expect(await runs(here, 5, 'eip-1', { sustain: { points: 1 } })).toEqual(['done: resized']);
  });

  it('opens and closes a window', async () => {
    const here = await open([busy('eip-1', [['-1h', 1]])]);
    const windows = [{ days: ['tue'], from: '10:04', to: '10:50', zone: 'Asia/Shanghai', atLeastMbps: 20 }];
    await runs(here, 90, 'eip-1', { windows });
    expect(sizes(here)).toEqual(['eip-1 20', 'eip-1 10']);
  });

  it('orders nothing in a plan, and remembers nothing', async () => {
    const here = await open([busy('eip-1', [['-1h', 9]])]);
    const report = await here.run(scaleBandwidth, { ...ask(), mode: 'plan' });
    expect([outcomeOf(report, 'eip-1'), sizes(here)]).toEqual(['planned', []]);
    expect(await here.ledger.query('open', 'memo#bandwidth#main')).toEqual([]);
  });

  it('looks only at what an alarm names, and at everything where that is nothing of ours', async () => {
    const here = await open([busy('eip-1', [['-1h', 9]]), busy('eip-2', [['-1h', 9]])]);
    const named = await here.run(scaleOnAlarm(['203.0.113.2']), { ...ask(), mode: 'plan' });
    expect([outcomeOf(named, 'eip-1'), outcomeOf(named, 'eip-2')]).toEqual(['keep: not-named', 'planned']);
    const asked = here.simulator.calls().filter(({ path }) => path.endsWith('history-monitor'));
    expect(asked).toHaveLength(1);
    const all = await here.run(scaleOnAlarm(['10.0.0.1']), { ...ask(), mode: 'plan' });
    expect([outcomeOf(all, 'eip-1'), outcomeOf(all, 'eip-2')]).toEqual(['planned', 'planned']);
  });

  it('does not order where the memory has moved since the plan', async () => {
    const here = await open([busy('eip-1', [['-1h', 18]])]);
    const query = here.ledger.query;
    await runs(here, 5, 'eip-1');
    here.simulator.clock.advance(3600);
    // A list that is behind, as an eventually consistent index may be, knows nothing of the first raise.
    Object.assign(here.ledger, {
      query: async (index: never, value: string) => (value.startsWith('memo#') ? [] : query(index, value)),
    });
    firstEip(here).load = { egressMbps: 45 };
    const late = await here.run(scaleBandwidth, ask({ ceilingMbps: 100 }));
    expect([outcomeOf(late, 'eip-1'), sizes(here)]).toEqual(['skipped: changed', ['eip-1 50']]);
  });
});

describe('the number of calls', () => {
  it('of one round over 1,000 EIPs in one region is at most 45', async () => {
    const eips = Array.from({ length: 1000 }, (_, i) =>
      busy(`eip-${i}`, [], { eipAddress: `10.0.${i >> 8}.${i & 255}`, load: { egressMbps: 4 } }),
    );
    const here = await open(eips);
    const report = await here.run(scaleBandwidth, { ...ask(), mode: 'plan' });
    expect(report.plan.items.map(({ verdict }) => verdict.reason.code)).toEqual(Array(1000).fill('in-range'));
    expect(here.simulator.calls().length).toBeLessThanOrEqual(45);
  }, 60_000);
});
