import { describe, expect, it } from 'vitest';
import { denial, roleFor, rolesOf } from '../../shared/chat/access.ts';
import type { Roles } from '../../shared/chat/channel.ts';
import { parseCommand } from '../../shared/chat/commands.ts';
import { type Actor, FULL, READ_ONLY } from '../../shared/chat/inbound.ts';
import { chatWords, denialText } from '../../shared/chat/words.ts';

const ROLES: Roles = {
  viewers: ['slack:T1/V', 'feishu:tk1/*'],
  operators: ['slack:T1/O', 'slack:T1/B', 'slack:T1/*'],
  approvers: ['slack:T1/A', 'slack:T1/B', 'feishu:tk1/*'],
};
const actor = (user: string, provider: Actor['provider'] = 'slack', tenant = 'T1'): Actor => ({
  provider,
  tenant,
  user,
  id: `${provider}:${tenant}/${user}`,
});
const HASH = 'a'.repeat(64);

describe('what a command needs', () => {
  it.each([
    ['help', 'viewer'],
    ['status', 'viewer'],
    ['expiring', 'viewer'],
    ['idle', 'viewer'],
    ['plans', 'viewer'],
    ['history web', 'viewer'],
    ['mode', 'viewer'],
    ['mode auto-renew', 'viewer'],
    ['renew web', 'operator'],
    ['scale web 10', 'operator'],
    ['bind web vm i-1', 'operator'],
    ['unbind web', 'operator'],
    ['mode off', 'operator'],
    ['mode auto-renew plan', 'operator'],
    ['mode auto-renew apply', 'approver'],
    ['mode apply', 'approver'],
    [`approve ${HASH}`, 'approver'],
    [`reject ${HASH}`, 'approver'],
  ])('"%s": %s', (text, role) => {
    const parsed = parseCommand(text, ['auto-renew']);
    expect(parsed.ok && roleFor(parsed.command)).toBe(role);
  });
});

describe('who may', () => {
  it.each([
    ['a viewer views', 'viewer', actor('V'), FULL, null],
    ['an operator views', 'viewer', actor('O'), FULL, null],
    ['an approver views', 'viewer', actor('A'), FULL, null],
    ['a viewer does not operate', 'operator', actor('V'), FULL, 'role-missing'],
    ['a viewer does not approve', 'approver', actor('V'), FULL, 'role-missing'],
    ['an operator operates', 'operator', actor('O'), FULL, null],
    ['an operator does not approve', 'approver', actor('O'), FULL, 'role-missing'],
    ['an approver approves', 'approver', actor('A'), FULL, null],
    ['an approver does not operate', 'operator', actor('A'), FULL, 'role-missing'],
    ['who is both does both', 'approver', actor('B'), FULL, null],
    ['a stranger does not even view', 'viewer', actor('X'), FULL, 'unknown-actor'],
    ['the same user id in another workspace is a stranger', 'viewer', actor('A', 'slack', 'T2'), FULL, 'unknown-actor'],
    ['the same ids at another provider are a stranger', 'viewer', actor('A', 'dingtalk'), FULL, 'unknown-actor'],
    ['an id that differs by case is a stranger', 'viewer', actor('a'), FULL, 'unknown-actor'],
    ['a whole tenant may view', 'viewer', actor('any', 'feishu', 'tk1'), FULL, null],
    ['a whole tenant never approves', 'approver', actor('any', 'feishu', 'tk1'), FULL, 'role-missing'],
    ['a whole tenant never operates', 'operator', actor('any', 'slack', 'T1'), FULL, 'unknown-actor'],
    ['under a signature of the timestamp alone, one views', 'viewer', actor('B'), READ_ONLY, null],
    [
      'under a signature of the timestamp alone, nobody operates',
      'operator',
      actor('B'),
      READ_ONLY,
      'channel-reads-only',
    ],
    [
      'under a signature of the timestamp alone, nobody approves',
      'approver',
      actor('B'),
      READ_ONLY,
      'channel-reads-only',
    ],
    ['a role that is missing is told before the channel', 'approver', actor('V'), READ_ONLY, 'role-missing'],
  ] as const)('%s', (_sentence, needs, who, capabilities, code) => {
    expect(denial(needs, who, ROLES, capabilities)?.code ?? null).toBe(code);
  });
  it('nobody has a role where no list names anybody', () => {
    expect([...rolesOf(actor('A'), { viewers: [], operators: [], approvers: [] })]).toEqual([]);
  });
  it.each(['zh-CN', 'en'] as const)('%s: every denial has words', lang => {
    for (const code of ['unknown-actor', 'role-missing', 'channel-reads-only'] as const) {
      for (const needs of ['viewer', 'operator', 'approver'] as const) {
        expect(denialText({ code, needs }, chatWords(lang))).toMatch(lang === 'en' ? /^[A-Z]/ : /\p{Script=Han}/u);
      }
    }
  });
});
