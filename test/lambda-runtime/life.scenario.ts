import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportJson } from '../../shared/report/json.ts';
import { KEY } from '../stand.ts';
import { checkLogs, messagesOf, metricsOf } from './logs.ts';
import { ask, openSite, type Site } from './site.ts';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => {
  checkLogs(site);
  await site.close();
});

const plan = ask({ mode: 'plan' });

describe('a cold start', () => {
  it('fetches the key before the first event is there, and answers that event', async () => {
    const lambda = await site.start('auto-renew');
    await lambda.ready;
    await expect.poll(() => site.secrets.asked(), { timeout: 5_000 }).toEqual(['ctyun/main']);
    expect(site.simulator.calls()).toEqual([]);
    const report = await lambda.answer<ReportJson>(ask());
    expect(report).toMatchObject({ health: 'ok', mode: 'apply', totals: { done: 1, keep: 1 } });
    expect(site.secrets.asked()).toEqual(['ctyun/main']);
    expect(site.simulator.orders()).toHaveLength(1);
    expect(messagesOf(lambda)).toEqual(['decision', 'report', 'metrics']);
  });

  it.each<[string, readonly string[]]>([
    ['bind-on-webhook', ['ctyun/main', 'webhook/standard']],
    ['chat-ops', ['ctyun/main', 'ctyun/chat/slack']],
    ['scale-bandwidth', ['ctyun/main']],
  ])('%s fetches %j while it starts', async (fn, secrets) => {
    const lambda = await site.start(fn);
    await lambda.ready;
    await expect.poll(() => site.secrets.asked().toSorted(), { timeout: 5_000 }).toEqual(secrets.toSorted());
  });

  it('answers also where the first event comes long after, and all connections were closed meanwhile', async () => {
    const lambda = await site.start('auto-renew', { CREDENTIALS_TTL_SECONDS: '1' });
    await lambda.ready;
    lambda.freeze();
    await pause(1_500);
    site.cutConnections();
    lambda.thaw();
    expect(await lambda.answer(ask())).toMatchObject({ health: 'ok', totals: { done: 1 } });
  });
});

describe('a warm process', () => {
  it('answers event after event, with one fetch of the key and the connections of the first', async () => {
    const lambda = await site.start('auto-renew');
    await lambda.answer(plan);
    const opened = site.connections();
    const pids = new Set<number>();
    for (let i = 0; i < 5; i++) {
      expect(await lambda.answer(plan)).toMatchObject({ health: 'ok', totals: { act: 1 } });
      pids.add(lambda.pid);
    }
    expect([pids.size, site.secrets.asked(), site.connections()]).toEqual([1, ['ctyun/main'], opened]);
    expect(metricsOf(lambda)).toHaveLength(6);
    expect(new Set(metricsOf(lambda).map(({ run }) => run)).size).toBe(6);
  });

  it('counts every run on its own: nothing of one is told again by the next', async () => {
    const lambda = await site.start('auto-renew');
    await lambda.answer(ask());
    await lambda.answer(plan);
    expect(metricsOf(lambda)).toMatchObject([
      { Acted: 1, SpentCny: 115, Heartbeat: 1 },
      { Acted: 0, SpentCny: 0, Heartbeat: 1 },
    ]);
  });
});

describe('a key that is replaced between two events', () => {
  const OTHER = { accessKey: 'b'.repeat(32), secretKey: 't'.repeat(32) };

  it('is fetched once more when CTyun refuses the old one, and the run succeeds', async () => {
    const lambda = await site.start('auto-renew');
    await lambda.answer(plan);
    const { accounts, regions, settings } = site.state();
    site.simulator.load({ accounts: accounts.map(account => ({ ...account, ...OTHER })), regions, settings });
    site.secrets.put('ctyun/main', JSON.stringify(OTHER));
    expect(await lambda.answer(ask())).toMatchObject({ health: 'ok', totals: { done: 1 } });
    expect(await lambda.answer(plan)).toMatchObject({ health: 'ok', totals: { act: 0 } });
    expect(site.secrets.asked()).toEqual(['ctyun/main', 'ctyun/main']);
    for (const text of [OTHER.secretKey, OTHER.accessKey, KEY.secretKey])
      expect(lambda.lines().join()).not.toContain(text);
  });
});

describe('a process that is frozen between two events', () => {
  it('goes on after longer than the key may be kept, though all its connections were closed meanwhile', async () => {
    const lambda = await site.start('auto-renew', { CREDENTIALS_TTL_SECONDS: '1' });
    await lambda.answer(plan);
    lambda.freeze();
    site.cutConnections();
    await pause(2_500);
    lambda.thaw();
    expect(await lambda.answer(ask())).toMatchObject({ health: 'ok', totals: { done: 1, unknown: 0 } });
    expect(site.simulator.orders()).toHaveLength(1);
    expect(site.secrets.asked()).toEqual(['ctyun/main', 'ctyun/main']);
  });

  it('goes on where the connections are cut while it waits for the next event, unfrozen', async () => {
    const lambda = await site.start('auto-renew');
    await lambda.answer(plan);
    site.cutConnections();
    expect(await lambda.answer(ask())).toMatchObject({ health: 'ok', totals: { done: 1, unknown: 0 } });
    site.cutConnections();
    expect(await lambda.answer(plan)).toMatchObject({ health: 'ok', totals: { act: 0 } });
    expect(site.simulator.orders()).toHaveLength(1);
  });

  it('finds an event that arrived during the freeze', async () => {
    const lambda = await site.start('auto-renew');
    await lambda.answer(plan);
    lambda.freeze();
    const answered = lambda.answer(plan);
    await pause(500);
    lambda.thaw();
    expect(await answered).toMatchObject({ health: 'ok' });
  });
});
