import { afterEach, describe, expect, it, vi } from 'vitest';
import { lambdaLog } from '../../shared/edge/lambda-log.ts';
import { logWith } from '../../shared/edge/log.ts';

afterEach(() => vi.unstubAllEnvs());

const logged = (work: (log: ReturnType<typeof lambdaLog>) => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  work(lambdaLog('auto-renew', line => lines.push(line)));
  expect(lines.every(line => line.endsWith('\n') && !line.trimEnd().includes('\n'))).toBe(true);
  return lines.map(line => JSON.parse(line) as Record<string, unknown>);
};

describe('a line of the log on Lambda', () => {
  it('is JSON with the time, the level, the service, the function and the stage', () => {
    vi.stubEnv('STAGE', 'prod');
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'eip-autopilot-prod');
    expect(logged(log => log.warn('ctyun call failed', { account: 'main' }))).toEqual([
      {
        level: 'WARN',
        message: 'ctyun call failed',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        service: 'eip-autopilot-prod',
        function: 'auto-renew',
        stage: 'prod',
        account: 'main',
      },
    ]);
  });
  it('keeps a text of several lines in one', () => {
    expect(logged(log => log.info('a', { why: 'one\ntwo' }))).toMatchObject([{ why: 'one\ntwo' }]);
  });
  it('is not made another line by a field: what every line has stays', () => {
    const fields = { message: 'forged', level: 'INFO', timestamp: 'never', service: 'other' };
    const [line] = logged(log => log.error('real', fields));
    expect(line).toMatchObject({ message: 'real', level: 'ERROR', service: 'eip-autopilot' });
    expect(line?.timestamp).not.toBe('never');
  });
  it('tells what a child of the log adds, which a sibling does not have', () => {
    const [child, sibling] = logged(log => {
      logWith(log, { run: 'r-1' }).info('a', { region: 'x' });
      log.info('b');
    });
    expect([child, sibling?.run]).toMatchObject([{ run: 'r-1', region: 'x', function: 'auto-renew' }, undefined]);
  });
  it('says of a field that is no data that it is none, and never throws', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const lines = logged(log => {
      log.info('big', { count: 10n, error: new TypeError('x') });
      log.info('circle', { circle });
    });
    expect(lines).toMatchObject([
      { count: '10', error: { name: 'TypeError', message: 'x' } },
      { message: 'circle', unreadable: ['function', 'circle'], why: expect.stringContaining('circular') },
    ]);
  });
  it.each<[string, string[]]>([
    ['DEBUG', ['INFO', 'WARN', 'ERROR']],
    ['warn', ['WARN', 'ERROR']],
    ['ERROR', ['ERROR']],
    ['nonsense', ['INFO', 'WARN', 'ERROR']],
  ])('is written from LOG_LEVEL %s on', (level, expected) => {
    vi.stubEnv('LOG_LEVEL', level);
    const lines = logged(log => {
      log.info('a');
      log.warn('b');
      log.error('c');
    });
    expect(lines.map(line => line.level)).toEqual(expected);
  });
});
