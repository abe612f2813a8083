/** A release that is struck at every one of its steps, by a crash or by somebody who begins to use the EIP. */
import { releaseOrphans, settle } from '../../shared/flow/jobs.ts';
import { brokenPromises } from './invariants.ts';
import { type Deleted, idleState, releaseAsk, type UseKind, watchDeletes } from './orphan-watch.ts';
import type { Fate } from './room.ts';
import { chance, openStage, REGION, type Stage } from './stage.ts';

const settleAsk = { mode: 'apply', targets: [{ account: 'main', regions: [REGION] }] };

async function seenOnce(idle: number): Promise<Stage> {
  const stage = await openStage(idleState(idle, 5), chance(1));
  stage.start(releaseOrphans, releaseAsk, 'first');
  await stage.room.run();
  stage.room.advance(3600);
  return stage;
}

async function goOn(stage: Stage): Promise<void> {
  stage.room.fate = () => 'pass';
  for (const minutes of [5, 10, 60, 60, 24 * 60]) {
    stage.room.advance(minutes * 60);
    stage.start(settle, settleAsk);
    await stage.room.run();
    stage.start(releaseOrphans, releaseAsk);
    await stage.room.run();
  }
  stage.room.advance(600);
  stage.start(settle, settleAsk);
  await stage.room.run();
}

export const idsOf = (stage: Stage): string[] => (stage.here.cloud.state.accounts[0]?.eips ?? []).map(({ ID }) => ID);

/** One blow at one step of the second run. @returns how many steps it has, and what broke */
export async function playRelease(at: number, blow: Fate): Promise<{ steps: number; broken: string[] }> {
  const stage = await seenOnce(2);
  const watch = watchDeletes(stage);
  let steps = 0;
  stage.room.fate = watch.fated((_step, _label, { name }) => (name === 'struck' && ++steps === at ? blow : 'pass'));
  stage.start(releaseOrphans, releaseAsk, 'struck');
  await stage.room.run();
  await goOn(stage);
  const left = idsOf(stage);
  const wrong = left.join() === 'eip-9' ? [] : [`left: ${left.join()}`];
  return { steps, broken: [...(await brokenPromises(stage)), ...wrong] };
}

/** Somebody begins to use the one idle EIP right before one step. @returns what was deleted then, and how many steps there are */
export async function playUse(
  at: number,
  kind: UseKind,
): Promise<{ steps: number; labels: string[]; deletes: readonly Deleted[] }> {
  const stage = await seenOnce(1);
  const watch = watchDeletes(stage);
  const [eip] = stage.here.cloud.state.accounts[0]!.eips;
  const labels: string[] = [];
  stage.room.fate = watch.fated((_step, label, { name }) => {
    if (name === 'struck' && labels.push(label) === at) watch.use(kind, eip!);
    return 'pass';
  });
  stage.start(releaseOrphans, releaseAsk, 'struck');
  await stage.room.run();
  return { steps: labels.length, labels, deletes: watch.deletes };
}
