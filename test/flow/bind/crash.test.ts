import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../../shared/flow/bind/request.ts';
import { BLOWS } from '../../harness/crash-points.ts';
import type { Fate } from '../../harness/room.ts';
import { START } from '../../harness/stage.ts';
import { bindRoom, bindTo, told, unbinding } from './room.ts';

type Case = { readonly at: string | null; readonly incoming: Incoming; readonly goal: string };
const CASES: readonly [string, Case][] = [
  ['a bind of a free EIP', { at: null, incoming: bindTo('m1', 'vm-b'), goal: 'vm-b' }],
  ['a move', { at: 'vm-a', incoming: bindTo('m1', 'vm-b'), goal: 'vm-b' }],
  ['an unbind', { at: 'vm-a', incoming: unbinding('m1'), goal: 'DOWN' }],
];

/** One blow at one step of the first process; then the sender tries again and the queue is delivered. */
async function struck({ at, incoming, goal }: Case, step: number, blow: Fate, failing = false) {
  const room = await bindRoom(at);
  let steps = 0;
  room.stage.room.fate = (_n, _label, process) => (process.name === 'struck' && ++steps === step ? blow : 'pass');
  if (failing)
    room.stage.here.faults.replace([
      { kind: 'business-error', path: '/v4/eip/associate', code: 'Openapi.X', message: 'no' },
    ]);
  room.send('struck', incoming);
  await room.stage.room.run();
  room.stage.room.advance(120);
  room.send('again', incoming);
  await room.stage.room.run();
  await room.drain();
  room.send('asks', incoming);
  await room.stage.room.run();
  const before = at ?? 'DOWN';
  const stored = await room.stored('m1');
  const end = told(stored);
  const here = room.where();
  const [asks] = room.answers.filter(({ name }) => name === 'asks');
  const saysGoal = ['bound', 'unbound', 'already'].includes(String(stored?.end?.outcome));
  const broken = [
    ...room.stage.room.failures.filter(error => !/the ledger|no answer/.test(String(error))).map(String),
    ...(here === goal || here === before ? [] : [`the EIP is at ${here}`]),
    ...(saysGoal === (here === goal) ? [] : [`it says ${end}, but the EIP is at ${here}`]),
    ...(told(asks?.answer) === end ? [] : [`asked again it says ${told(asks?.answer)}, not ${end}`]),
    ...(stored?.end ? [] : ['it has no end']),
  ].map(what => `${blow} at ${step}: ${what}`);
  return { steps, broken, end };
}

describe.each(CASES)('%s, struck at every one of its steps', (_sentence, one) => {
  it.each(BLOWS)(
    '%s: the EIP is where it was asked to be or where it was, and the answer says which',
    async (_words, blow) => {
      const { steps, broken, end } = await struck(one, 0, 'pass');
      expect([broken, end]).toEqual([[], expect.stringMatching(/^(un)?bound/)]);
      const all: string[] = [];
      for (let step = 1; step <= steps; step++) all.push(...(await struck(one, step, blow)).broken);
      expect(all).toEqual([]);
      expect(steps).toBeGreaterThan(15);
    },
    60_000,
  );
});

describe('a move whose bind fails', () => {
  it.each(BLOWS)(
    '%s: it is back where it was, and told',
    async (_words, blow) => {
      const move = CASES[1]?.[1];
      const { steps, broken, end } = await struck(move!, 0, 'pass', true);
      expect([broken, end]).toEqual([[], 'failed: refused']);
      const all: string[] = [];
      for (let step = 1; step <= steps; step++) all.push(...(await struck(move!, step, blow, true)).broken);
      expect(all).toEqual([]);
    },
    60_000,
  );
});

describe('two requests for one EIP at once', () => {
  const T = (seconds: number) => new Date(START.getTime() + seconds * 1000);
  const at = fc.constantFrom<string | null>('vm-a', null);
  it('end in one binding, the later one wins, the other is told', async () => {
    await fc.assert(
      fc.asyncProperty(at, fc.boolean(), fc.array(fc.nat(7), { maxLength: 200 }), async (start, olderFirst, order) => {
        const room = await bindRoom(start);
        const choices = order[Symbol.iterator]();
        room.stage.room.choose = count => Number(choices.next().value ?? 0) % count;
        const both = [
          ['older', bindTo('older', 'vm-b', {}, T(0))],
          ['later', bindTo('later', 'vm-c', {}, T(1))],
        ] as const;
        for (const [name, incoming] of olderFirst ? both : both.toReversed()) room.send(name, incoming);
        await room.stage.room.run();
        await room.drain();
        const [older, later] = [await room.stored('older'), await room.stored('later')];
        expect([room.where(), told(later), room.stage.room.failures]).toEqual(['vm-c', 'bound: bound', []]);
        // Told that it was overtaken, unless it was over before the later one came to the EIP.
        expect(['overtaken: overtaken', 'bound: bound']).toContain(told(older));
        if (told(older).startsWith('bound')) expect(later!.begun!.from!.id).toBe('vm-b');
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('leave it where it was, or with the later one, where a crash meets the older one in the middle', async () => {
    for (let step = 1; step < 45; step++) {
      const room = await bindRoom('vm-a');
      let steps = 0;
      room.stage.room.fate = (_n, _l, process) =>
        process.name === 'older' && ++steps === step ? 'kill-after' : 'pass';
      room.send('older', bindTo('older', 'vm-b', {}, T(0)));
      room.send('later', bindTo('later', 'vm-c', {}, T(1)));
      await room.stage.room.run();
      await room.drain();
      expect([step, room.where(), told(await room.stored('later'))]).toEqual([step, 'vm-c', 'bound: bound']);
    }
  }, 60_000);

  it('the later one fails: the EIP goes back to where it was before both', async () => {
    const room = await bindRoom('vm-a');
    room.stage.weather = (path, answer) => {
      const made = answer();
      if (path === '/v4/eip/disassociate' && room.answers.length === 0 && !room.messages.some(m => m.id === 'later'))
        later();
      return made;
    };
    let sent = false;
    const later = () => {
      if (sent) return;
      sent = true;
      room.stage.here.faults.replace([
        { kind: 'business-error', path: '/v4/eip/associate', code: 'Openapi.X', message: 'no' },
      ]);
      room.send('later', bindTo('later', 'vm-c', {}, T(1)));
    };
    room.send('older', bindTo('older', 'vm-b', {}, T(0)));
    await room.stage.room.run();
    await room.drain();
    expect([told(await room.stored('older')), told(await room.stored('later')), room.where()]).toEqual([
      'overtaken: overtaken',
      'failed: refused',
      'vm-a',
    ]);
  });
});
