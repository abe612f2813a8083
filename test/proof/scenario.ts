/** One seeded schedule of trouble: what happens, when, and what goes wrong meanwhile. */

import type { WireAnswer } from '../../shared/ctyun/wire.ts';
import { autoRenew, settle } from '../../shared/flow/jobs.ts';
import { budgetsAt, readBudget } from '../../shared/ledger/spend.ts';
import { fenOf } from '../../shared/model/money.ts';
import { brokenPromises } from '../harness/invariants.ts';
import type { Fate } from '../harness/room.ts';
import { chance, KEY, openStage, REGION, type Stage } from '../harness/stage.ts';

/** What a schedule of trouble came to. */
export type Result = { readonly steps: number; readonly orders: number; readonly broken: readonly string[] };

type Dice = {
  readonly roll: () => number;
  /** True with a chance of so many percent. */
  readonly percent: (chance: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
};

function diceOf(seed: number): Dice {
  const roll = chance(seed);
  return {
    roll,
    percent: likely => roll() * 100 < likely,
    pick: list => list[Math.floor(roll() * list.length)] as never,
  };
}

const CAP = { small: '120.00', large: '5000.00' } as const;

export async function playSeed(seed: number, trace: (line: string) => void = () => undefined): Promise<Result> {
  const dice = diceOf(seed);
  const cap = dice.pick(Object.values(CAP));
  const stage = await openStage(cloudState(dice), chance(seed ^ 0x5eed));
  const meddled = new Set<string>();
  const broken: string[] = [];
  stage.room.choose = count => Math.floor(dice.roll() * count);
  stage.room.fate = fates(dice, trace);
  stage.weather = weatherOf(dice, trace);
  for (let event = 0; event < 2 + Math.floor(dice.roll() * 5); event++) {
    stage.room.advance(60 * dice.pick([1, 5, 10, 30, 120, 720]));
    happen(stage, dice, cap, meddled, trace);
    await stage.room.run();
    broken.push(...(await overCap(stage, cap)));
  }
  await calm(stage, cap);
  return {
    steps: stage.room.steps,
    orders: stage.orders().length,
    broken: [...broken, ...(await brokenPromises(stage, meddled))],
  };
}

function cloudState(dice: Dice) {
  const eips = Array.from({ length: dice.pick([1, 2, 3]) }, (_, i) => ({
    regionID: REGION,
    ID: `eip-${i}`,
    eipAddress: `203.0.113.${i}`,
    status: 'ACTIVE',
    associationID: `vm-${i}`,
    associationType: 'INSTANCE',
    bandwidth: dice.pick([1, 2, 5]),
    expiredAt: dice.pick(['+6h', '+1d', '+2d', '+6d', '+7d2h', '+40d']),
  }));
  const balance = dice.pick(['100000.00', '100000.00', '150.00']);
  return {
    accounts: [{ name: 'main', ...KEY, balance, eips, ...others(dice) }],
    regions: [{ regionID: REGION }],
    settings: { orderSeconds: dice.pick([0, 2, 20, 400]) },
  };
}

/** What else has a term or runs out: of each kind one at most. */
function others(dice: Dice) {
  const own = { regionID: REGION, bandwidth: 5 };
  const ends = () => dice.pick(['+1d', '+6d', '+7d2h', '+40d']);
  const pack = { regionID: REGION, id: 'sdp-1', totalVolumn: '50', leftVolumn: dice.pick(['2', '5', '40']) };
  return {
    ipv6Bandwidths: dice.percent(40) ? [{ ...own, id: 'bandwidth-6', expiredTime: ends() }] : [],
    sharedBandwidths: dice.percent(40) ? [{ ...own, id: 'bandwidth-s', expireAt: ends() }] : [],
    flowPackages: dice.percent(50) ? [pack] : [],
  };
}

function fates(dice: Dice, trace: (line: string) => void) {
  const percent = dice.pick([0, 0.5, 2, 6]);
  return (step: number, label: string, process: { name: string }): Fate => {
    const fate = dice.percent(percent)
      ? dice.pick(['kill-before', 'kill-after', 'lost-before', 'lost-after', 'lost-before', 'lost-after'] as const)
      : 'pass';
    trace(`${step} ${process.name} ${label} ${fate}`);
    return fate;
  };
}

const foreign = (status: number, text: string): WireAnswer => ({ status, headers: {}, body: Buffer.from(text) });

function weatherOf(dice: Dice, trace: (line: string) => void): Stage['weather'] {
  const percent = dice.pick([0, 2, 8]);
  return (path, answer) => {
    if (!dice.percent(percent)) return answer();
    const kind = dice.pick(['throttled', 'unavailable', 'garbage', 'acted-garbage', 'acted-502'] as const);
    trace(`  ${path}: ${kind}`);
    if (kind === 'throttled') return foreign(429, '{}');
    if (kind === 'unavailable') return foreign(503, '<html>');
    if (kind.startsWith('acted')) answer();
    return kind === 'acted-502' ? foreign(502, '<html>') : foreign(200, '{"statusCode": 8');
  };
}

const targets = [{ account: 'main', regions: [REGION] }];
const renewAsk = (cap: string, slot?: string) => ({
  mode: 'apply',
  targets,
  ...(slot ? { slot } : {}),
  renew: {
    resources: ['eip', 'ipv6-bandwidth', 'shared-bandwidth'],
    withinDays: 7,
    cycle: { type: 'month', count: 1 },
    trafficPackage: { rebuyBelowPercent: 10 },
    settleWithinSeconds: 15,
  },
  limits: { maxActions: 50, maxSharePercent: 100, maxSpendPerDay: cap },
});
const settleAsk = { mode: 'apply', targets };

function happen(stage: Stage, dice: Dice, cap: string, meddled: Set<string>, trace: (line: string) => void): void {
  const what = dice.pick(['renew', 'renew', 'twice', 'late', 'settle', 'both', 'meddle', 'rotate', 'jump'] as const);
  trace(`${stage.room.now().toISOString()} ${what}`);
  const { faults } = stage.here;
  faults.replace(dice.percent(30) ? [troubleWithOrders(dice)] : []);
  const slot = stage.room.now().toISOString();
  // What a schedule has planned is a part of a round: repeated, it counts its actions once.
  const roundAt = (at: string) => ({ id: at, part: 'all', lock: at, seenBefore: 0, handOver: null });
  const renew = (at?: string) => stage.start(autoRenew, renewAsk(cap, at), 'renew', at ? roundAt(at) : undefined);
  if (what === 'renew') renew(dice.percent(50) ? slot : undefined);
  if (what === 'twice')
    for (const at of dice.pick([
      [slot, slot],
      [undefined, undefined],
      [slot, undefined],
    ]))
      renew(at);
  if (what === 'late') renew(new Date(stage.room.now().getTime() - 3600_000).toISOString());
  if (what === 'settle' || what === 'both') stage.start(settle, settleAsk, 'settle');
  if (what === 'both') renew();
  if (what === 'meddle') {
    renew();
    meddle(stage, dice, meddled);
  }
  if (what === 'rotate') {
    renew();
    rotate(stage, dice);
  }
  if (what === 'jump') {
    stage.room.advance(dice.pick([-300, -60, 3600, 86_400]));
    renew();
  }
}

const troubleWithOrders = (dice: Dice) => ({
  kind: dice.pick([
    'stuck-order',
    'failed-order',
    'insufficient-balance',
    'price-error',
    'array-return',
    'string-status',
  ]),
  times: dice.pick([1, 2, 5]),
});

/** Somebody renews in the console, at some step of what runs. */
function meddle(stage: Stage, dice: Dice, meddled: Set<string>): void {
  const eip = dice.pick(stage.here.cloud.state.accounts[0]?.eips ?? []);
  meddled.add(eip.ID);
  stage.startWork('console', 'somebody', async world => {
    const client = world.clientOf('main');
    const { renewEip } = await import('../../shared/ctyun/orders.ts');
    const params = { regionID: REGION, eipID: eip.ID, cycleType: dice.pick(['month', 'year'] as const), cycleCount: 1 };
    await client.call(renewEip, params, `theirs-${stage.room.steps}`).catch(() => undefined);
  });
}

/** The key is changed in the cloud and in the secrets store, while processes may hold the old one. */
function rotate(stage: Stage, dice: Dice): void {
  const key = { accessKey: dice.pick(['b', 'c', 'd']).repeat(32), secretKey: dice.pick(['x', 'y', 'z']).repeat(32) };
  const account = stage.here.cloud.state.accounts[0];
  if (account) Object.assign(account, key);
  stage.secret = JSON.stringify(key);
}

async function overCap(stage: Stage, cap: string): Promise<string[]> {
  const { day } = budgetsAt(stage.room.now());
  const { committed } = await readBudget(stage.ledger, { account: 'main', budget: day });
  return committed > fenOf(cap) ? [`${day} has committed ${committed}, over its cap of ${cap}`] : [];
}

/** The trouble is over: stuck orders end, and the schedules go on until everything is at rest. */
async function calm(stage: Stage, cap: string): Promise<void> {
  stage.room.fate = () => 'pass';
  stage.room.choose = () => 0;
  stage.weather = (_path, answer) => answer();
  stage.here.faults.replace([]);
  for (const order of stage.here.cloud.orders)
    if (order.endsAt === null) Object.assign(order, { endsAt: stage.room.now() });
  for (const minutes of [10, 150, 24 * 60]) {
    stage.room.advance(minutes * 60);
    stage.start(settle, settleAsk, 'settle');
    await stage.room.run();
    stage.start(autoRenew, renewAsk(cap), 'renew');
    await stage.room.run();
  }
  stage.room.advance(900);
  stage.start(settle, settleAsk, 'settle');
  await stage.room.run();
}
