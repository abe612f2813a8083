import { describe, expect, it } from 'vitest';
import { CredentialStore, parseCredentials } from '../../shared/config/credentials.ts';
import { ConfigError } from '../../shared/model/errors.ts';

const A = 'a'.repeat(32);
const S = 's'.repeat(32);
const secret = (letter: string): string => JSON.stringify({ accessKey: letter.repeat(32), secretKey: S });

describe('a secret', () => {
  it('is read, and stray white space of the store is trimmed', () => {
    expect(parseCredentials('main', JSON.stringify({ accessKey: ` ${A}\n`, secretKey: S }))).toEqual({
      accessKey: A,
      secretKey: S,
    });
  });
  it.each<[string, string, string[]]>([
    ['that is not JSON', 'very-secret-text', ['the secret of account "main" is not a JSON object']],
    ['that is no object', '"very-secret-text"', ['the secret of account "main" is not a JSON object']],
    ['that is null', 'null', ['the secret of account "main" is not a JSON object']],
    [
      'that lacks both',
      '{}',
      ['accessKey of account "main" is not 32 characters', 'secretKey of account "main" is not 32 characters'],
    ],
    [
      'whose key is short',
      JSON.stringify({ accessKey: 'very-secret-text', secretKey: S }),
      ['accessKey of account "main" is not 32 characters'],
    ],
    [
      'whose key is a number',
      JSON.stringify({ accessKey: A, secretKey: 12 }),
      ['secretKey of account "main" is not 32 characters'],
    ],
    [
      'whose key has a space inside',
      JSON.stringify({ accessKey: A, secretKey: `${'s'.repeat(15)} ${'s'.repeat(16)}` }),
      ['secretKey of account "main" is not 32 characters'],
    ],
  ])('%s is refused, and nothing of it is told', (_sentence, text, problems) => {
    try {
      parseCredentials('main', text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).problems).toEqual(problems);
      expect(`${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toContain(
        'very-secret',
      );
    }
  });
});

function store(answers: (string | Error)[], ttlSeconds = 300) {
  const clock = { at: 0, now: () => new Date(clock.at), sleep: async () => undefined };
  const asked: string[] = [];
  const fetch = async (account: string): Promise<string> => {
    asked.push(account);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer ?? '';
  };
  return { store: new CredentialStore(fetch, clock, ttlSeconds), asked, clock };
}

describe('the store', () => {
  it('fetches once for simultaneous callers, and again after its time', async () => {
    const { store: credentials, asked, clock } = store([secret('a'), secret('b')]);
    const source = credentials.sourceOf('main');
    await Promise.all([source.current(), source.current(), source.current()]);
    clock.at = 299_999;
    await source.current();
    expect(asked).toHaveLength(1);
    clock.at = 300_000;
    expect((await source.current()).accessKey).toBe('b'.repeat(32));
    expect(asked).toHaveLength(2);
  });
  it('a time of zero believes nothing', async () => {
    const { store: credentials, asked } = store([secret('a')], 0);
    await credentials.sourceOf('main').current();
    await credentials.sourceOf('main').current();
    expect(asked).toHaveLength(2);
  });
  it('prefetches, so that the first use waits for nothing', async () => {
    const { store: credentials, asked } = store([secret('a')]);
    credentials.prefetch(['main', 'other']);
    await credentials.sourceOf('main').current();
    expect(asked).toEqual(['main', 'other']);
  });
  it('a prefetch that fails is tried again on first use', async () => {
    const { store: credentials, asked } = store([new Error('down'), secret('a')]);
    credentials.prefetch(['main']);
    await new Promise(resolve => setImmediate(resolve));
    expect((await credentials.sourceOf('main').current()).accessKey).toBe(A);
    expect(asked).toHaveLength(2);
  });
  it('a failure is told to everybody who waits, and not kept', async () => {
    const { store: credentials } = store([new Error('down'), secret('a')]);
    const source = credentials.sourceOf('main');
    const both = await Promise.allSettled([source.current(), source.current()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(source.current()).resolves.toMatchObject({ accessKey: A });
  });
  it('a refused key is fetched anew once, however many were refused', async () => {
    const { store: credentials, asked } = store([secret('a'), secret('b')]);
    const source = credentials.sourceOf('main');
    const old = await source.current();
    const fresh = await Promise.all([source.refresh(old), source.refresh(old), source.refresh(old)]);
    expect(fresh.map(({ accessKey }) => accessKey[0])).toEqual(['b', 'b', 'b']);
    expect(asked).toHaveLength(2);
  });
  it('a key that is still the old one after a refresh is not fetched again at once', async () => {
    const { store: credentials, asked, clock } = store([secret('a')]);
    const source = credentials.sourceOf('main');
    const old = await source.current();
    await source.refresh(old);
    await source.refresh(old);
    expect(asked).toHaveLength(2);
    clock.at = 10_000;
    await source.refresh(old);
    expect(asked).toHaveLength(3);
  });
  it('a refresh before any use fetches', async () => {
    const { store: credentials, asked } = store([secret('a')]);
    await credentials.sourceOf('main').refresh({ accessKey: A, secretKey: S });
    expect(asked).toHaveLength(1);
  });
});
