import type { Window } from '../model/scale.ts';

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The weekdays (1 Monday to 7 Sunday) that `mon-fri`, `sat` or `sat-mon` names; undefined if it names none. */
export function weekdaysOf(text: string): number[] | undefined {
  const [first = '', last = first, ...more] = text.split('-');
  const [from, to] = [dayNumber(first), dayNumber(last)];
  if (from === 0 || to === 0 || more.length > 0) return undefined;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((from - 1 + index) % 7) + 1);
}

const dayNumber = (name: string): number => (DAY_NAMES as readonly string[]).indexOf(name) + 1;

/** Minutes since midnight of `HH:MM`, up to `24:00`; undefined if it is none. */
export function minuteOf(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text);
  if (!match) return undefined;
  return match[1] === undefined ? 24 * 60 : Number(match[1]) * 60 + Number(match[2]);
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

type WallTime = { readonly weekday: number; readonly minute: number };

// Making one takes longer than all that is asked of it.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const options = { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', options);
  formats.set(zone, format);
  return format;
}

/** What a clock on the wall of that zone shows, summer time and all. */
function wallTime(now: Date, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = dayNumber((parts.get('weekday') ?? '').toLowerCase());
  return { weekday, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

const dayBefore = (weekday: number): number => ((weekday + 5) % 7) + 1;

/** Open from the minute `from` on and up to but not including `to`, by the wall clock of the window's zone. */
export function isOpen({ days, fromMinute, toMinute, zone }: Window, now: Date): boolean {
  const { weekday, minute } = wallTime(now, zone);
  if (fromMinute < toMinute) return days.has(weekday) && minute >= fromMinute && minute < toMinute;
  return (days.has(weekday) && minute >= fromMinute) || (days.has(dayBefore(weekday)) && minute < toMinute);
}

/** What the open windows ask for at least, in Mbps; 0 where none is open. */
export const leastMbps = (windows: readonly Window[], now: Date): number =>
  Math.max(0, ...windows.filter(window => isOpen(window, now)).map(({ atLeastMbps }) => atLeastMbps));
