import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authentic, type ChatSecrets } from '../../shared/chat/authentic.ts';
import { ANSWER_ORIGINS } from '../../shared/chat/channel.ts';
import type { Provider } from '../../shared/chat/inbound.ts';
import { readChannels } from '../../shared/edge/chat-settings.ts';
import { decodeHttpEvent } from '../../shared/edge/http-event.ts';
import { readChatAsk } from '../../shared/plan/chat-ops.ask.ts';

const sample = (name: string): unknown => JSON.parse(readFileSync(`events/chat-ops.${name}.json`, 'utf8'));
const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const callback = { token: 'sample-token', aesKey: AES };
const SECRETS: ChatSecrets = {
  slack: { signingSecrets: ['sample-signing-secret'] },
  feishu: { encryptKeys: ['sample-encrypt-key'], verificationTokens: ['sample-token'] },
  dingtalk: { appSecrets: ['sample-app-secret'], aesKeys: [AES], callbacks: [], cardSecrets: [] },
  wecom: { callbacks: [callback] },
};
const TENANTS: Record<Provider, string> = {
  slack: 'T0001',
  feishu: '2ed263bf32cf1651',
  dingtalk: 'ding0001',
  wecom: 'wx0001',
};
const NOW = new Date('2026-11-24T02:00:00Z');

describe('every sample of chat-ops', () => {
  it.each<[string, Provider, Record<string, unknown>]>([
    ['slack-command', 'slack', { kind: 'command', text: 'renew web-1', actor: { id: 'slack:T0001/U0001' } }],
    ['slack-button', 'slack', { kind: 'decision', actor: { id: 'slack:T0001/U0002' } }],
    ['slack-handshake', 'slack', { kind: 'handshake' }],
    ['feishu-message', 'feishu', { kind: 'command', actor: { id: 'feishu:2ed263bf32cf1651/ou_0001' } }],
    ['dingtalk-message', 'dingtalk', { kind: 'command', capabilities: { mayApprove: true } }],
    ['wecom-echo', 'wecom', { kind: 'handshake', reply: { body: '1616140317555161061' } }],
  ])('events/chat-ops.%s.json is authentic', (name, provider, inbound) => {
    const request = decodeHttpEvent(sample(name));
    if ('kind' in request) throw new Error(request.code);
    expect(request.path).toBe(`/chat/${provider}`);
    const [channel] = readChannels([{ provider, tenants: [TENANTS[provider]] }]);
    const given = {
      channel: channel!,
      secrets: SECRETS[provider],
      now: NOW,
      salt: { random: Buffer.alloc(16), nonce: 'n' },
    };
    expect(authentic(provider, request, given)).toMatchObject(inbound);
  });
  it('the settings are read: answers go to the providers, nobody approves but who is listed', () => {
    const ask = readChatAsk(sample('settings'));
    const channels = readChannels(ask.policy.channels);
    expect(channels.map(({ provider, answerOrigins }) => [provider, answerOrigins])).toEqual([
      ['slack', ANSWER_ORIGINS.slack],
      ['feishu', []],
    ]);
    expect(ask).toMatchObject({ mode: 'plan', approval: { approvers: 1 } });
  });
  it('no sample is left out', () => {
    expect(readdirSync('events').filter(file => file.startsWith('chat-ops.'))).toHaveLength(7);
  });
});
