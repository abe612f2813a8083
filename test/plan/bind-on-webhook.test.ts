import { describe, expect, it } from 'vitest';
import type { BindStep, Place } from '../../shared/model/binding.ts';
import type { Eip } from '../../shared/model/eip.ts';
import { type InHand, nextMove } from '../../shared/plan/bind-on-webhook.ts';
import { eip, NOW } from './samples.ts';

const at = (id: string, portId: string | null = null, type = 'INSTANCE'): Place => ({ type, id, portId });
const [A, B] = [at('vm-a', 'port-a'), at('vm-b')];
const on = (place: Place | null, status = place ? 'ACTIVE' : 'DOWN'): Eip =>
  eip({
    status,
    bound: place !== null,
    association: place && { type: place.type, id: place.id },
    portId: place?.portId ?? null,
  });
/** A step so many seconds ago. */
const step = (deed: BindStep['deed'], result: BindStep['result'], secondsAgo = 60, sendings = 1): BindStep => ({
  ...{ deed, result, sendings, note: null },
  at: new Date(NOW.getTime() - secondsAgo * 1000),
});
const WHY = { code: 'refused', facts: {} };
const moving = (steps: BindStep[] = [], change: Partial<InHand & InHand['begun']> = {}): InHand => {
  const { back = null, ...begun } = change;
  return { steps, back, begun: { eip: on(A), goal: B, from: A, before: A, at: NOW, ...begun } };
};
const unbinding = (steps: BindStep[] = []) => moving(steps, { goal: null });
const binding = (steps: BindStep[] = []) => moving(steps, { from: null, before: null });
const back = (steps: BindStep[] = []) =>
  moving([step('unbind', 'accepted'), step('bind', 'refused'), ...steps], { back: WHY });

const told = (hand: InHand, seen: Eip | 'gone', overtaken = false): string => {
  const move = nextMove(hand, seen, overtaken, NOW);
  if (move.next === 'send') return `${move.again ? 'repeat' : 'send'} ${move.deed}`;
  return move.next === 'end' ? `${move.end.outcome}: ${move.end.reason.code}` : move.next;
};
const restores = (count: number) => Array.from({ length: count }, () => step('restore', 'refused'));

describe('what happens next', () => {
  it.each<[string, InHand, Eip | 'gone', string]>([
    ['a free EIP is bound', binding(), on(null), 'send bind'],
    ['one that is bound elsewhere is unbound first', moving(), on(A), 'send unbind'],
    ['once it is unbound, it is bound', moving([step('unbind', 'accepted')]), on(null), 'send bind'],
    ['already there', moving(), on(B), 'already: already'],
    ['already there, on whatever port', moving([], { goal: at('vm-b') }), on(at('vm-b', 'port-2')), 'already: already'],
    ['the right VM but another port is not there', moving([], { goal: at('vm-a', 'port-x') }), on(A), 'send unbind'],
    ['another kind with the same id is not there', moving([], { goal: at('vm-a', null, 'VIP') }), on(A), 'send unbind'],
    ['arrived', moving([step('bind', 'accepted')]), on(B), 'bound: bound'],
    ['arrived though the answer was lost', moving([step('bind', 'lost')]), on(B), 'bound: bound'],
    ['an unbind is sent', unbinding(), on(A), 'send unbind'],
    ['unbound', unbinding([step('unbind', 'sent')]), on(null), 'unbound: unbound'],
    ['already unbound', unbinding(), on(null), 'already: already'],
    ['gone', moving(), 'gone', 'failed: gone'],
    ['expired: nothing is begun', moving(), on(A, 'EXPIRED'), 'refused: state'],
    [
      'expired in the middle: told as a failure',
      moving([step('unbind', 'accepted')]),
      on(null, 'EXPIRED'),
      'failed: state',
    ],
    ['a state that nobody knows is not acted upon', binding(), on(null, 'NEW-WORD'), 'refused: state'],
    ['bound by somebody else meanwhile', moving([step('unbind', 'accepted')]), on(at('vm-x')), 'failed: changed'],
    ['bound back by somebody else after our bind', moving([step('bind', 'accepted')]), on(A), 'failed: changed'],
    [
      'taken from where an overtaken request has put it',
      moving([], { from: at('vm-x'), before: A }),
      on(at('vm-x')),
      'send unbind',
    ],
  ])('%s', (_sentence, hand, seen, expected) => expect(told(hand, seen)).toBe(expected));

  it.each(['BANDING_OR_UNBANGDING', 'BANGDING_OR_UNBANDING', 'UPDATING'])(
    'in state %s it waits, whatever else',
    status => {
      expect(told(moving(), on(A, status))).toBe('wait');
      expect(told(moving(), on(A, status), true)).toBe('wait');
    },
  );
  it('a state that does not pass in a quarter of an hour is told', () => {
    const long = moving([], { at: new Date(NOW.getTime() - 16 * 60_000) });
    expect(told(long, on(A, 'BANGDING_OR_UNBANDING'))).toBe('unknown: stuck');
  });
});

