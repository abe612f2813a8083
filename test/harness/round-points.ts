/** Rounds that are struck: two parts under one cap, and a part that hands its rest over. */
import { autoRenew, settle } from '../../shared/flow/jobs.ts';
import type { Round } from '../../shared/flow/round.ts';
import type { Scenario } from './crash-points.ts';
import { KEY, REGION, type Stage } from './stage.ts';

const SLOT = '2026-11-24T02:00:00.000Z';
const OTHER = 'region-2';
/** Each region has so many due EIPs, and the round may buy no more. */
const CAP = 2;

const eips = [REGION, OTHER].flatMap((regionID, r) =>
  Array.from({ length: CAP }, (_, i) => ({
    ...{
      regionID,
      ID: `eip-${r}-${i}`,
      eipAddress: `203.0.${r}.${i}`,
      status: 'ACTIVE',
      associationID: `vm-${r}-${i}`,
    },
    ...{ associationType: 'INSTANCE', expiredAt: '+1d' },
  })),
);
const state = {
  accounts: [{ name: 'main', ...KEY, eips }],
  regions: [{ regionID: REGION }, { regionID: OTHER }],
  settings: { orderSeconds: 5 },
};
const ask = (regions: readonly string[], change: object = {}) => ({
  ...{ mode: 'apply', targets: [{ account: 'main', regions }] },
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 20 },
  limits: { maxActions: CAP, maxSharePercent: 100 },
  ...change,
});
const part = (name: string, lock: string, handOver: Round['handOver'] = null): Round => ({
  ...{ id: `auto-renew#${SLOT}`, part: name, lock, seenBefore: 0, handOver },
});

/** What the round had bought when it was over. */
const bought = new WeakMap<Stage, number>();
const noted = (stage: Stage): void => void bought.set(stage, stage.orders().length);

/** The schedules of the next days renew what the cap has held. */
async function goOn(stage: Stage): Promise<void> {
  stage.room.fate = () => 'pass';
  for (const minutes of [5, 10, 60, 60, 24 * 60]) {
    stage.room.advance(minutes * 60);
    stage.start(settle, { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] });
    await stage.room.run();
    stage.start(autoRenew, ask([REGION, OTHER], { limits: { maxActions: 50, maxSharePercent: 100 } }));
    await stage.room.run();
  }
  stage.room.advance(600);
  stage.start(settle, { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] });
  await stage.room.run();
}

function broken(stage: Stage): string[] {
  const count = bought.get(stage) ?? 0;
  const late = stage.here.cloud.state.accounts[0]!.eips.filter(
    ({ expiredAt }) => Date.parse(String(expiredAt)) < stage.room.now().getTime() + 7 * 86_400_000,
  );
  return [
    ...(count > CAP ? [`the round bought ${count}, its cap is ${CAP}`] : []),
    ...late.map(({ ID }) => `${ID} was not renewed`),
  ];
}

const scenario = (act: Scenario['act']): Scenario => ({ orderSeconds: 5, state, act, goOn, lost: broken });

export const ROUND_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'two parts of a round under one cap, and the message that comes again': scenario(async stage => {
    const slotted = (region: string) => ask([region], { slot: SLOT });
    stage.start(autoRenew, slotted(REGION), 'struck', part('a', SLOT));
    stage.start(autoRenew, slotted(OTHER), 'other', part('b', SLOT));
    await stage.room.run();
    stage.room.advance(20 * 60);
    stage.start(autoRenew, slotted(REGION), 'again', part('a', SLOT));
    await stage.room.run();
    noted(stage);
  }),
  'a part that goes on with what another run has left, beside its repetition': scenario(async stage => {
    const slotted = ask([REGION], { slot: SLOT });
    stage.start(autoRenew, slotted, 'first', part('a', SLOT));
    stage.start(autoRenew, slotted, 'struck', part('a', `${SLOT}+1`));
    stage.start(autoRenew, slotted, 'repeated', part('a', `${SLOT}+1`));
    await stage.room.run();
    noted(stage);
  }),
};
