import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenOf } from '../../shared/model/money.ts';
import type { ScalePolicy } from '../../shared/model/scale.ts';
import type { SizeMemory } from '../../shared/model/size-memory.ts';
import { adopted, happened, sizeNow } from '../../shared/plan/size-memory.ts';
import { NOW } from './samples.ts';
import { egress, type Given, memory, minutesAgo, points, shortOf, verdictOf } from './scale-samples.ts';

const RAISED = { memory: memory() };
const WINDOW = {
  days: new Set([2]),
  fromMinute: 8 * 60,
  toMinute: 20 * 60,
  zone: 'Asia/Shanghai',
  atLeastMbps: 50,
};
const OPEN: Partial<ScalePolicy> = { windows: [WINDOW] };
const begun = (toMbps: number, at = minutesAgo(10)) => ({ token: 't', fromMbps: 10, toMbps, baselineMbps: 10, at });

const ROWS: [sentence: string, verdict: string, given: Given][] = [
  [
    'a load near the limit is given the lowest rung that holds its peak',
    '→ 20 load-high',
    { load: egress(9, 8.5, 12) },
  ],
  ['a higher one several rungs at once', '→ 50 load-high', { load: egress(14, 18, 13) }],
  ['exactly at the threshold it is high', '→ 20 load-high', { load: egress(8, 8, 8) }],
  ['a hair below it is not', 'keep in-range', { load: egress(8, 7.99, 8) }],
  ['one high point is no reason', 'keep in-range', { load: egress(3, 3, 18) }],
  ['only the newest points count', '→ 20 load-high', { load: egress(0, 0, 9, 9, 9) }],
  ['a peak exactly at the target fits', '→ 20 load-high', { load: egress(12, 12, 12) }],
  ['a hair above it does not', '→ 50 load-high', { load: egress(12, 12, 12.01) }],
  ['the ceiling is never passed', '→ 20 load-high', { load: egress(18, 18, 18), policy: { ceilingMbps: 20 } }],
  [
    'a ceiling between rungs allows the rung below',
    '→ 20 load-high',
    { load: egress(18, 18, 18), policy: { ceilingMbps: 49 } },
  ],
  ['at the ceiling it stays and tells', 'keep at-ceiling', { policy: { ceilingMbps: 10 } }],
  ['above the ceiling it is not made smaller', 'keep at-ceiling', { policy: { ceilingMbps: 5 } }],
  ['above all rungs there is nowhere to go', 'keep at-ceiling', { policy: { ladderMbps: [1, 5] } }],
  ['a low load of an EIP that we never raised is left alone', 'keep in-range', { load: egress(0, 0, 0) }],
  ['what we raised goes back when the load is gone', '→ 5 load-low', { ...RAISED, load: egress(1, 0, 1) }],
  [
    'in one step, whatever the distance',
    '→ 5 load-low',
    { memory: memory({ setMbps: 200 }), eip: { bandwidthMbps: 200 }, load: egress(0, 0, 1) },
  ],
  [
    'as far as the load allows',
    '→ 20 load-low',
    { memory: memory({ setMbps: 100 }), eip: { bandwidthMbps: 100 }, load: egress(8, 12, 9) },
  ],
  [
    'not at all where the next size would be full again',
    'keep in-range',
    { memory: memory({ setMbps: 50 }), eip: { bandwidthMbps: 50 }, load: egress(15, 15, 15) },
  ],
  ['exactly at the lower threshold it is low', '→ 5 load-low', { ...RAISED, load: egress(3, 3, 3) }],
  ['a hair above it is not', 'keep in-range', { ...RAISED, load: egress(3, 3.01, 3) }],
  [
    'a baseline that is no rung is a size, too',
    '→ 7 load-low',
    { memory: memory({ baselineMbps: 7 }), load: egress(0, 0, 0) },
  ],
  ['the floor holds it up', '→ 8 load-low', { ...RAISED, load: egress(0, 0, 0), policy: { floorMbps: 8 } }],
  [
    'a floor above the size raises nothing',
    'keep in-range',
    { ...RAISED, load: egress(0, 0, 0), policy: { floorMbps: 20 } },
  ],
  [
    'where return is "never" it stays',
    'keep in-range',
    { ...RAISED, load: egress(0, 0, 0), policy: { return: 'never' } },
  ],
  ['a change too soon after the last waits', 'keep cooldown', { memory: memory({ changedAt: minutesAgo(29) }) }],
  ['also one downwards', 'keep cooldown', { memory: memory({ changedAt: minutesAgo(29) }), load: egress(0, 0, 0) }],
  ['after the cooldown it is made', '→ 20 load-high', { memory: memory({ changedAt: minutesAgo(30) }) }],
  [
    'a cooldown of 0 means none',
    '→ 20 load-high',
    { memory: memory({ changedAt: NOW }), policy: { cooldownMinutes: 0 } },
  ],
  [
    'what needs no change has no cooldown',
    'keep in-range',
    { memory: memory({ changedAt: NOW }), load: egress(5, 5, 5) },
  ],
  [
    'a week without runs changes nothing about the return',
    '→ 5 load-low',
    { memory: memory({ changedAt: minutesAgo(10_080) }), load: egress(0, 0, 0) },
  ],
  ['an open window gives at least its size', '→ 50 window-open', { load: egress(0, 0, 0), policy: OPEN }],
  ['without asking for the load', '→ 50 window-open', { load: null, policy: OPEN }],
  [
    'the load may ask for more',
    '→ 100 load-high',
    { load: egress(50, 50, 50), eip: { bandwidthMbps: 30 }, policy: OPEN },
  ],
  ['or for less', '→ 50 window-open', { load: egress(9, 9, 9), policy: OPEN }],
  [
    'while it is open nothing goes below it',
    'keep in-range',
    { memory: memory({ setMbps: 50 }), eip: { bandwidthMbps: 50 }, load: egress(0, 0, 0), policy: OPEN },
  ],
  [
    'but down to it',
    '→ 50 load-low',
    { memory: memory({ setMbps: 100 }), eip: { bandwidthMbps: 100 }, load: egress(0, 0, 0), policy: OPEN },
  ],
  [
    'after it closes the size comes back',
    '→ 5 load-low',
    {
      memory: memory({ setMbps: 50 }),
      eip: { bandwidthMbps: 50 },
      load: egress(0, 0, 0),
      policy: { windows: [{ ...WINDOW, days: new Set([3]) }] },
    },
  ],
  ['a window waits for the cooldown', 'keep cooldown', { memory: memory({ changedAt: minutesAgo(1) }), policy: OPEN }],
  [
    "a size that is neither ours nor the baseline is a person's",
    'keep changed-by-a-person',
    { memory: memory({ setMbps: 20 }) },
  ],
  ['it is left alone for a cooldown', 'keep changed-by-a-person', { memory: { ...adopted(10, minutesAgo(29)) } }],
  ['and is the new baseline afterwards', '→ 20 load-high', { memory: { ...adopted(10, minutesAgo(30)) } }],
  [
    'so it is never made smaller',
    'keep in-range',
    { memory: { ...adopted(10, minutesAgo(30)) }, load: egress(0, 0, 0) },
  ],
  [
    'back at the baseline by hand is no news',
    '→ 10 load-high',
    { eip: { bandwidthMbps: 5 }, load: egress(5, 5, 5), memory: memory({ setMbps: 20 }) },
  ],
  [
    'a change that was begun and is seen is ours',
    'keep cooldown',
    { memory: memory({ setMbps: 5, baselineMbps: null, begun: begun(10) }) },
  ],
  [
    'one that was begun and never happened is no change',
    '→ 20 load-high',
    { memory: memory({ setMbps: 10, baselineMbps: null, begun: begun(20) }) },
  ],
  [
    'just after a change the list may be behind',
    'keep cooldown',
    { eip: { bandwidthMbps: 5 }, load: egress(5, 5, 5), memory: memory({ baselineMbps: 2, changedAt: minutesAgo(9) }) },
  ],
  [
    "later, the size before is a person's again",
    'keep changed-by-a-person',
    { eip: { bandwidthMbps: 5 }, memory: memory({ baselineMbps: 2, changedAt: minutesAgo(11) }) },
  ],
  ['nothing known of the load: hold', 'hold metrics-missing', { load: null }],
  ['no points: hold', 'hold metrics-missing', { load: egress() }],
  ['metrics that cannot be asked: hold', 'hold metrics-unavailable', { load: { unavailable: 'down' } }],
  ['too few points: hold', 'hold too-few-points', { load: egress(9, 9) }],
  [
    'a gap among them: hold',
    'hold too-few-points',
    { load: { samples: { ingress: [], egress: [...points([9], minutesAgo(60)), ...points([9, 9])] } } },
  ],
  [
    'points of more than two periods ago: hold',
    'hold metrics-stale',
    { load: { samples: { ingress: [], egress: points([9, 9, 9], minutesAgo(10.02)) } } },
  ],
  [
    'of exactly two are believed',
    '→ 20 load-high',
    { load: { samples: { ingress: [], egress: points([9, 9, 9], minutesAgo(10)) } } },
  ],
  [
    'points of tomorrow are none',
    'hold metrics-missing',
    { load: { samples: { ingress: [], egress: points([9, 9, 9], minutesAgo(-1440)) } } },
  ],
  ['a point that is no number: hold', 'hold metrics-unreadable', { load: egress(9, null, 9) }],
  ['a negative one: hold', 'hold metrics-unreadable', { load: egress(9, -1, 9) }],
  [
    'a point without a time: hold',
    'hold metrics-unreadable',
    { load: { samples: { ingress: [], egress: [{ at: null, mbps: 9 }, ...points([9, 9, 9])] } } },
  ],
  ['a bad point that is older than those asked for does not matter', '→ 20 load-high', { load: egress(null, 9, 9, 9) }],
  ['far above 100 % the unit is not what it seems: hold', 'hold metrics-implausible', { load: egress(9, 9, 20.01) }],
  [
    'ingress is another series',
    '→ 20 load-high',
    { policy: { direction: 'ingress' }, load: { samples: { egress: points([0, 0, 0]), ingress: points([9, 9, 9]) } } },
  ],
  [
    'of both the larger counts, moment by moment',
    '→ 20 load-high',
    { policy: { direction: 'larger' }, load: { samples: { egress: points([9, 0, 9]), ingress: points([0, 9, 1]) } } },
  ],
  [
    'a moment of which one is missing does not count',
    'hold too-few-points',
    { policy: { direction: 'larger' }, load: { samples: { egress: points([9, 9, 9]), ingress: points([9, 9]) } } },
  ],
  [
    'nor can the larger of a number and none be told',
    'hold metrics-unreadable',
    {
      policy: { direction: 'larger' },
      load: { samples: { egress: points([9, 9, 9]), ingress: points([1, null, 1]) } },
    },
  ],
  [
    'without a time of one way nothing is told',
    'hold metrics-unreadable',
    {
      policy: { direction: 'larger' },
      load: { samples: { egress: points([9, 9, 9]), ingress: [{ at: null, mbps: 1 }] } },
    },
  ],
  [
    'an EIP in a shared bandwidth is not ours to size',
    'keep in-shared-bandwidth',
    { eip: { sharedBandwidthId: 'bw-1' } },
  ],
  ['an unbound one needs nothing', 'keep unbound', { eip: { bound: false, status: 'DOWN' } }],
  ['an exempt name is left alone', 'keep exempt-name', { eip: { name: 'keep-1' } }],
  ['an exempting label too', 'keep exempt-label', { labelled: new Set(['eip-0000000001']) }],
  ['also on the resource id', 'keep exempt-label', { eip: { resourceId: 'r' }, labelled: new Set(['r']) }],
  ['labels that cannot be read hold a change', 'hold labels-unreadable', { labelled: { unreadable: 'down' } }],
  ['and nothing else', 'keep in-range', { labelled: { unreadable: 'down' }, load: egress(5, 5, 5) }],
  ['a periodic EIP is left alone', 'keep periodic', { eip: { billing: 'periodic' } }],
  ['unless raises are allowed', '→ 20 load-high', { eip: { billing: 'periodic' }, policy: { periodic: 'up' } }],
  [
    'it is never brought back',
    'keep in-range',
    { ...RAISED, eip: { billing: 'periodic' }, policy: { periodic: 'up' }, load: egress(0, 0, 0) },
  ],
  [
    'and no window raises it',
    'keep in-range',
    { eip: { billing: 'periodic' }, policy: { periodic: 'up', ...OPEN }, load: egress(0, 0, 0) },
  ],
  ['a frozen EIP takes no order', 'hold state', { eip: { status: 'FREEZING' } }],
  ['nor one that is being changed', 'hold state', { eip: { status: 'UPDATING' } }],
  ['a deleted one is gone', 'keep gone', { eip: { status: 'DELETED' } }],
  ['an unknown way of billing is not guessed', 'hold billing-unknown', { eip: { billing: 'unknown' } }],
  ['nor a bandwidth', 'hold bandwidth-unreadable', { eip: { bandwidthMbps: null } }],
  ['without a price nothing is ordered', 'hold no-quote', { quote: { unavailable: 'down' } }],
  ['what an alarm does not name is not looked at', 'keep not-named', { named: new Set(['main/r1/other']) }],
  ['what it names is judged by the same rules', '→ 20 load-high', { named: new Set(['main/r1/eip-0000000001']) }],
];

