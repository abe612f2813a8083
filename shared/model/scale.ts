import type { Exempt } from './ask.ts';

/** Which way of traffic counts; `larger`: at each moment the larger of the two. */
export type Way = 'egress' | 'ingress' | 'larger';

/** A time of day, on some days of the week, during which an EIP has at least so much. */
export type Window = {
  /** ISO 8601 weekdays: 1 Monday to 7 Sunday, on which the window opens. */
  readonly days: ReadonlySet<number>;
  /** Wall-clock minutes since midnight; where `to` is not later than `from`, it closes on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA time zone. */
  readonly zone: string;
  readonly atLeastMbps: number;
};

/** What a person asks of scale-bandwidth. */
export type ScalePolicy = {
  readonly direction: Way;
  readonly upAbovePercent: number;
  readonly downBelowPercent: number;
  readonly sustain: { readonly points: number; readonly periodSeconds: number };
  readonly targetPercent: number;
  /** Ascending. */
  readonly ladderMbps: readonly number[];
  readonly ceilingMbps: number;
  readonly floorMbps: number | null;
  /** Between two changes of one EIP; 0 means none. */
  readonly cooldownMinutes: number;
  /** `auto`: go back to the size before the first raise once the need is over; `never`: only raise. */
  readonly return: 'auto' | 'never';
  /** Whether 包年包月 EIPs may be raised; they are never brought back. */
  readonly periodic: 'never' | 'up';
  readonly windows: readonly Window[];
  readonly exempt: Exempt;
  readonly settleWithinSeconds: number;
};
