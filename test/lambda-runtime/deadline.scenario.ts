import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { due, REGION } from '../stand.ts';
import type { Lambda } from './lambda.ts';
import { checkLogs, metricsOf } from './logs.ts';
import { ask, openSite, type Site } from './site.ts';

/** More than a dead run's hold on what it had in hand. */
const LATER_MS = 120_000;
const clockOf = pathToFileURL(resolve('test/lambda-runtime/later.mjs')).href;
/** A process that starts when nothing is in a dead one's hands any more. */
const later = { LATER_MS: String(LATER_MS), NODE_OPTIONS: `--enable-source-maps --import=${clockOf}` };
/** By that clock a minute. */
const MINUTE_LATER_MS = LATER_MS + 60_000;
/** The shortest time in which a run still orders, and seconds to spare. */
const TIME_MS = 26_000;

/** Each has a site of its own: they wait for deadlines, all at once. */
async function at(change: Parameters<typeof openSite>[0], test: (site: Site) => Promise<void>): Promise<void> {
  const site = await openSite(change);
  try {
    await test(site);
    checkLogs(site);
  } finally {
    await site.close();
  }
}

/** Stops the process as soon as CTyun has got a call of the path: it hangs until its deadline passes. */
async function stuckAt(path: string, lambda: Lambda, site: Site): Promise<void> {
  const called = () => site.simulator.calls().some(call => call.path === path);
  await expect.poll(called, { interval: 2, timeout: 10_000 }).toBe(true);
  lambda.freeze();
}

const settle = { mode: 'apply', targets: [{ account: 'main', regions: ['*'] }] };

function daysLeft(site: Site): number {
  const eips = site.state().accounts[0]!.eips as { ID: string; expiredAt: string }[];
  const { expiredAt } = eips.find(({ ID }) => ID === 'eip-a')!;
  return (new Date(expiredAt).getTime() - Date.now()) / 86_400_000;
}

describe.concurrent('a process that Lambda kills at its deadline, in the middle of an apply', () => {
  it.each<[string, string, number]>([
    ['before it orders', '/v4/eip/query-renew-price', 0],
    ['while its order is under way', '/v4/eip/renew', 0],
    ['while it waits for its order', '/v4/ecs/order/query-uuid', 3],
  ])('%s: the next processes finish, and nothing is ordered twice', async (_words, path, orderSeconds) => {
    await at({ settings: { orderSeconds } }, async site => {
      site.simulator.faults([{ kind: 'latency', path, ms: 400, times: 1 }]);
      const killed = await site.start('auto-renew');
      const [invoked] = await Promise.all([killed.invoke(ask(), TIME_MS), stuckAt(path, killed, site)]);
      expect([invoked, await killed.ended, metricsOf(killed)]).toEqual([{ kind: 'timed-out' }, null, []]);

      const next = await site.start('auto-renew', later);
      expect(await next.invoke(ask(), MINUTE_LATER_MS)).toMatchObject({ kind: 'response' });
      expect(site.simulator.orders().map(({ eipID }) => eipID)).toEqual(['eip-a']);
      expect(Math.round(daysLeft(site))).toBeGreaterThan(30);
      expect(Math.round(daysLeft(site))).toBeLessThan(35);

      const finisher = await site.start('settle-orders', later);
      expect(await finisher.invoke(settle, MINUTE_LATER_MS)).toMatchObject({ kind: 'response' });
      expect(metricsOf(finisher)).toMatchObject([{ Looked: 0, Unknown: 0, UnknownOldOrders: 0, Heartbeat: 1 }]);
      expect(site.simulator.orders()).toHaveLength(1);
    });
  });

  it('its order is finished by settle-orders alone, too', async () => {
    await at({}, async site => {
      site.simulator.faults([{ kind: 'latency', path: '/v4/eip/renew', ms: 400, times: 1 }]);
      const killed = await site.start('auto-renew');
      await Promise.all([killed.invoke(ask(), TIME_MS), stuckAt('/v4/eip/renew', killed, site)]);
      const finisher = await site.start('settle-orders', later);
      expect(await finisher.invoke(settle, MINUTE_LATER_MS)).toMatchObject({ kind: 'response' });
      expect(metricsOf(finisher)).toMatchObject([{ Looked: 1, Acted: 1, SpentCny: 115, UnknownOldOrders: 0 }]);
      expect(site.simulator.orders()).toHaveLength(1);
    });
  });

  it('a run at once after it leaves what it had in hand alone', async () => {
    await at({}, async site => {
      site.simulator.faults([{ kind: 'latency', path: '/v4/eip/renew', ms: 400, times: 1 }]);
      const killed = await site.start('auto-renew');
      const hanging = killed.invoke(ask(), TIME_MS);
      await stuckAt('/v4/eip/renew', killed, site);
      await pause(600);
      const next = await site.start('auto-renew');
      await next.answer(ask());
      await next.answer(ask());
      expect([site.simulator.orders().length, await hanging]).toEqual([1, { kind: 'timed-out' }]);
    });
  });
}, 90_000);

describe.concurrent('a run that has little time, and no queue that takes the rest', () => {
  it('starts nothing that it could not end, and says so', async () => {
    await at({}, async site => {
      const lambda = await site.start('auto-renew', { QUEUE_URL: '' });
      const invoked = await lambda.invoke(ask(), 4_000);
      expect(invoked).toMatchObject({ kind: 'error', error: { errorType: 'RunFailed' } });
      expect([site.simulator.calls(), site.simulator.orders()]).toEqual([[], []]);
      expect(metricsOf(lambda)).toMatchObject([{ Failed: 1, ApiCalls: 0, Heartbeat: 1 }]);
    });
  });

  it('answers in time where CTyun is slow, and leaves to a later run what it did not start', async () => {
    await at({ eips: Array.from({ length: 12 }, (_, i) => due(`eip-${i}`)) }, async site => {
      site.simulator.faults([{ kind: 'latency', path: '/v4/eip/renew', regionID: REGION, ms: 1_500 }]);
      const twelve = ask({ limits: { maxSharePercent: 100, maxSpendPerRun: '1500.00' } });
      const lambda = await site.start('auto-renew', { CTYUN_CONCURRENCY: '1', QUEUE_URL: '' });
      const began = Date.now();
      const invoked = await lambda.invoke(twelve, TIME_MS);
      expect(invoked).toMatchObject({ kind: 'error', error: { errorType: 'RunFailed' } });
      expect(Date.now() - began).toBeLessThan(TIME_MS - 1_000);
      const first = site.simulator.orders().map(({ eipID }) => eipID);
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThan(12);
      site.simulator.faults([]);
      const next = await site.start('auto-renew', later);
      expect(await next.invoke(twelve, MINUTE_LATER_MS)).toMatchObject({ kind: 'response' });
      const all = site.simulator.orders().map(({ eipID }) => eipID);
      expect([all.length, new Set(all).size]).toEqual([12, 12]);
    });
  });
}, 90_000);
