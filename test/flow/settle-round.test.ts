import { afterAll, describe, expect, it } from 'vitest';
import { RunFailed, scheduled } from '../../shared/edge/scheduled.ts';
import { settle } from '../../shared/flow/jobs.ts';
import type { Rest, Round } from '../../shared/flow/round.ts';
import { findIntent, saveIntent } from '../../shared/ledger/intents.ts';
import { action, intent } from '../ledger/samples.ts';
import { closeStands, due, type Stand, stand } from '../stand.ts';

afterAll(closeStands);

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const TOKENS = Array.from({ length: 7 }, (_, i) => `token-${i}`);

/** A clock on which waiting takes no time, and intents whose orders go on running. */
async function waitingOrders() {
  const here = await stand([due('eip-a')]);
  let waited = 0;
  const clock = {
    now: () => new Date(Date.now() + waited),
    sleep: async (ms: number) => {
      waited += ms;
    },
  };
  const long = new Date(Date.now() - 3_600_000);
  for (const [i, token] of TOKENS.entries()) {
    const of = action({ token, eipId: `eip-${i}`, region: 'region-1' });
    const times = { createdAt: new Date(long.getTime() + i), updatedAt: long, leaseUntil: long };
    await saveIntent(here.ledger, intent({ token, action: of, state: 'BLOCKED', ...times }));
  }
  // Nobody can look: what became of the orders stays open.
  here.simulator.faults([{ kind: 'status', status: 503 }]);
  const lookedAt = async (since: Date) => {
    const all = await Promise.all(TOKENS.map(token => findIntent(here.ledger, token)));
    return all.flatMap(one => (one && one.updatedAt >= since ? [one.token] : []));
  };
  return { here: { ...here, surroundings: { ...here.surroundings, clock } }, clock, lookedAt };
}

/** One run of the round. @returns what it hands over */
async function run({ surroundings }: Stand, settleWithinSeconds: number, leftMs: number): Promise<Rest[]> {
  const rests: Rest[] = [];
  const handOver = async (rest: Rest): Promise<boolean> => rests.push(rest) > 0;
  const round: Round = { id: 'r', part: 'p', lock: null, seenBefore: 0, handOver };
  const handler = scheduled(settle, { surroundings: () => surroundings, log: silent, round: () => round });
  const ask = { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }], settle: { settleWithinSeconds } };
  await handler(ask, { getRemainingTimeInMillis: () => leftMs } as never).catch((error: unknown) => {
    if (!(error instanceof RunFailed)) throw error;
  });
  return rests;
}

describe('settle-orders in a round', () => {
  it('looks first at what the run before it had no time for', async () => {
    const { here, clock, lookedAt } = await waitingOrders();
    const begun = clock.now();
    expect(await run(here, 3, 22_000)).toMatchObject([{ progress: true }]);
    const first = await lookedAt(begun);
    expect(first.length).toBeLessThan(TOKENS.length);
    const next = clock.now();
    await run(here, 3, 22_000);
    const second = await lookedAt(next);
    expect([...new Set([...first, ...second])].toSorted()).toEqual(TOKENS);
  });
  it('waits for no order beyond its own time', async () => {
    const { here, clock } = await waitingOrders();
    const end = clock.now().getTime() + 60_000;
    await run(here, 600, 60_000);
    expect(clock.now().getTime()).toBeLessThan(end);
  });
});
