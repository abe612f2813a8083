import { describe, expect, it } from 'vitest';
import { readChatSecrets } from '../../shared/edge/chat-secrets.ts';
import { readChannels } from '../../shared/edge/chat-settings.ts';
import { ConfigError } from '../../shared/model/errors.ts';

const channel = (change: Record<string, unknown> = {}) => ({ provider: 'slack', tenants: ['T1'], ...change });
function problemsOf(act: () => unknown): readonly string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('channels', () => {
  it('have defaults that let nobody do anything', () => {
    expect(readChannels([channel()])).toEqual([
      {
        provider: 'slack',
        lang: 'zh-CN',
        tenants: ['T1'],
        apps: [],
        chats: [],
        answerOrigins: ['https://hooks.slack.com'],
        windowSeconds: 300,
        aiBots: [],
        roles: { viewers: [], operators: [], approvers: [] },
      },
    ]);
  });
  it('take people by ids, viewers also by the tenant', () => {
    const roles = { viewers: ['slack:T1/*'], operators: ['slack:T1/U1'], approvers: ['slack:T1/U2'] };
    expect(readChannels([channel({ roles })])[0]?.roles).toEqual(roles);
    const wecom = channel({ provider: 'wecom', roles: { approvers: ['wecom:wx1/218/zhang'] } });
    expect(problemsOf(() => readChannels([wecom]))).toEqual([]);
  });
  it.each<[string, unknown, readonly (string | RegExp)[]]>([
    ['no tenant', [channel({ tenants: [] })], ['[0].tenants: must not be empty']],
    ['another provider', [channel({ provider: 'teams' })], [/^\[0\]\.provider: must be one of/]],
    ['an unknown key', [channel({ admins: [] })], ['[0].admins: unknown key']],
    [
      'a star among approvers',
      [channel({ roles: { approvers: ['slack:T1/*'] } })],
      [/^\[0\]\.roles\.approvers\.?\[0\]: must be provider/],
    ],
    [
      'a star for everything',
      [channel({ roles: { viewers: ['*'] } })],
      [/^\[0\]\.roles\.viewers\.?\[0\]: must be provider/],
    ],
    [
      'a name instead of an id',
      [channel({ roles: { operators: ['Zhang San'] } })],
      [/^\[0\]\.roles\.operators\.?\[0\]: must be provider/],
    ],
    [
      'people of another provider',
      [channel({ roles: { viewers: ['feishu:t/u'] } })],
      ['[0].roles: "feishu:t/u" is not of slack'],
    ],
    ['a window of more than an hour', [channel({ windowSeconds: 3601 })], ['[0].windowSeconds: must be at most 3600']],
    ['an origin with a path', [channel({ answerOrigins: ['https://hooks.slack.com/x'] })], [/must be an origin/]],
    ['two channels of one provider', [channel(), channel()], ['slack has two channels']],
    ['no list', {}, [/must be a list/]],
  ])('refuse %s', (_sentence, value, problems) => {
    const found = problemsOf(() => readChannels(value));
    expect(found).toHaveLength(problems.length);
    found.forEach((each, index) => {
      const problem = problems[index]!;
      if (typeof problem === 'string') expect(each).toBe(problem);
      else expect(each).toMatch(problem);
    });
  });
});

const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

describe('secrets of a channel', () => {
  it.each([
    ['slack', { signingSecrets: ['a', 'b'] }, {}],
    ['feishu', { encryptKeys: ['a'], verificationTokens: ['b'], webhook: { url: 'https://x', secret: 's' } }, {}],
    ['dingtalk', { appSecrets: ['a'] }, { aesKeys: [], callbacks: [], cardSecrets: [] }],
    ['wecom', { callbacks: [{ token: 't', aesKey: AES }] }, {}],
  ] as const)('%s', (provider, value, more) => {
    expect(readChatSecrets(provider, JSON.stringify(value))).toEqual({ webhook: null, ...more, ...value });
  });
  it.each([
    ['slack', { signingSecrets: [] }, ['signingSecrets: must not be empty']],
    ['slack', { signingSecrets: [''] }, ['signingSecrets[0]: must not be empty']],
    ['slack', { signingSecret: 'a' }, ['signingSecrets: is missing (array)', 'signingSecret: unknown key']],
    ['feishu', { encryptKeys: ['a'] }, ['verificationTokens: is missing (array)']],
    [
      'wecom',
      { callbacks: [{ token: 't', aesKey: 'short' }] },
      ['callbacks[0].aesKey: must be the 43 characters of the EncodingAESKey'],
    ],
    ['dingtalk', { aesKeys: ['short'] }, ['aesKeys[0]: must be the 43 characters of the EncodingAESKey']],
    ['slack', { signingSecrets: ['a'], webhook: { url: 'x' } }, ['webhook.url: must be a URL']],
  ] as const)('%s refuses %j', (provider, value, problems) => {
    expect(problemsOf(() => readChatSecrets(provider, JSON.stringify(value)))).toEqual(problems);
  });
  it('are not repeated when they are no JSON', () => {
    expect(() => readChatSecrets('slack', 'my-secret-value')).toThrow(ConfigError);
    expect(() => readChatSecrets('slack', 'my-secret-value')).not.toThrow(/my-secret/);
  });
});
