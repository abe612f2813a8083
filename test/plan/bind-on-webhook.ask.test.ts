import { describe, expect, it } from 'vitest';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { allowingRule } from '../../shared/plan/allowed-targets.ts';
import { readBindRequest, readUnbindRequest } from '../../shared/plan/bind-on-webhook.ask.ts';

const body = (change: Record<string, unknown> = {}) => ({
  account: 'main',
  region: 'r1',
  eip: { id: 'eip-1' },
  target: { type: 'vm', id: 'ins-1' },
  ...change,
});
function problemsOf(read: (body: unknown) => unknown, value: unknown): readonly string[] {
  try {
    read(value);
    return [];
  } catch (error) {
    if (error instanceof RejectedRequest) return error.problems;
    throw error;
  }
}

describe('a bind request', () => {
  it('has defaults', () => {
    expect(readBindRequest(body())).toEqual({
      account: 'main',
      region: 'r1',
      eip: { by: 'id', value: 'eip-1' },
      target: { type: 'vm', id: 'ins-1', portId: null },
      onConflict: 'refuse',
      waitSeconds: 0,
    });
  });
  it.each([
    ['an address', { eip: { address: '203.0.113.7' } }, { eip: { by: 'address', value: '203.0.113.7' } }],
    [
      'an IPv6 address in any spelling',
      { eip: { address: '2001:DB8:0::1' } },
      { eip: { by: 'address', value: '2001:db8::1' } },
    ],
    ['a name, composed', { eip: { name: 'cafe\u0301' } }, { eip: { by: 'name', value: 'café' } }],
    ['a port', { target: { type: 'port', id: 'port-1' } }, { target: { type: 'port', id: 'port-1', portId: null } }],
    [
      "one of an instance's ports",
      { target: { type: 'vm', id: 'i', portId: 'p' } },
      { target: { type: 'vm', id: 'i', portId: 'p' } },
    ],
    ['a move', { onConflict: 'move', waitSeconds: 20 }, { onConflict: 'move', waitSeconds: 20 }],
  ])('may name %s', (_sentence, change, expected) => {
    expect(readBindRequest(body(change))).toMatchObject(expected);
  });
  it.each<[string, unknown, readonly string[]]>([
    [
      'nothing',
      {},
      [
        'account: is missing (string)',
        'region: is missing (string)',
        'eip: is missing (object)',
        'target: is missing (object)',
      ],
    ],
    ['a text', 'x', ['the ask: must be an object']],
    ['a list', [], ['the ask: must be an object']],
    ['an unknown key', body({ force: true }), ['force: unknown key']],
    ['unknown keys inside', body({ eip: { id: 'e', ip: 'x' } }), ['eip.ip: unknown key']],
    ['no name for the EIP', body({ eip: {} }), ['eip: must be named by one of id, address or name']],
    [
      'two names for the EIP',
      body({ eip: { id: 'e', name: 'n' } }),
      ['eip: must be named by one of id, address or name'],
    ],
    [
      'an address that is none',
      body({ eip: { address: '203.0.113.300' } }),
      ['eip.address: must be an IPv4 or IPv6 address'],
    ],
    [
      'an address with a leading zero',
      body({ eip: { address: '203.0.113.07' } }),
      ['eip.address: must be an IPv4 or IPv6 address'],
    ],
    [
      'an address with a mask',
      body({ eip: { address: '203.0.113.7/32' } }),
      ['eip.address: must be an IPv4 or IPv6 address'],
    ],
    ['an empty name', body({ eip: { name: '' } }), ['eip.name: must not be empty']],
    ['an id with a slash', body({ eip: { id: '../x' } }), ['eip.id: must be an id: letters, digits, . _ -']],
    ['a region for all', body({ region: '*' }), ['region: must be a region id (资源池 ID)']],
    [
      'a target of another kind',
      body({ target: { type: 'nat', id: 'n' } }),
      ['target.type: must be one of "vm", "vip", "baremetal", "port"'],
    ],
    ['a port of a port', body({ target: { type: 'port', id: 'p', portId: 'q' } }), ['target: a port has no portId']],
    ['another answer to a conflict', body({ onConflict: 'force' }), ['onConflict: must be one of "refuse", "move"']],
    ['a wait of 21 seconds', body({ waitSeconds: 21 }), ['waitSeconds: must be at most 20']],
    ['a negative wait', body({ waitSeconds: -1 }), ['waitSeconds: must be at least 0']],
    ['a wait of half a second', body({ waitSeconds: 0.5 }), ['waitSeconds: must be a whole number']],
    ['a wait as text', body({ waitSeconds: '5' }), ['waitSeconds: must be a number']],
    ['null for a portId', body({ target: { type: 'vm', id: 'i', portId: null } }), ['target.portId: must be a string']],
    [
      'everything wrong at once',
      {
        account: '',
        region: 5,
        eip: { id: '' },
        target: { type: 'x', id: ' ' },
        onConflict: 1,
        waitSeconds: 99,
        more: 1,
      },
      [
        'account: must be the name of an account: letters, digits, . _ -',
        'region: must be a string',
        'eip.id: must be an id: letters, digits, . _ -',
        'target.type: must be one of "vm", "vip", "baremetal", "port"',
        'target.id: must be an id: letters, digits, . _ -',
        'onConflict: must be one of "refuse", "move"',
        'waitSeconds: must be at most 20',
        'more: unknown key',
      ],
    ],
  ])('refuses %s', (_sentence, value, problems) => {
    expect([...problemsOf(readBindRequest, value)].toSorted()).toEqual([...problems].toSorted());
  });
});

describe('an unbind request', () => {
  it('names an EIP alone', () => {
    const { target: _target, ...rest } = body();
    expect(readUnbindRequest(rest)).toEqual({
      account: 'main',
      region: 'r1',
      eip: { by: 'id', value: 'eip-1' },
      waitSeconds: 0,
    });
  });
  it('refuses a target, which would be a misunderstanding', () => {
    expect(problemsOf(readUnbindRequest, body())).toEqual(['target: unknown key']);
  });
});

describe('allowed targets', () => {
  const wanted = { account: 'main', region: 'r1', name: 'web-1' };
  it.each([
    ['no rule allows nothing', [], false],
    ['a rule of exact words', [wanted], true],
    ['patterns', [{ account: '*', region: 'r?', name: 'web-*' }], true],
    ['another account', [{ ...wanted, account: 'test' }], false],
    ['another region', [{ ...wanted, region: 'r2' }], false],
    ['another name', [{ ...wanted, name: 'db-*' }], false],
    ['a name that differs by case', [{ ...wanted, name: 'WEB-*' }], false],
    ['a name that only contains it', [{ ...wanted, name: 'web' }], false],
    ['the empty pattern', [{ ...wanted, name: '' }], false],
    [
      'parts of two rules do not add up',
      [
        { ...wanted, name: 'x' },
        { ...wanted, region: 'x' },
      ],
      false,
    ],
    ['the second of two rules', [{ ...wanted, name: 'x' }, wanted], true],
  ])('%s', (_sentence, rules, allowed) => {
    expect(allowingRule(wanted, rules) !== null).toBe(allowed);
  });
});