describe('the verdict of scale-bandwidth', () => {
  it.each(ROWS)('%s', (_sentence, verdict, given) => {
    expect(shortOf(given)).toBe(verdict);
  });
  it('says the numbers behind it', () => {
    expect(verdictOf({ quote: { price: fenOf('12.5') } })).toMatchObject({
      reason: {
        facts: { currentMbps: 10, toMbps: 20, peakPercent: 90, peakMbps: 9, byTraffic: false, price: '12.50' },
      },
      action: { baselineMbps: 10, expects: { bandwidthMbps: 10, billing: 'on_demand', lastChangeAt: null } },
    });
    expect(verdictOf({ eip: { bandwidthType: 'upflowc' } }).reason.facts.byTraffic).toBe(true);
    expect(verdictOf({ policy: { ceilingMbps: 10 } }).reason.facts).toMatchObject({ ceilingMbps: 10, peakPercent: 90 });
    expect(verdictOf({ memory: memory({ changedAt: minutesAgo(10) }) }).reason.facts).toEqual({
      until: minutesAgo(-20).toISOString(),
    });
  });
  it('has one token for one decision: another size or another last change is another', () => {
    const tokenOf = (given: Given) => {
      const verdict = verdictOf(given);
      return verdict.decision === 'act' ? verdict.action.token : '';
    };
    const tokens = [{}, { load: egress(18, 18, 18) }, RAISED, { memory: memory({ changedAt: minutesAgo(60) }) }].map(
      tokenOf,
    );
    expect(new Set(tokens).size).toBe(4);
    expect(tokenOf({ load: egress(9, 9, 9.5) })).toBe(tokens[0]);
  });
});