describe('after a call', () => {
  it.each<[string, BindStep, string]>([
    ['accepted just now: waits for the effect', step('bind', 'accepted', 5), 'wait'],
    ['accepted, and nothing came of it: failed', step('bind', 'accepted', 31), 'failed: no-effect'],
    ['lost just now: looks for a while', step('bind', 'lost', 1), 'wait'],
    ['lost: the same is sent again', step('bind', 'lost', 3), 'repeat bind'],
    ['a crash after writing it down: the same is sent again', step('bind', 'sent', 90), 'repeat bind'],
    ['throttled: the same is sent again', step('bind', 'not-sent', 3), 'repeat bind'],
    ['lost three times: failed', step('bind', 'lost', 3, 3), 'failed: answer-lost'],
    ['never sent, three times: failed', step('bind', 'not-sent', 3, 3), 'failed: not-sent'],
    ['refused: failed', step('bind', 'refused', 0), 'failed: refused'],
  ])('%s', (_sentence, last, expected) => {
    expect(told(binding([last]), on(null))).toBe(expected);
    // A move goes back instead of failing.
    const after = moving([step('unbind', 'accepted'), last]);
    expect(told(after, on(null))).toBe(expected.startsWith('failed') ? 'turn-back' : expected);
  });
  it('an unbind that is refused has changed nothing', () => {
    expect(told(moving([step('unbind', 'refused')]), on(A))).toBe('failed: refused');
  });
});

describe('going back', () => {
  it.each<[string, InHand, Eip, string]>([
    ['it is bound to where it was', back(), on(null), 'send restore'],
    ['there again: failed, and restored', back([step('restore', 'accepted')]), on(A), 'failed: refused'],
    ['the bind has happened after all: as asked', back([step('restore', 'refused')]), on(B), 'bound: bound'],
    ['a refused restore is tried anew after a while', back([step('restore', 'refused', 6)]), on(null), 'send restore'],
    ['and not at once', back([step('restore', 'refused', 1)]), on(null), 'wait'],
    ['a lost one is repeated', back([step('restore', 'lost', 3)]), on(null), 'repeat restore'],
    ['after five it is told', back(restores(5)), on(null), 'failed: not-restored'],
    ['somebody else has bound it: left alone', back(), on(at('vm-x')), 'failed: changed'],
  ])('%s', (_sentence, hand, seen, expected) => expect(told(hand, seen)).toBe(expected));
  it('says that it was restored, and where it is', () => {
    const move = nextMove(back(), on(A), false, NOW);
    expect(move).toMatchObject({ end: { reason: { facts: { restored: true } }, where: A } });
  });
});

describe('overtaken', () => {
  it.each<[string, InHand, Eip]>([
    ['before anything', moving(), on(A)],
    ['in the middle', moving([step('unbind', 'accepted')]), on(null)],
    ['at its end', moving([step('bind', 'accepted')]), on(B)],
    ['on its way back', back(), on(null)],
  ])('%s: nothing more is begun', (_sentence, hand, seen) =>
    expect(told(hand, seen, true)).toBe('overtaken: overtaken'),
  );
});
