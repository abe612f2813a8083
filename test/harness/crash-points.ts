/** Scenarios that are struck at every one of their steps, and how they are played. */
import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan } from '../../shared/flow/approvals.ts';
import { autoRenew, settle } from '../../shared/flow/jobs.ts';
import { openProposals } from '../../shared/ledger/proposals.ts';
import { brokenPromises } from './invariants.ts';
import type { Fate } from './room.ts';
import { chance, KEY, openStage, REGION, type Stage } from './stage.ts';

const due = (id: string, expiredAt: string) => ({
  regionID: REGION,
  ID: id,
  eipAddress: `203.0.113.${id.at(-1)}`,
  status: 'ACTIVE',
  associationID: `vm-${id}`,
  associationType: 'INSTANCE',
  expiredAt,
});
const eips = { eips: [due('eip-1', '+1d'), due('eip-2', '+2d'), due('eip-3', '+90d')] };
const row = (id: string, more: object) => ({ regionID: REGION, id, ...more });
const state = (orderSeconds: number, account: object = eips) => ({
  accounts: [{ name: 'main', ...KEY, ...account }],
  regions: [{ regionID: REGION }],
  settings: { orderSeconds },
});
const ask = (change: object = {}, policy: object = {}) => ({
  mode: 'apply',
  targets: [{ account: 'main', regions: [REGION] }],
  renew: { withinDays: 7, cycle: { type: 'month', count: 1 }, settleWithinSeconds: 20, ...policy },
  limits: { maxActions: 50, maxSharePercent: 100 },
  ...change,
});
const settleAsk = { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] };

/** What the scenario's process does; it is the one that is struck. */
export type Scenario = {
  readonly orderSeconds: number;
  /** What the account holds, if not EIPs; and what the policy says beside the usual. */
  readonly account?: object;
  readonly policy?: object;
  readonly act: (stage: Stage) => Promise<void>;
  /** The cloud, if not that of the renewals; what goes on after the blow; what must not be lost by it. */
  readonly state?: object;
  readonly goOn?: (stage: Stage) => Promise<void>;
  readonly lost?: (stage: Stage) => string[];
};

const bandwidth = {
  account: {
    ipv6Bandwidths: [row('bandwidth-6', { expiredTime: '+1d' })],
    sharedBandwidths: [row('bandwidth-s', { expireAt: '+90d' })],
  },
  policy: { resources: ['ipv6-bandwidth', 'shared-bandwidth'] },
};
const lowPackage = {
  account: { flowPackages: [row('sdp-1', { totalVolumn: '50', leftVolumn: '1' })] },
  policy: { resources: [], trafficPackage: { rebuyBelowPercent: 10 } },
};

/** One run, and nothing before it. */
const oneRun = async (stage: Stage, policy: object): Promise<void> => {
  stage.start(autoRenew, ask({ slot: '2026-11-24T02:00:00Z' }, policy), 'struck');
  await stage.room.run();
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a scheduled renewal': {
    orderSeconds: 5,
    act: stage => oneRun(stage, {}),
  },
  'a renewal whose orders outlive the run, then settled': {
    orderSeconds: 300,
    act: async stage => {
      stage.start(autoRenew, ask(), 'first');
      await stage.room.run();
      stage.room.advance(600);
      stage.start(settle, settleAsk, 'struck');
      await stage.room.run();
    },
  },
  'the settling of orders whose answers were lost': {
    orderSeconds: 5,
    act: async stage => {
      const { fate } = stage.room;
      stage.room.fate = (_step, label) => (label.endsWith('/renew') ? 'lost-before' : 'pass');
      stage.start(autoRenew, ask(), 'first');
      await stage.room.run();
      stage.room.fate = fate;
      stage.room.advance(600);
      stage.start(settle, settleAsk, 'struck');
      await stage.room.run();
    },
  },
  'the application of an approved plan': {
    orderSeconds: 5,
    act: async stage => {
      stage.start(autoRenew, ask({ limits: { maxActions: 1, maxSharePercent: 100 } }), 'first');
      await stage.room.run();
      const [plan] = await openProposals(stage.ledger);
      const { hash } = plan!.plan;
      stage.startWork('approver', 'li-na', world => approvePlan(hash, world));
      await stage.room.run();
      stage.startWork('struck', 'zhang-wei', world => applyPlan(hash, world));
      await stage.room.run();
    },
  },
  'the renewal of an IPv6 bandwidth': { orderSeconds: 5, ...bandwidth, act: stage => oneRun(stage, bandwidth.policy) },
  'a traffic package that is bought again': {
    ...{ orderSeconds: 5, ...lowPackage },
    act: stage => oneRun(stage, lowPackage.policy),
  },
};

/** After the blow: the schedules go on as they would, until everything is at rest. */
async function goOn(stage: Stage, policy: object): Promise<void> {
  stage.room.fate = () => 'pass';
  for (const minutes of [5, 10, 60, 60, 24 * 60]) {
    stage.room.advance(minutes * 60);
    stage.start(settle, settleAsk);
    await stage.room.run();
    stage.start(autoRenew, ask({}, policy));
    await stage.room.run();
  }
  stage.room.advance(600);
  stage.start(settle, settleAsk);
  await stage.room.run();
}

/** Plays a scenario with one blow at one step of the struck process. @returns how many steps it has, and what broke */
export async function play(
  { orderSeconds, account, policy = {}, act, state: cloud, goOn: goes, lost: missing = lostTerms }: Scenario,
  at: number,
  blow: Fate,
): Promise<{ steps: number; broken: string[] }> {
  const stage = await openStage(cloud ?? state(orderSeconds, account), chance(1));
  let steps = 0;
  stage.room.fate = (_step, _label, process) => (process.name === 'struck' && ++steps === at ? blow : 'pass');
  await act(stage);
  await (goes ? goes(stage) : goOn(stage, policy));
  return { steps, broken: [...(await brokenPromises(stage)), ...missing(stage)] };
}

/** A crash loses no renewal: the next schedules have bought what was due. */
function lostTerms({ here, room }: Stage): string[] {
  const { eips: addresses, ipv6Bandwidths, flowPackages } = here.cloud.state.accounts[0]!;
  const soon = room.now().getTime() + 7 * 86_400_000;
  const terms = [...addresses, ...ipv6Bandwidths].filter(
    ({ expiredAt, expiredTime }) => Date.parse(String(expiredAt ?? expiredTime)) < soon,
  );
  const isShort = flowPackages.length > 0 && flowPackages.every(({ leftVolumn }) => Number(leftVolumn) < 5);
  return [
    ...terms.map(({ ID, id }) => `${ID ?? id} was not renewed`),
    ...(isShort ? ['the traffic package was not bought again'] : []),
  ];
}

/** In words, what happens to the process that is struck. */
export const BLOWS: readonly [string, Fate][] = [
  ['killed before each step', 'kill-before'],
  ['killed after each step, before its answer', 'kill-after'],
  ['its request lost at each step', 'lost-before'],
  ['its answer lost at each step', 'lost-after'],
];

/** Strikes at every step in turn. @returns how many steps there are, and what broke where */
export async function everyStep(scenario: Scenario, blow: Fate): Promise<{ steps: number; broken: string[] }> {
  const { steps, broken } = await play(scenario, 0, 'pass');
  const all = [...broken];
  for (let at = 1; at <= steps; at++) {
    const struck = await play(scenario, at, blow);
    all.push(...struck.broken.map(what => `${blow} at step ${at}: ${what}`));
  }
  return { steps, broken: all };
}