describe('the memory of a size', () => {
  it('once what was begun has happened, the size before our first raise stays the baseline', () => {
    const raised = happened({ ...adopted(10, minutesAgo(60)), begun: begun(20) });
    expect(raised).toMatchObject({ baselineMbps: 10, setMbps: 20, wasMbps: 10, by: 'us', begun: null });
    expect(sizeNow(raised, 20, NOW)).toMatchObject({ baselineMbps: 10, person: 'none' });
    expect(happened(memory())).toEqual(memory());
  });
});

/** Plays a load curve against the rules: a run every period, each change done at once. Values in percent of the baseline. */
function play(curve: readonly number[], baseline: number, policy: Partial<ScalePolicy>) {
  let size = baseline;
  let remembered: SizeMemory | undefined;
  const changes: { at: number; from: number; to: number }[] = [];
  for (let run = 3; run <= curve.length; run++) {
    const now = new Date(NOW.getTime() + run * 300_000);
    // What is observed never passes the size by much.
    const seen = curve.slice(run - 3, run).map(percent => Math.min((percent * baseline) / 100, size * 1.1));
    const load = { samples: { ingress: [], egress: points(seen, now) } };
    const given = { eip: { bandwidthMbps: size }, load, policy, now };
    const verdict = verdictOf(remembered ? { ...given, memory: remembered } : given);
    if (verdict.decision !== 'act' || verdict.action.kind !== 'resize') continue;
    const { toMbps, baselineMbps, token } = verdict.action;
    changes.push({ at: now.getTime(), from: size, to: toMbps });
    const before = remembered ?? adopted(size, new Date(0));
    remembered = happened({
      ...before,
      begun: { token, fromMbps: size, toMbps, baselineMbps: baselineMbps as number, at: now },
    });
    size = toMbps;
  }
  return { size, changes };
}

