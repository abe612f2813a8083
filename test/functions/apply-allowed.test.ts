import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pollerOf, type QueueHandler } from '../../local/queue/poller.ts';
import { httpEvent, openOffice } from '../chat-ops/office.ts';
import { bindBody, SECRET, signedHeaders } from '../edge/bind-stand.ts';
import { idle } from '../orphan-stand.ts';
import { due, KEY, REGION } from '../stand.ts';
import { startBundle } from './bundled.ts';
import { cloudOf, type House, openHouse, renewAsk } from './house.ts';

const FORBIDDEN = { APPLY_ALLOWED: 'false' };
const targets = [{ account: 'main', regions: [REGION] }];
const { renew, ...common } = renewAsk({ targets });

const opened: { close: () => unknown }[] = [];
afterAll(async () => {
  await Promise.all(opened.map(each => each.close()));
});
async function open(name: string, state: object, change: Record<string, string> = {}): Promise<House> {
  const house = await openHouse(name, state as Record<string, unknown>, { ...FORBIDDEN, ...change });
  opened.push(house);
  return house;
}
const account = (more: object) => ({ accounts: [{ name: 'main', ...KEY, ...more }], settings: { orderSeconds: 0 } });

describe('where APPLY_ALLOWED is false', () => {
  it.each<[string, object, object, [number, number]]>([
    ['auto-renew', cloudOf({ [REGION]: 2 }), { ...common, renew }, [2, 2]],
    [
      'scale-bandwidth',
      account({ eips: [{ ...due('eip-a'), bandwidth: 10, load: { egressMbps: 9 }, billingMethod: 'on_demand' }] }),
      { ...common, scale: { ladderMbps: [10, 20], ceilingMbps: 20, settleWithinSeconds: 3 } },
      [1, 1],
    ],
    [
      'release-orphans',
      account({ eips: [idle('eip-a')] }),
      { ...common, orphans: { graceHours: 0, warnHours: 0, maxUnboundJumpPercent: 100 } },
      // It must be seen unused twice.
      [0, 1],
    ],
    ['settle-orders', cloudOf({ [REGION]: 1 }), { mode: 'apply', targets }, [0, 0]],
  ])('%s plans, says so in its report and its log, and changes nothing', async (name, state, ask, wanted) => {
    const house = await open(name, state);
    for (const [index, slot] of ['2026-11-24T02:00:00Z', '2026-11-25T02:00:00Z'].entries())
      expect((await house.function.invoke({ ...ask, slot })).answer).toMatchObject({
        ...{ asked: 'apply', mode: 'plan', applyAllowed: false, health: 'ok' },
        totals: { act: wanted[index], done: 0, ordered: 0 },
      });
    expect(house.function.logs()).toContain('"asked":"apply","mode":"plan","applyAllowed":false');
    expect(house.simulator.orders()).toEqual([]);
  });
  it('settle-orders sends no order again whose answer was lost', async () => {
    const house = await openHouse('auto-renew', cloudOf({ [REGION]: 1 }), { CTYUN_TIMEOUT_MS: '300' });
    opened.push(house);
    house.simulator.faults([{ kind: 'reset-before', path: '/v4/eip/renew' }]);
    await house.function.invoke({ ...common, renew });
    house.simulator.faults([]);
    const settle = await startBundle('settle-orders', { ...house.environment, ...FORBIDDEN });
    opened.push(settle);
    const { answer } = await settle.invoke({ mode: 'apply', targets });
    expect(answer).toMatchObject({ mode: 'plan', totals: { act: 1, done: 0, ordered: 0 } });
    expect(house.simulator.orders()).toEqual([]);
  }, 60_000);
  it('bind-on-webhook answers what it would do', async () => {
    const eips = [{ regionID: REGION, ID: 'eip-free', eipAddress: '203.0.113.1' }];
    const instances = [{ regionID: REGION, instanceID: 'vm-1', displayName: 'web-1' }];
    const BIND_TARGETS = '[{"account":"main","region":"*","name":"web-*"}]';
    const house = await open('bind-on-webhook', account({ eips, instances }), { BIND_TARGETS });
    house.secrets.put('webhook/standard', JSON.stringify([SECRET]));
    const body = JSON.stringify(bindBody({ id: 'eip-free' }, { type: 'vm', id: 'vm-1' }));
    const { answer } = await house.function.invoke({
      ...{ version: '2.0', rawPath: '/bind', rawQueryString: '', headers: signedHeaders(body), body },
      ...{ isBase64Encoded: false, requestContext: { http: { method: 'POST', path: '/bind' } } },
    });
    expect([answer?.statusCode, JSON.parse(String(answer?.body))]).toMatchObject([
      200,
      { outcome: 'planned', steps: [] },
    ]);
    expect(
      house.simulator.calls().filter(({ method, path }) => method === 'POST' && /bind|associate/.test(path)),
    ).toEqual([]);
  });
  it('chat-ops plans, and what is approved is not applied', async () => {
    const office = await openOffice();
    const chat = await startBundle('chat-ops', { ...office.environment, ...FORBIDDEN });
    opened.push(office, chat);
    const work = (async event => (await chat.invoke(event)).answer) as QueueHandler;
    const say = async (user: string, text: string): Promise<string> => {
      const before = office.chat.messages().length;
      await chat.invoke(httpEvent('feishu', office.message('feishu', user, text)));
      await pollerOf(office.queues.queue('work'), work, 1).drain();
      return JSON.stringify(
        office.chat
          .messages()
          .slice(before)
          .map(({ body }) => body),
      );
    };
    const plan = await say('asker', 'renew 官网');
    const hash = /[^0-9a-f]([0-9a-f]{16})[^0-9a-f]/.exec(plan)?.[1] ?? '';
    const decided = await say('second', `approve ${hash}`);
    expect(decided).toContain('APPLY_ALLOWED');
    expect(office.simulator.orders()).toEqual([]);
  }, 60_000);
  it('the terminal plans, says so, and applies no approved plan', async () => {
    const house = await open('auto-renew', cloudOf({ [REGION]: 1 }));
    const folder = mkdtempSync(join(tmpdir(), 'eip-allowed-'));
    writeFileSync(join(folder, 'ask.json'), JSON.stringify({ targets, renew, limits: { maxSharePercent: 100 } }));
    const { PATH = '' } = process.env;
    const env = {
      ...{ PATH, AUTOPILOT_HOME: folder, CTYUN_ENDPOINT: house.simulator.url, USER: 'alice', ...FORBIDDEN },
      ...{ CTYUN_AK: KEY.accessKey, CTYUN_SK: KEY.secretKey },
    };
    const args = ['auto-renew', '--event', join(folder, 'ask.json'), '--apply', '--lang', 'en'];
    const child = spawn(process.execPath, ['--import', 'tsx', 'local/cli.ts', ...args], { env });
    let said = '';
    child.stdout.on('data', chunk => (said += chunk));
    const code = await new Promise(resolve => child.on('close', resolve));
    expect([code, said]).toEqual([0, expect.stringContaining('APPLY_ALLOWED is "false" here')]);
    expect(house.simulator.orders()).toEqual([]);
  }, 60_000);
});
