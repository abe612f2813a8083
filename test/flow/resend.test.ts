import { describe, expect, it } from 'vitest';
import { mayResendNow } from '../../shared/flow/resend.ts';
import type { Intent } from '../../shared/model/intent.ts';

const NOW = new Date('2026-11-24T02:00:00Z');
const sent = (kind: string, minutesAgo: number, sendings = 1) =>
  ({ action: { kind }, sendings, firstSentAt: new Date(NOW.getTime() - minutesAgo * 60_000) }) as unknown as Intent;

describe('an order whose answer was lost is repeated', () => {
  it.each<[string, string, number, number, boolean]>([
    ['at once, where a running order guards it', 'renew', 0, 1, true],
    ['within the hour', 'renew', 59, 1, true],
    ['no later', 'renew', 60, 1, false],
    ['nine times at most', 'renew', 1, 9, false],
    ['not at once, where only the token guards it', 'rebuy', 0, 1, false],
    ['nor while it may yet show itself', 'rebuy', 9.9, 1, false],
    ['but then', 'rebuy', 10, 1, true],
    ['and no later than anything else', 'rebuy', 60, 1, false],
  ])('%s', (_sentence, kind, minutesAgo, sendings, expected) => {
    expect(mayResendNow(sent(kind, minutesAgo, sendings), NOW)).toBe(expected);
  });
  it('not by a look that comes before the first sending was written', () => {
    expect(mayResendNow({ ...sent('rebuy', 0), firstSentAt: null }, NOW)).toBe(false);
  });
});
