/** One seeded schedule of trouble for release-orphans: crashes, lost answers, bad weather, and people who use EIPs at any step. */
import { releaseOrphans, settle } from '../../shared/flow/jobs.ts';
import { openIntents } from '../../shared/ledger/intents.ts';
import { brokenPromises } from '../harness/invariants.ts';
import { idsOf } from '../harness/orphan-points.ts';
import { idleState, releaseAsk, USES, type UseKind, watchDeletes } from '../harness/orphan-watch.ts';
import type { Fate } from '../harness/room.ts';
import { chance, openStage, type Stage } from '../harness/stage.ts';

export type OrphanResult = {
  readonly steps: number;
  readonly deletes: number;
  /** Deletes of what somebody had begun to use after the last look could see it. */
  readonly inWindow: number;
  readonly broken: readonly string[];
};

const KINDS = Object.keys(USES) as UseKind[];
const settleAsk = { mode: 'apply', targets: releaseAsk.targets };

export async function playOrphanSeed(seed: number): Promise<OrphanResult> {
  const roll = chance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const percent = (likely: number): boolean => roll() * 100 < likely;
  const stage = await openStage(idleState(pick([1, 1, 1, 2, 3, 5]), pick([0, 2, 20, 400])), chance(seed ^ 0x5eed));
  const watch = watchDeletes(stage);
  const eips = [...stage.here.cloud.state.accounts[0]!.eips].filter(({ ID }) => ID !== 'eip-9');
  const [trouble, usage, weather] = [pick([0, 0.5, 2, 6]), pick([0.2, 1, 3]), pick([0, 2, 8])];
  stage.room.choose = count => Math.floor(roll() * count);
  stage.room.fate = watch.fated((_step, label): Fate => {
    // Half of them right before a delete: that is where the window is.
    if (percent(label === '/v4/eip/delete' ? 50 : usage)) watch.use(pick(KINDS), pick(eips));
    return percent(trouble) ? pick(['kill-before', 'kill-after', 'lost-before', 'lost-after'] as const) : 'pass';
  });
  stage.weather = (_path, answer) => {
    if (!percent(weather)) return answer();
    const kind = pick(['throttled', 'unavailable', 'acted', 'garbage'] as const);
    if (kind === 'acted') answer();
    const [status, text] =
      kind === 'throttled' ? [429, '{}'] : [kind === 'unavailable' ? 503 : 200, '{"statusCode": 8'];
    return { status, headers: {}, body: Buffer.from(text) };
  };
  for (let event = 0; event < 3 + Math.floor(roll() * 4); event++) {
    stage.room.advance(60 * pick([1, 5, 30, 120, 720]));
    const what = pick(['release', 'release', 'twice', 'settle', 'both'] as const);
    if (what !== 'settle') stage.start(releaseOrphans, releaseAsk, `release-${event}`);
    if (what === 'twice') stage.start(releaseOrphans, releaseAsk, `release-${event}b`);
    if (what === 'settle' || what === 'both') stage.start(settle, settleAsk, `settle-${event}`);
    await stage.room.run();
  }
  await calm(stage);
  // What was sent and nobody can tell of is left to a person, and told: `brokenPromises` sees to that.
  const open = new Set((await openIntents(stage.ledger, 'main')).map(({ action }) => action.eipId));
  // Looks of several EIPs in one process read the same lists: whose look a list belonged to is certain for one EIP only.
  const certain = (kind: UseKind | undefined): boolean => eips.length === 1 || kind === 'own';
  const unguarded = watch.deletes.filter(({ known, use: kind }) => known && certain(kind));
  return {
    steps: stage.room.steps,
    deletes: watch.deletes.length,
    inWindow: watch.deletes.filter(({ use, known }) => use && !known).length,
    broken: [
      ...unguarded.map(({ eipID, use }) => `${eipID} was deleted though the last look could see ${use}`),
      ...(idsOf(stage).includes('eip-9') ? [] : ['the bound EIP is gone']),
      ...idsOf(stage)
        .filter(id => id !== 'eip-9' && !watch.isUsed(id) && !open.has(id))
        .map(id => `${id} was never released`),
      ...(await brokenPromises(stage)),
    ],
  };
}

/** The trouble is over, and nobody uses anything new; the schedules go on until everything is at rest. */
async function calm(stage: Stage): Promise<void> {
  stage.room.fate = () => 'pass';
  stage.room.choose = () => 0;
  stage.weather = (_path, answer) => answer();
  for (const order of stage.here.cloud.orders)
    if (order.endsAt === null) Object.assign(order, { endsAt: stage.room.now() });
  for (const minutes of [10, 150, 24 * 60, 24 * 60]) {
    stage.room.advance(minutes * 60);
    stage.start(settle, settleAsk, 'settle');
    await stage.room.run();
    stage.start(releaseOrphans, releaseAsk, 'release');
    await stage.room.run();
  }
  stage.room.advance(900);
  stage.start(settle, settleAsk, 'settle');
  await stage.room.run();
}
