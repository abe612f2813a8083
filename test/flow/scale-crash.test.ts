import { describe, expect, it } from 'vitest';
import { BLOWS, everyStep, play } from '../harness/crash-points.ts';
import { SCALE_SCENARIOS } from '../harness/scale-points.ts';
import { playScaleSeed } from '../proof/scale-scenario.ts';

// The scenarios struck in every other way are a proof of their own: npm run test:crash.
describe.each(Object.entries(SCALE_SCENARIOS))('%s', (_name, scenario) => {
  it('goes well where nothing goes wrong', async () => {
    expect((await play(scenario, 0, 'pass')).broken).toEqual([]);
  });
  it.each(BLOWS.filter(([, blow]) => blow.endsWith('after')))(
    '%s: resized once, never below or above, always back',
    async (_words, blow) => {
      expect((await everyStep(scenario, blow)).broken).toEqual([]);
    },
    60_000,
  );
});

describe('a random schedule of trouble', () => {
  it.each(Array.from({ length: 10 }, (_, i) => 1000 + i))('seed %d breaks no promise', async seed => {
    expect((await playScaleSeed(seed)).broken).toEqual([]);
  });
});
