/** Scenarios of scale-bandwidth that are struck at every one of their steps: a raise, and the return after it. */
import { scaleBandwidth, settle } from '../../shared/flow/jobs.ts';
import type { Scenario } from './crash-points.ts';
import { KEY, REGION, type Stage } from './stage.ts';

export const BASELINE = 10;
export const CEILING = 50;

export const scaleState = (orderSeconds: number, points: readonly { at: string; egressMbps: number }[]) => ({
  accounts: [
    {
      name: 'main',
      ...KEY,
      eips: ['eip-1', 'eip-2'].map(ID => ({
        regionID: REGION,
        ID,
        eipAddress: `203.0.113.${ID.at(-1)}`,
        status: 'ACTIVE',
        associationID: `vm-${ID}`,
        associationType: 'INSTANCE',
        bandwidth: BASELINE,
        load: { points: ID === 'eip-1' ? points : [{ at: '-1d', egressMbps: 5 }] },
      })),
    },
  ],
  regions: [{ regionID: REGION }],
  settings: { orderSeconds },
});
export const scaleAsk = (change: object = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  scale: { ladderMbps: [5, 10, 20, 50, 100], ceilingMbps: CEILING, settleWithinSeconds: 20 },
  limits: { maxActions: 50, maxSharePercent: 100 },
  ...change,
});
const settleAsk = { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] };

/** High for 26 minutes, then gone. */
const SPIKE = [
  { at: '-1h', egressMbps: 18 },
  { at: '+26m', egressMbps: 0 },
];

/** The schedules go on: every five minutes, then now and then, until the load has long gone. */
export async function scaleOn(stage: Stage): Promise<void> {
  stage.room.fate = () => 'pass';
  for (const minutes of [5, 5, 5, 5, 40, 60, 60, 24 * 60]) {
    stage.room.advance(minutes * 60);
    stage.start(settle, settleAsk);
    await stage.room.run();
    stage.start(scaleBandwidth, scaleAsk());
    await stage.room.run();
  }
  stage.room.advance(600);
  stage.start(settle, settleAsk);
  await stage.room.run();
}

/** What is broken of: no resize twice for one decision, never below the baseline, never above the ceiling, always back. */
export function brokenSizes(stage: Stage): string[] {
  const broken: string[] = [];
  const sizes = new Map<string, number>();
  for (const { eipID, params, kind, status } of stage.orders()) {
    const to = Number(params.bandwidth);
    if (kind !== 'modify-spec' || status === '5') continue;
    if (to === (sizes.get(eipID) ?? BASELINE)) broken.push(`${eipID} was given ${to} Mbps twice`);
    if (to < BASELINE || to > CEILING) broken.push(`${eipID} was given ${to} Mbps`);
    sizes.set(eipID, to);
  }
  const { eips } = stage.here.cloud.state.accounts[0] ?? { eips: [] };
  return [
    ...broken,
    ...eips.flatMap(({ ID, bandwidth }) => (bandwidth === BASELINE ? [] : [`${ID} is left with ${String(bandwidth)}`])),
  ];
}

/** The spike is met within the runs that see it, crash or no crash. */
const missed = (stage: Stage): string[] =>
  stage.orders().some(({ params }) => params.bandwidth === CEILING) ? [] : ['the spike was never met'];

const scenario = (orderSeconds: number, act: Scenario['act']): Scenario => ({
  orderSeconds,
  state: scaleState(orderSeconds, SPIKE),
  act,
  goOn: scaleOn,
  lost: stage => [...brokenSizes(stage), ...missed(stage)],
});

export const SCALE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a raise': scenario(5, async stage => {
    stage.start(scaleBandwidth, scaleAsk({ slot: '2026-11-24T02:00:00Z' }), 'struck');
    await stage.room.run();
  }),
  'a raise whose order outlives the run, then the next run': scenario(300, async stage => {
    stage.start(scaleBandwidth, scaleAsk(), 'first');
    await stage.room.run();
    stage.room.advance(400);
    stage.start(scaleBandwidth, scaleAsk(), 'struck');
    await stage.room.run();
  }),
  'a return': scenario(5, async stage => {
    stage.start(scaleBandwidth, scaleAsk(), 'first');
    await stage.room.run();
    stage.room.advance(45 * 60);
    stage.start(scaleBandwidth, scaleAsk(), 'struck');
    await stage.room.run();
  }),
};
