import { describe, expect, it } from 'vitest';
import { readSettings } from '../../shared/config/settings.ts';
import { ConfigError } from '../../shared/model/errors.ts';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
};

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      applyAllowed: true,
      endpoint: undefined,
      secretPrefix: 'ctyun/',
      credentialsTtlSeconds: 300,
      accounts: ['main'],
      concurrency: 8,
      timeoutMs: 15_000,
    });
  });
  it('are read from the environment, and frozen', () => {
    const settings = readSettings({
      CTYUN_ENDPOINT: 'http://127.0.0.1:8080/',
      CTYUN_SECRET_PREFIX: 'prod/ctyun-',
      CREDENTIALS_TTL_SECONDS: '60',
      CTYUN_ACCOUNTS: 'main, other ,',
      CTYUN_CONCURRENCY: '2',
      CTYUN_TIMEOUT_MS: ' 1000 ',
      APPLY_ALLOWED: 'false',
    });
    expect(settings).toMatchObject({
      applyAllowed: false,
      endpoint: 'http://127.0.0.1:8080',
      secretPrefix: 'prod/ctyun-',
      accounts: ['main', 'other'],
      timeoutMs: 1000,
    });
    expect(Object.isFrozen(settings)).toBe(true);
  });
  it('an empty variable is an unset one', () => {
    expect(readSettings({ CTYUN_ENDPOINT: '', CTYUN_CONCURRENCY: ' ' })).toMatchObject({
      endpoint: undefined,
      concurrency: 8,
    });
  });
  it.each([
    ['CTYUN_ENDPOINT', 'localhost:80'],
    ['CTYUN_ENDPOINT', 'ftp://x'],
    ['CTYUN_ENDPOINT', 'http://x/path'],
    ['CTYUN_ENDPOINT', 'http://user@x'],
    ['CTYUN_SECRET_PREFIX', 'a b'],
    ['CREDENTIALS_TTL_SECONDS', '-1'],
    ['CREDENTIALS_TTL_SECONDS', '1.5'],
    ['CREDENTIALS_TTL_SECONDS', '100000'],
    ['CTYUN_ACCOUNTS', '../x'],
    ['CTYUN_CONCURRENCY', '0'],
    ['CTYUN_TIMEOUT_MS', 'fast'],
  ])('%s=%s is refused', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(`${name} must be`)]);
  });
  it('all wrong ones are named at once, with what to do', () => {
    const wrong = { CTYUN_ENDPOINT: 'x', CTYUN_CONCURRENCY: 'x', CTYUN_TIMEOUT_MS: 'x' };
    expect(problemsOf(wrong)).toHaveLength(3);
    expect(() => readSettings(wrong)).toThrow('Correct the environment variables.');
  });
});
