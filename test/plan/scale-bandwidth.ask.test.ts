import { describe, expect, it } from 'vitest';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { readScaleAsk } from '../../shared/plan/scale-bandwidth.ask.ts';

const LEAST = { ladderMbps: [5, 10, 20], ceilingMbps: 20 };
const WINDOW = { days: ['mon-fri'], from: '08:30', to: '20:00', zone: 'Asia/Shanghai', atLeastMbps: 20 };
const ask = (scale: object) => ({ targets: [{ account: 'main', regions: ['*'] }], scale: { ...LEAST, ...scale } });
const problemsOf = (scale: object): string => {
  try {
    readScaleAsk(ask(scale));
    return '';
  } catch (error) {
    return error instanceof RejectedRequest ? error.problems.join('; ') : String(error);
  }
};

describe('the ask of scale-bandwidth', () => {
  it('has careful defaults', () => {
    expect(readScaleAsk(ask({}))).toMatchObject({
      mode: 'plan',
      policy: {
        direction: 'egress',
        upAbovePercent: 80,
        downBelowPercent: 30,
        targetPercent: 60,
        sustain: { points: 3, periodSeconds: 300 },
        floorMbps: null,
        cooldownMinutes: 30,
        return: 'auto',
        periodic: 'never',
        windows: [],
        exempt: { names: [], labels: {} },
        settleWithinSeconds: 20,
      },
    });
  });
  it('reads windows', () => {
    expect(readScaleAsk(ask({ windows: [WINDOW, { ...WINDOW, days: ['sat', 'mon'] }] })).policy.windows).toEqual([
      { days: new Set([1, 2, 3, 4, 5]), fromMinute: 510, toMinute: 1200, zone: 'Asia/Shanghai', atLeastMbps: 20 },
      { days: new Set([6, 1]), fromMinute: 510, toMinute: 1200, zone: 'Asia/Shanghai', atLeastMbps: 20 },
    ]);
  });
  it.each<[string, object, RegExp]>([
    ['thresholds that would flap', { targetPercent: 80 }, /would flap/],
    ['a lower threshold over the target', { downBelowPercent: 60 }, /would flap/],
    ['a ladder that does not ascend', { ladderMbps: [10, 5] }, /ladderMbps: must ascend/],
    ['a rung twice', { ladderMbps: [5, 5] }, /must ascend/],
    ['no ladder', { ladderMbps: [] }, /ladderMbps/],
    ['half a megabit', { ceilingMbps: 0.5 }, /ceilingMbps/],
    ['a floor over the ceiling', { floorMbps: 21 }, /floorMbps must not be over/],
    ['a window over the ceiling', { windows: [{ ...WINDOW, atLeastMbps: 21 }] }, /atLeastMbps of a window/],
    ['a window of no days', { windows: [{ ...WINDOW, days: ['weekend'] }] }, /must be like "mon-fri"/],
    ['a window of no time', { windows: [{ ...WINDOW, to: '25:00' }] }, /a time of day/],
    ['a window of no length', { windows: [{ ...WINDOW, to: '08:30' }] }, /must differ/],
    ['a window of no zone', { windows: [{ ...WINDOW, zone: 'Beijing' }] }, /IANA time zone/],
    ['an unknown key', { cooldown: 5 }, /cooldown: unknown key/],
    ['no points', { sustain: { points: 0 } }, /points/],
  ])('refuses %s', (_sentence, scale, problem) => {
    expect(problemsOf(scale)).toMatch(problem);
  });
});
