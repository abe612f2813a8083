import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CtyunError, type CtyunErrorKind, mayResend, outcomeUnknown } from '../../shared/ctyun/errors.ts';
import { delayMs, PATIENT, retryAfterMs } from '../../shared/ctyun/retry.ts';

const NOW = new Date('2026-08-19T16:00:00Z');

describe('the wait', () => {
  it.each([
    ['after the first failure', 1, 0.5, undefined, 100],
    ['after the second', 2, 0.5, undefined, 200],
    ['after the fifth', 5, 0.5, undefined, 1_600],
    ['never grows beyond the most', 12, 0.5, undefined, 4_000],
    ['may be nothing', 3, 0, undefined, 0],
    ['is added to what the server asked for', 1, 0.5, 3_000, 3_100],
  ])('%s', (_sentence, failed, random, asked, wait) => expect(delayMs(PATIENT, failed, random, asked)).toBe(wait));

  it('is between what the server asked for and the ceiling', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(1e6),
        (failed, random, asked) => {
          const wait = delayMs(PATIENT, failed, random, asked);
          expect(wait).toBeGreaterThanOrEqual(asked);
          expect(wait).toBeLessThanOrEqual(asked + PATIENT.maxDelayMs);
        },
      ),
    ));
});

describe('Retry-After', () => {
  it.each<[string, string | undefined, number | undefined]>([
    ['absent', undefined, undefined],
    ['whole seconds', '120', 120_000],
    ['zero', '0', 0],
    ['with white space', ' 5 ', 5_000],
    ['six digits', '999999', 999_999_000],
    ['a date', 'Wed, 19 Aug 2026 16:00:30 GMT', 30_000],
    ['a date that has passed', 'Wed, 19 Aug 2026 15:00:00 GMT', 0],
    ['words', 'later', undefined],
    ['empty', '', undefined],
  ])('%s', (_sentence, header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));
});

describe('what may be sent again', () => {
  it.each<[CtyunErrorKind, boolean, boolean, boolean]>([
    // kind, a read, a write, nobody knows whether a write acted
    ['throttled', true, true, false],
    ['not-sent', true, true, false],
    ['unavailable', true, false, true],
    ['unreadable', true, false, true],
    ['lost', true, false, true],
    ['credentials', false, false, false],
    ['forbidden', false, false, false],
    ['no-access', false, false, false],
    ['in-progress', false, false, false],
    ['not-found', false, false, false],
    ['refused', false, false, false],
  ])('after %s: a read %s, a write %s, unknown outcome %s', (kind, read, write, unknown) =>
    expect([mayResend(kind, 'read'), mayResend(kind, 'write'), outcomeUnknown(kind)]).toEqual([read, write, unknown]),
  );
});

it('an error says what failed, why and its code', () => {
  const details = { kind: 'refused', code: 'X.Y', message: 'no' } as const;
  expect(new CtyunError(details, 'renewEip').message).toBe('renewEip: no (X.Y)');
  expect(new CtyunError(details).message).toBe('no (X.Y)');
});
