import { describe, expect, it } from 'vitest';
import type { Window } from '../../shared/model/scale.ts';
import { isOpen, isTimeZone, leastMbps, minuteOf, weekdaysOf } from '../../shared/plan/windows.ts';

const window = (days: string, from: string, to: string, zone = 'Asia/Shanghai', atLeastMbps = 50): Window => ({
  days: new Set(weekdaysOf(days)),
  fromMinute: minuteOf(from)!,
  toMinute: minuteOf(to)!,
  zone,
  atLeastMbps,
});
const WORK = window('mon-fri', '08:30', '20:00');
const NIGHT = window('fri', '22:00', '06:00');
const BERLIN = window('sun-mon', '01:30', '04:00', 'Europe/Berlin');
const NEW_YORK = window('mon-sun', '09:00', '10:00', 'America/New_York');

const ROWS: [string, Window, string, boolean][] = [
  ['a Tuesday morning in China is within working hours', WORK, '2026-11-24T00:30:00Z', true],
  ['a minute earlier is not', WORK, '2026-11-24T00:29:59Z', false],
  ['the closing minute is outside', WORK, '2026-11-24T12:00:00Z', false],
  ['the minute before it is inside', WORK, '2026-11-24T11:59:59Z', true],
  ['Saturday is no working day', WORK, '2026-11-28T02:00:00Z', false],
  [
    'it is Monday in China while it is still Sunday in UTC',
    window('mon', '00:00', '08:00'),
    '2026-11-29T17:00:00Z',
    true,
  ],
  ['a window over midnight is open before it', NIGHT, '2026-11-27T15:00:00Z', true],
  ['and after it, on the next day', NIGHT, '2026-11-27T21:59:00Z', true],
  ['but not on the next evening', NIGHT, '2026-11-28T15:00:00Z', false],
  ['nor on the morning of its own day', NIGHT, '2026-11-26T21:00:00Z', false],
  ['a whole day ends at 24:00', window('tue', '00:00', '24:00'), '2026-11-24T15:59:59Z', true],
  ['and then it is over', window('tue', '00:00', '24:00'), '2026-11-24T16:00:00Z', false],
  ['Berlin in winter is an hour ahead', BERLIN, '2026-11-22T00:30:00Z', true],
  ['Berlin in summer two', BERLIN, '2026-06-20T23:30:00Z', true],
  ['the hour that spring skips is not missed: 03:00 summer time is inside', BERLIN, '2026-03-29T01:00:00Z', true],
  ['and 04:00 closes it an hour earlier by UTC', BERLIN, '2026-03-29T02:00:00Z', false],
  ['the hour that autumn repeats is inside both times', BERLIN, '2026-10-25T00:30:00Z', true],
  ['the second 02:30', BERLIN, '2026-10-25T01:30:00Z', true],
  ['New York in winter', NEW_YORK, '2026-11-24T14:30:00Z', true],
  ['New York in summer', NEW_YORK, '2026-07-24T13:30:00Z', true],
  ['and not an hour later there', NEW_YORK, '2026-07-24T14:30:00Z', false],
];

describe('a time window', () => {
  it.each(ROWS)('%s', (_sentence, given, now, open) => {
    expect(isOpen(given, new Date(now))).toBe(open);
  });
  it('of several that are open the largest counts, of none nothing', () => {
    const other = { ...WORK, atLeastMbps: 80 };
    expect(leastMbps([WORK, other, NIGHT], new Date('2026-11-24T02:00:00Z'))).toBe(80);
    expect(leastMbps([NIGHT], new Date('2026-11-24T02:00:00Z'))).toBe(0);
    expect(leastMbps([], new Date('2026-11-24T02:00:00Z'))).toBe(0);
  });
  it.each([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['sat', [6]],
    ['sat-mon', [6, 7, 1]],
    ['mon-sun', [1, 2, 3, 4, 5, 6, 7]],
    ['monday', undefined],
    ['mon-', undefined],
    ['mon-tue-wed', undefined],
    ['', undefined],
  ])('%s names the days %j', (text, days) => {
    expect(weekdaysOf(text)).toEqual(days);
  });
  it.each([
    ['08:30', 510],
    ['00:00', 0],
    ['24:00', 1440],
    ['24:01', undefined],
    ['8:30', undefined],
    ['12:60', undefined],
  ])('%s is minute %j', (text, minute) => {
    expect(minuteOf(text)).toBe(minute);
  });
  it('knows zones', () => {
    expect(['Asia/Shanghai', 'UTC', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false]);
  });
});
