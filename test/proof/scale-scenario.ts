/** One seeded schedule of trouble for scale-bandwidth: loads that come and go, crashes and lost answers meanwhile. */
import { scaleBandwidth, settle } from '../../shared/flow/jobs.ts';
import { brokenPromises } from '../harness/invariants.ts';
import type { Fate } from '../harness/room.ts';
import { brokenSizes, scaleAsk, scaleOn, scaleState } from '../harness/scale-points.ts';
import { chance, openStage } from '../harness/stage.ts';

const settleAsk = { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] };
const FATES: readonly Fate[] = ['kill-before', 'kill-after', 'lost-before', 'lost-after'];

/** @returns how many orders there were, and what broke */
export async function playScaleSeed(seed: number): Promise<{ orders: number; broken: string[] }> {
  const roll = chance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
  const loads = Array.from({ length: 6 }, (_, i) => ({ at: `+${i * 20}m`, egressMbps: pick([0, 4, 9, 12, 18]) }));
  const points = [{ at: '-1h', egressMbps: pick([2, 9, 18]) }, ...loads, { at: '+125m', egressMbps: 0 }];
  const stage = await openStage(scaleState(pick([0, 5, 60, 400]), points), chance(seed ^ 0x5eed));
  const percent = pick([0, 1, 3, 8]);
  stage.room.fate = () => (roll() * 100 < percent ? pick(FATES) : 'pass');
  stage.room.choose = count => Math.floor(roll() * count);
  for (let event = 0; event < 8; event++) {
    stage.room.advance(60 * pick([1, 5, 10, 30]));
    const what = pick(['scale', 'scale', 'twice', 'settle', 'both'] as const);
    if (what !== 'settle') stage.start(scaleBandwidth, scaleAsk());
    if (what === 'twice') stage.start(scaleBandwidth, scaleAsk());
    if (what === 'settle' || what === 'both') stage.start(settle, settleAsk);
    await stage.room.run();
  }
  stage.room.choose = () => 0;
  await scaleOn(stage);
  return { orders: stage.orders().length, broken: [...(await brokenPromises(stage)), ...brokenSizes(stage)] };
}
