/** `npm run offline` as a person starts it: a child process, met over HTTP only. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_BIND, WEBHOOK_SECRET } from '../../../local/offline/services.ts';
import type { ReportJson } from '../../../shared/report/json.ts';
import { signedHeaders } from '../../edge/bind-stand.ts';

let child: ChildProcess;
let said = '';
beforeAll(async () => {
  const { PATH = '', HOME = '' } = process.env;
  child = spawn('node_modules/.bin/tsx', ['local/offline/main.ts'], {
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (said += chunk));
  while (!said.includes('Ctrl-C ends it')) {
    if (child.exitCode !== null) throw new Error(said);
    await pause(100);
  }
}, 90_000);
afterAll(async () => {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await Promise.race([once(child, 'exit'), pause(15_000).then(() => child.kill('SIGKILL'))]);
}, 30_000);

const shown = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? '';
const api = (): string => shown(/HTTP API +(\S+)/);
const invoke = (fn: string, event: unknown): Promise<Response> =>
  fetch(shown(/Lambda +(\S+)/).replace('{function}', fn), { method: 'POST', body: JSON.stringify(event) });

async function call(method: string, path: string, body = '') {
  const headers = { ...signedHeaders(body, { secret: WEBHOOK_SECRET }), 'content-type': 'application/json' };
  const answer = await fetch(`${api()}${path}`, { method, headers, ...(body ? { body } : {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('serverless-offline', () => {
  it('takes one signed webhook, and the EIP is bound in the simulator', async () => {
    const { status, body } = await call('POST', '/bind', JSON.stringify(SAMPLE_BIND));
    expect([status, body]).toEqual([200, expect.objectContaining({ outcome: 'bound' })]);
    // Another function asks the cloud: the EIP is there, and no longer one that nobody uses.
    const { account, region } = SAMPLE_BIND;
    const whole = JSON.parse(readFileSync('events/release-orphans.schedule.json', 'utf8')) as object;
    const ask = { ...whole, targets: [{ account, regions: [region] }] };
    const report = (await (await invoke('release-orphans', ask)).json()) as ReportJson;
    const item = report.items.find(({ eip }) => eip.id === SAMPLE_BIND.eip.id);
    expect(item).toMatchObject({ decision: 'keep' });
    const again = await call('POST', '/bind', JSON.stringify(SAMPLE_BIND));
    expect(again.body).toMatchObject({ outcome: 'already' });
  }, 60_000);

  it('lets the queue go on with what was not waited for', async () => {
    const { eip, account, region } = SAMPLE_BIND;
    const sent = await call('POST', '/unbind', JSON.stringify({ account, region, eip, waitSeconds: 0 }));
    expect([200, 202]).toContain(sent.status);
    const until = Date.now() + 30_000;
    let found = sent;
    while (found.body.outcome !== 'unbound' && Date.now() < until) {
      await pause(250);
      found = await call('GET', `/requests/${String(sent.body.request)}`);
    }
    expect(found.body).toMatchObject({ outcome: 'unbound' });
  }, 60_000);

  it('refuses who has not signed', async () => {
    const answer = await fetch(`${api()}/bind`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(401);
  });

  it('has the schedules, with the minute as their slot, and runs one when it is told to', async () => {
    const fired = [...said.matchAll(/Scheduling \[([a-z-]+)\] cron: \[[^\]]+\] input: .*"slot":"([^"]+)"/g)];
    expect(fired.map(([, name]) => name)).toEqual([
      ...['auto-renew', 'scale-bandwidth', 'release-orphans', 'settle-orders'],
    ]);
    for (const [, , slot = ''] of fired) expect(Math.abs(Date.parse(slot) - Date.now())).toBeLessThan(300_000);
    const answer = await invoke('auto-renew', JSON.parse(readFileSync('events/auto-renew.schedule.json', 'utf8')));
    const { sent } = (await answer.json()) as { sent: { messages: number } };
    expect(sent.messages).toBeGreaterThan(1);
    const told = () => said.match(/"function":"auto-renew"[^\n]*"message":"report"/g) ?? [];
    for (const until = Date.now() + 30_000; told().length < sent.messages && Date.now() < until; ) await pause(250);
    expect(told()).toHaveLength(sent.messages);
    expect(told().every(line => line.includes('"mode":"plan"'))).toBe(true);
  }, 60_000);

  it('ends when it is told to, and leaves nothing behind', async () => {
    const url = api();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
  }, 30_000);
});
