import { describe, expect, it } from 'vitest';
import { everyStep } from '../harness/crash-points.ts';
import { ROUND_SCENARIOS } from '../harness/round-points.ts';

// Every blow at every step is a proof of its own: npm run test:crash.
describe('a round that is struck at every one of its steps', () => {
  it.each(Object.entries(ROUND_SCENARIOS))(
    '%s: its cap is one, nothing is bought twice or forgotten',
    async (_name, scenario) => {
      const { steps, broken } = await everyStep(scenario, 'kill-after');
      expect(broken).toEqual([]);
      expect(steps).toBeGreaterThan(40);
    },
    180_000,
  );
});
