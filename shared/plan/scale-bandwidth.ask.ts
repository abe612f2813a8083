import * as z from 'zod/mini';
import type { ScalePolicy } from '../model/scale.ts';
import { askReader, exempt } from './ask.ts';
import { isTimeZone, minuteOf, weekdaysOf } from './windows.ts';

const percent = z.number().check(z.gte(1), z.lte(100));
/** The largest that any document of CTyun's tells for a single EIP. */
const mbps = z.int().check(z.gte(1), z.lte(3000));

const days = z.string().check(z.refine(text => weekdaysOf(text) !== undefined, 'must be like "mon-fri" or "sat"'));
const time = z.string().check(z.refine(text => minuteOf(text) !== undefined, 'must be a time of day like "08:30"'));

const window = z.pipe(
  z
    .strictObject({
      days: z.array(days).check(z.minLength(1)),
      from: time,
      to: time,
      zone: z.string().check(z.refine(isTimeZone, 'must be an IANA time zone like "Asia/Shanghai"')),
      atLeastMbps: mbps,
    })
    .check(z.refine(({ from, to }) => from !== to, 'from and to must differ')),
  z.transform(({ days: named, from, to, zone, atLeastMbps }) => ({
    days: new Set(named.flatMap(text => weekdaysOf(text) ?? [])),
    fromMinute: minuteOf(from) ?? 0,
    toMinute: minuteOf(to) ?? 0,
    zone,
    atLeastMbps,
  })),
);

const isAscending = (ladder: readonly number[]): boolean =>
  ladder.every((rung, index) => index === 0 || rung > (ladder[index - 1] ?? 0));

const sustain = z.strictObject({
  points: z._default(z.int().check(z.gte(1), z.lte(60)), 3),
  periodSeconds: z._default(z.int().check(z.gte(60), z.lte(3600)), 300),
});

const policy = z.pipe(
  z
    .strictObject({
      direction: z._default(z.enum(['egress', 'ingress', 'larger']), 'egress'),
      upAbovePercent: z._default(percent, 80),
      downBelowPercent: z._default(percent, 30),
      sustain: z._default(sustain, { points: 3, periodSeconds: 300 }),
      targetPercent: z._default(percent, 60),
      ladderMbps: z
        .array(mbps)
        .check(z.minLength(1), z.maxLength(100), z.refine(isAscending, 'must ascend, each rung once')),
      ceilingMbps: mbps,
      floorMbps: z._default(z.nullable(mbps), null),
      cooldownMinutes: z._default(z.number().check(z.gte(0), z.lte(10_080)), 30),
      return: z._default(z.enum(['auto', 'never']), 'auto'),
      periodic: z._default(z.enum(['never', 'up']), 'never'),
      windows: z._default(z.array(window).check(z.maxLength(50)), []),
      exempt: z._default(exempt, { names: [], labels: {} }),
      settleWithinSeconds: z._default(z.number().check(z.gte(0), z.lte(600)), 20),
    })
    .check(
      z.refine(
        ({ downBelowPercent, targetPercent, upAbovePercent }) =>
          downBelowPercent < targetPercent && targetPercent < upAbovePercent,
        'downBelowPercent must be less than targetPercent, and that less than upAbovePercent: else sizes would flap',
      ),
      z.refine(
        ({ floorMbps, ceilingMbps }) => (floorMbps ?? 0) <= ceilingMbps,
        'floorMbps must not be over ceilingMbps',
      ),
      z.refine(
        ({ windows, ceilingMbps }) => windows.every(({ atLeastMbps }) => atLeastMbps <= ceilingMbps),
        'atLeastMbps of a window must not be over ceilingMbps',
      ),
    ),
  z.transform((read): ScalePolicy => read),
);

/** Reads the ask of scale-bandwidth; its policy stands under `scale`. @throws RejectedRequest */
export const readScaleAsk = /* @__PURE__ */ askReader('scale', policy);
