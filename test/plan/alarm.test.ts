import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAlarm } from '../../shared/plan/alarm.ts';

const json = JSON.stringify;

const ROWS: [string, string, string[]][] = [
  ['plain JSON', json({ resource: 'eip-abcdef0123', ip: '203.0.113.5' }), ['eip-abcdef0123', '203.0.113.5']],
  ['an SMN-style envelope', json({ type: 'Notification', message: json({ dims: ['203.0.113.5'] }) }), ['203.0.113.5']],
  ['JSON in JSON in JSON', json({ a: json({ b: json([{ c: 'eip-abcdef0123' }]) }) }), ['eip-abcdef0123']],
  ['a key that is a name', json({ '203.0.113.5': { percent: 91 } }), ['203.0.113.5']],
  [
    'a sentence',
    json({ message: '弹性公网IP 203.0.113.5（eip-abcdef0123）带宽过高' }),
    ['eip-abcdef0123', '203.0.113.5'],
  ],
  ['plain text', 'EIP 203.0.113.5 is busy', ['203.0.113.5']],
  ['escaped text', '{"ip":"203\\u002e0.113.5"}', ['203.0.113.5']],
  ['the same twice', json(['203.0.113.5', '203.0.113.5']), ['203.0.113.5']],
  [
    'what only looks like an id or an address',
    json(['eip-egress-high', 'my-eip-abcdef', '1.2.3.4.5', '999.1.1.1']),
    [],
  ],
  ['nothing', '', []],
  ['a number', '42', []],
  ['broken JSON', '{"ip": "203.0.113.5"', ['203.0.113.5']],
  ['too many to be meant', json(Array.from({ length: 201 }, (_, i) => `10.0.0.${i}`)), []],
];

describe('what an alarm names', () => {
  it.each(ROWS)('%s', (_sentence, body, names) => {
    expect(readAlarm(body)).toEqual({ names, confirmUrl: null });
  });
  it('a request to be confirmed is told apart', () => {
    const url = 'https://smn.example/confirm';
    expect(readAlarm(json({ type: 'SubscriptionConfirmation', subscribe_url: url })).confirmUrl).toBe(url);
    expect(readAlarm(json({ type: 'Notification', subscribe_url: url })).confirmUrl).toBeNull();
  });
  it('anything at all is read', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), body => Array.isArray(readAlarm(body).names)));
  });
});
