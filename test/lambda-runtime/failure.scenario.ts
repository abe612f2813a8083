import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { due } from '../stand.ts';
import type { Lambda } from './lambda.ts';
import { checkLogs, linesOf, messagesOf, metricsOf } from './logs.ts';
import type { Thrown } from './runtime-api.ts';
import { ask, openSite, type Site } from './site.ts';

const SCHEDULED = ['auto-renew', 'scale-bandwidth', 'release-orphans', 'settle-orders'];
const REQUESTED = ['bind-on-webhook', 'chat-ops'];
const FAILING = [{ kind: 'business-error', path: '/v4/eip/renew', code: 'Openapi.X', message: 'no' }];
const GET = { rawPath: '/', headers: {}, requestContext: { http: { method: 'GET' } } };

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

async function thrown(lambda: Lambda, event: unknown): Promise<Thrown> {
  const invoked = await lambda.invoke(event);
  if (invoked.kind !== 'error') throw new Error(JSON.stringify(invoked));
  return invoked.error;
}

describe('a run in which something failed', () => {
  it('is told first and thrown then, with a type, the counts and a stack; the process goes on', async () => {
    const lambda = await site.start('auto-renew');
    site.simulator.faults(FAILING);
    const error = await thrown(lambda, ask());
    expect(error).toMatchObject({
      errorType: 'RunFailed',
      errorMessage: 'auto-renew: failed; 0 done, 0 ordered, 0 skipped, 1 failed, 0 unknown',
    });
    expect(error.trace.join('\n')).toMatch(/^RunFailed: .*\n +at .*shared\/edge\/scheduled\.ts:\d+/);
    expect(messagesOf(lambda)).toEqual(['ctyun call failed', 'decision', 'report', 'metrics', 'thrown']);
    expect(metricsOf(lambda)).toMatchObject([{ Failed: 1, Acted: 0, Heartbeat: 1 }]);
    site.simulator.faults([]);
    expect(await lambda.answer(ask({ mode: 'plan' }))).toMatchObject({ health: 'ok', totals: { act: 1 } });
    checkLogs(site);
  });

  it.each(['JSON', 'Text'])(
    'writes no line that grows with the account when it is thrown (log format %s)',
    async form => {
      const eips = Array.from({ length: 300 }, (_, i) => due(`eip-${i}`, i === 0 ? {} : { expiredAt: '+90d' }));
      await site.close();
      site = await openSite({ eips });
      const lambda = await site.start('auto-renew', { AWS_LAMBDA_LOG_FORMAT: form });
      site.simulator.faults(FAILING);
      expect((await thrown(lambda, ask())).errorType).toBe('RunFailed');
      const sizes = lambda.lines().map(line => Buffer.byteLength(line));
      expect(Math.max(...sizes)).toBeLessThan(4_000);
      if (form === 'JSON') checkLogs(site);
    },
  );
});

describe('a process that cannot start', () => {
  it('lets Lambda know that a handler is missing, by /init/error', async () => {
    const lambda = await site.start('auto-renew', {}, { handler: 'index.nothing' });
    expect(await lambda.initFailed).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.nothing is undefined or not exported',
    });
    expect(await lambda.ended).not.toBe(0);
  });
});

describe('an ask that is wrong', () => {
  it.each(SCHEDULED)(
    'is thrown by %s with every problem named; there are no metrics, and the process goes on',
    async fn => {
      const lambda = await site.start(fn);
      const first = await thrown(lambda, { mode: 'maybe', x: 1 });
      expect(first.errorType).toBe('RejectedRequest');
      expect(first.errorMessage).toMatch(
        /targets: is missing.*mode.*x: unknown key|mode.*targets: is missing.*x: unknown key/,
      );
      expect((await thrown(lambda, { mode: 'maybe', x: 1 })).errorMessage).toBe(first.errorMessage);
      expect([metricsOf(lambda), site.simulator.calls()]).toEqual([[], []]);
      checkLogs(site);
    },
  );
});

describe('settings that are wrong', () => {
  const WRONG = { CTYUN_CONCURRENCY: 'many', CTYUN_ENDPOINT: 'nowhere' };
  const asks: Readonly<Record<string, object>> = {
    'auto-renew': ask(),
    'scale-bandwidth': { targets: ask().targets, scale: { ladderMbps: [1, 2], ceilingMbps: 2 } },
    'release-orphans': { targets: ask().targets, orphans: {} },
    'settle-orders': { targets: ask().targets },
  };

  it.each([...SCHEDULED, ...REQUESTED])(
    'are told by %s at the first event, all of them, and at the next again',
    async fn => {
      const lambda = await site.start(fn, WRONG);
      // The process itself comes up: a failure during init would be tried again by Lambda and told nowhere.
      await lambda.ready;
      for (let i = 0; i < 2; i++) {
        const { errorType, errorMessage } = await thrown(lambda, asks[fn] ?? GET);
        expect([errorType, errorMessage]).toEqual([
          'ConfigError',
          expect.stringMatching(/CTYUN_ENDPOINT.*CTYUN_CONCURRENCY/),
        ]);
      }
      expect(metricsOf(lambda).map(({ Failed, Heartbeat }) => [Failed, Heartbeat])).toEqual(
        REQUESTED.includes(fn)
          ? [
              [1, undefined],
              [1, undefined],
            ]
          : [],
      );
      checkLogs(site);
    },
  );

  it('a secret that is not there is told once the report is out', async () => {
    site.secrets.put('ctyun/main', undefined);
    const lambda = await site.start('auto-renew');
    const error = await thrown(lambda, ask());
    expect(error).toMatchObject({
      errorType: 'RunFailed',
      errorMessage: expect.stringContaining('ResourceNotFoundException'),
    });
    expect(linesOf(lambda).filter(({ message }) => message === 'report')).toHaveLength(1);
    expect(metricsOf(lambda)).toMatchObject([{ Failed: 1, ApiCalls: 0, Heartbeat: 1 }]);
    checkLogs(site);
  });
});
