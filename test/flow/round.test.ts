import { afterAll, describe, expect, it } from 'vitest';
import { RunFailed, scheduled } from '../../shared/edge/scheduled.ts';
import { autoRenew } from '../../shared/flow/jobs.ts';
import type { Rest, Round } from '../../shared/flow/round.ts';
import type { Report } from '../../shared/model/report.ts';
import { ask, closeStands, due, outcomeOf, type Stand, stand } from '../stand.ts';

afterAll(closeStands);

const SLOT = '2026-11-24T02:00:00.000Z';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs a part of a round. @param leftMs of Lambda's time */
async function run(
  here: Stand,
  round: Partial<Round>,
  change: Record<string, unknown> = {},
  leftMs = 120_000,
): Promise<Report> {
  const whole: Round = { id: 'r', part: 'p', lock: null, seenBefore: 0, handOver: null, ...round };
  let report: Report | undefined;
  const doorway = {
    ...{ surroundings: () => here.surroundings, log: silent, round: () => whole },
    onReport: (made: Report) => {
      report = made;
    },
  };
  const context = { getRemainingTimeInMillis: () => leftMs } as never;
  await scheduled(autoRenew, doorway)(ask(change), context).catch((error: unknown) => {
    if (!(error instanceof RunFailed)) throw error;
  });
  return report!;
}
const heldBy = ({ plan }: Report) => plan.held.map(({ cap, wanted, limit }) => [cap, wanted, limit]);

describe('the share of a round', () => {
  const half = { limits: { maxActions: 50, maxSharePercent: 50 } };
  it('is that of the part: of what it has seen, also in runs before', async () => {
    const here = await stand([due('eip-a'), due('eip-bb')]);
    expect(heldBy(await run(here, { part: 'a' }, half))).toEqual([['maxSharePercent', 100, 50]]);
    expect(heldBy(await run(here, { part: 'b', seenBefore: 2 }, half))).toEqual([]);
    expect(here.orders()).toHaveLength(2);
  });
  it('counts what the part has done before', async () => {
    const here = await stand([due('eip-a')]);
    await run(here, { part: 'a', seenBefore: 1 }, half);
    const more = await stand([due('eip-bb')]);
    const beside = { ...more, surroundings: { ...more.surroundings, ledger: here.ledger } };
    expect(heldBy(await run(beside, { part: 'a', seenBefore: 1 }, half))).toEqual([['maxSharePercent', 100, 50]]);
    expect(heldBy(await run(beside, { part: 'b', seenBefore: 1 }, half))).toEqual([]);
  });
});

describe('the caps of a round', () => {
  it('hold a part that would cross what the others have left, and leave it to people', async () => {
    const here = await stand([due('eip-a'), due('eip-bb')]);
    const other = await stand([due('eip-c'), due('eip-dd')]);
    const limits = { limits: { maxActions: 3, maxSharePercent: 100 } };
    await run(here, { part: 'a' }, limits);
    const beside = { ...other, surroundings: { ...other.surroundings, ledger: here.ledger } };
    const report = await run(beside, { part: 'b' }, limits);
    expect([heldBy(report), report.approval]).toEqual([[['maxActions', 4, 3]], { approvers: 1 }]);
    expect(other.orders()).toEqual([]);
    // Another round of the same ask counts anew.
    expect(heldBy(await run(beside, { id: 'next', part: 'b' }, limits))).toEqual([]);
  });
  it('are crossed by what waits for people, too: who approves one part sees what the others would spend', async () => {
    const here = await stand([due('eip-a'), due('eip-bb')]);
    const other = await stand([due('eip-c'), due('eip-dd')]);
    const asked = { limits: { maxActions: 3, maxSharePercent: 100 }, approval: 'required' };
    expect(heldBy(await run(here, { part: 'a' }, asked))).toEqual([['approval', 1, 0]]);
    const beside = { ...other, surroundings: { ...other.surroundings, ledger: here.ledger } };
    expect(heldBy(await run(beside, { part: 'b' }, asked))).toEqual([
      ['approval', 1, 0],
      ['maxActions', 4, 3],
    ]);
    // What comes again is the same question.
    expect(heldBy(await run(here, { part: 'a' }, asked))).toEqual([['approval', 1, 0]]);
  });
  it('are given back where the money of the day does not do', async () => {
    const here = await stand([due('eip-a')]);
    const limits = { maxActions: 1, maxSharePercent: 100 };
    const poor = await run(here, { part: 'a' }, { limits: { ...limits, maxSpendPerDay: '1.00' } });
    expect(heldBy(poor)).toMatchObject([['maxSpendPerDay', expect.any(Number), 100]]);
    expect(heldBy(await run(here, { part: 'b' }, { limits }))).toEqual([]);
  });
});

describe('an EIP that two accounts see', () => {
  it('is renewed once, though each account has a part of its own', async () => {
    const here = await stand([due('eip-a')]);
    const parts = ['main', 'again'].map(account =>
      run(here, { part: account }, { targets: [{ account, regions: ['region-1'] }] }),
    );
    const ends = (await Promise.all(parts)).map(report => outcomeOf(report, 'eip-a'));
    // The other one finds it busy, changed or not due any more, as it comes.
    expect([here.orders().length, ends.filter(end => end === 'done: renewed')]).toEqual([1, ['done: renewed']]);
  });
});

describe('a run without time', () => {
  const kept = (taken: boolean) => {
    const rests: Rest[] = [];
    const handOver = async (rest: Rest): Promise<boolean> => {
      rests.push(rest);
      return taken;
    };
    return { rests, handOver };
  };
  it('hands over what it could not look at', async () => {
    const here = await stand([due('eip-a')]);
    const { rests, handOver } = kept(true);
    const { targets, plan } = await run(here, { handOver, seenBefore: 5 }, {}, 19_000);
    expect([targets, plan.items]).toEqual([[expect.objectContaining({ handedOver: true, problem: null })], []]);
    expect(rests).toEqual([{ targets: [{ account: 'main', regions: ['region-1'] }], seenBefore: 5, progress: false }]);
    expect(here.simulator.calls()).toEqual([]);
  });
  it('says that it is out of time where nobody takes the rest, and leaves its slot to another delivery', async () => {
    const here = await stand([due('eip-a')]);
    const { targets } = await run(here, { handOver: kept(false).handOver, lock: SLOT }, { slot: SLOT }, 19_000);
    expect(targets).toMatchObject([{ problem: { code: 'OUT_OF_TIME', mistake: false } }]);
    const again = await run(here, { lock: SLOT }, { slot: SLOT });
    expect([again.targets[0]?.slot, here.orders().length]).toEqual([undefined, 1]);
  });
  it('trusts nothing that was decided after its time, and hands all of it over', async () => {
    const here = await stand([due('eip-a')]);
    here.simulator.faults([{ kind: 'latency', path: '/v4/eip/new-list', ms: 300 }]);
    const { rests, handOver } = kept(true);
    let moved = 0;
    const clock = { ...here.surroundings.clock, now: () => new Date(Date.now() + moved) };
    const late = {
      ...here,
      surroundings: { ...here.surroundings, clock, ledger: here.ledger },
    };
    const timer = setTimeout(() => {
      moved = 200_000;
    }, 200);
    const report = await run(late, { handOver });
    clearTimeout(timer);
    expect([report.plan.items, report.targets[0]?.handedOver, rests.length]).toEqual([[], true, 1]);
    expect(here.orders()).toEqual([]);
  });
});
