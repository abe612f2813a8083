import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursOf, sighted } from '../../shared/plan/orphan-clock.ts';
import { nextShare } from '../../shared/plan/orphan-inventory.ts';
import { inHours, orphanPolicy, watched } from './orphan-samples.ts';
import { NOW } from './samples.ts';

const policy = orphanPolicy();

describe('the clock of an idle EIP', () => {
  it('starts with the first sighting', () => {
    expect(sighted(undefined, NOW, policy)).toEqual({ firstSeen: NOW, lastSeen: NOW, sightings: 1, warnedAt: null });
  });
  it('goes on with every further one', () => {
    expect(sighted(watched(), NOW, policy)).toEqual(watched({ lastSeen: NOW, sightings: 10 }));
  });
  it.each([
    ['the grace, for long graces', 168],
    ['a day and a half, for short ones', 36],
  ])('bears a gap of %s', (_sentence, hours) => {
    const short = { graceHours: hours === 168 ? 168 : 0 };
    expect(sighted(watched({ lastSeen: inHours(-hours) }), NOW, short).sightings).toBe(10);
    expect(sighted(watched({ lastSeen: inHours(-hours - 0.001) }), NOW, short)).toMatchObject({
      firstSeen: NOW,
      sightings: 1,
      warnedAt: null,
    });
  });
  it('does not count backwards', () => {
    const ahead = watched({ lastSeen: inHours(2) });
    expect(sighted(ahead, NOW, policy)).toBe(ahead);
  });
  it('is never earlier for a later change, a later first sighting or a later warning', () => {
    const at = fc.double({ min: -500, max: 0, noNaN: true }).map(inHours);
    const deadline = (firstSeen: Date, warnedAt: Date | null, updatedAt: Date | null) =>
      hoursOf({ firstSeen, warnedAt }, updatedAt, policy, NOW).deadline.getTime();
    fc.assert(
      fc.property(at, fc.option(at), fc.option(at), at, (firstSeen, warnedAt, updatedAt, later) => {
        const base = deadline(firstSeen, warnedAt, updatedAt);
        if (later > firstSeen) expect(deadline(later, warnedAt, updatedAt)).toBeGreaterThanOrEqual(base);
        if (later > (updatedAt ?? later)) expect(deadline(firstSeen, warnedAt, later)).toBeGreaterThanOrEqual(base);
        if (warnedAt && later > warnedAt) expect(deadline(firstSeen, later, updatedAt)).toBeGreaterThanOrEqual(base);
        expect(base).toBeGreaterThanOrEqual(firstSeen.getTime() + 168 * 3600_000);
      }),
    );
  });
});

describe('the share that the next run is compared with', () => {
  const jump = { total: 20, unused: 15 };
  it('is the new one', () => {
    expect(nextShare({ total: 20, unused: 2 }, { percent: 5, at: inHours(-24) }, policy, NOW)).toEqual({
      percent: 10,
      at: NOW,
    });
    expect(nextShare({ total: 0, unused: 0 }, null, policy, NOW).percent).toBe(0);
  });
  it('but not after a jump, until that has lasted as long as the grace', () => {
    const before = { percent: 5, at: inHours(-168) };
    expect(nextShare(jump, before, policy, NOW)).toBe(before);
    expect(nextShare(jump, { percent: 5, at: inHours(-168.1) }, policy, NOW).percent).toBe(75);
  });
});
