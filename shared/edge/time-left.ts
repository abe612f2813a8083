import type { Context } from 'aws-lambda';
import type { Clock } from '../model/clock.ts';

const WITHOUT_LAMBDA_MS = 15 * 60_000;

/**
 * When an invocation must be over. A bare caller, unlike Lambda, may give no context at all: it has a quarter of an hour.
 *
 * @param reserveMs left for what comes after it, and for Lambda's own ending
 */
export const endOf = (context: Context | undefined, clock: Clock, reserveMs: number): Date =>
  new Date(clock.now().getTime() + (context?.getRemainingTimeInMillis?.() ?? WITHOUT_LAMBDA_MS) - reserveMs);