const curves = fc.array(fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(0, 79, 80, 81, 100, 300)), {
  minLength: 3,
  maxLength: 60,
});
const steady = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 8 })
  .map(parts => parts.flatMap(([percent, length]) => Array<number>(length).fill(percent)));
const baselines = fc.constantFrom(1, 3, 5, 10, 20, 64);

describe('for any load curve', () => {
  it('the size never goes up and down again inside one cooldown', () => {
    fc.assert(
      fc.property(fc.oneof(curves, steady), baselines, fc.integer({ min: 5, max: 90 }), (curve, baseline, minutes) => {
        const { changes } = play(curve, baseline, { cooldownMinutes: minutes });
        for (const [index, { at }] of changes.slice(1).entries())
          expect(at - changes[index]!.at).toBeGreaterThanOrEqual(minutes * 60_000);
      }),
    );
  });
  it('the size is never below what it was before, nor above the ceiling', () => {
    fc.assert(
      fc.property(
        fc.oneof(curves, steady),
        baselines,
        fc.integer({ min: 64, max: 200 }),
        (curve, baseline, ceiling) => {
          const { changes } = play(curve, baseline, { cooldownMinutes: 0, ceilingMbps: ceiling });
          for (const { from, to } of changes) {
            expect(to).not.toBe(from);
            expect(to).toBeGreaterThanOrEqual(baseline);
            expect(to).toBeLessThanOrEqual(ceiling);
          }
        },
      ),
    );
  });
  it('even without a cooldown a constant load is met once and then left alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 190 }), baselines, (percent, baseline) => {
        const { changes } = play(Array<number>(40).fill(percent), baseline, { cooldownMinutes: 0 });
        const ups = changes.filter(({ from, to }) => to > from);
        expect(changes).toEqual(ups);
        // A load that is cut off by the limit shows its height only after the raise.
        expect(ups.length).toBeLessThanOrEqual(2);
      }),
    );
  });
  it('once the load has gone the size is back where it was', () => {
    fc.assert(
      fc.property(steady, baselines, (curve, baseline) => {
        const { size } = play([...curve, ...Array<number>(30).fill(0)], baseline, {});
        expect(size).toBe(baseline);
      }),
    );
  });
  it('what is no sound series of numbers never changes anything', () => {
    const value = fc.oneof(fc.constant(null), fc.constant(Number.NaN), fc.integer({ min: -20, max: -1 }));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 9), { minLength: 2, maxLength: 2 }), value, (good, bad) => {
        const verdict = verdictOf({ ...RAISED, load: egress(...good, bad) });
        expect(verdict.decision).toBe('hold');
      }),
    );
  });
});
