import type { Intent } from '../model/intent.ts';

/** In one run an order whose answer is lost is sent so often at most, always after looking. */
export const SENDINGS_PER_RUN = 3;
/** Over all runs: more often, or later than this after the first time, a person must look. */
const MAX_SENDINGS = 9;
const RESEND_WITHIN_MS = 3600_000;

/** True while an order whose answer was lost may be sent again, with the same token and body, after looking. */
export const mayResend = ({ sendings, firstSentAt }: Intent, now: Date): boolean =>
  sendings < MAX_SENDINGS && (firstSentAt === null || now.getTime() - firstSentAt.getTime() < RESEND_WITHIN_MS);

/** What was ordered without a running order to guard it has shown itself by then. */
const SHOWS_WITHIN_MS = 600_000;

/**
 * True where a second order cannot act beside the first even if the API forgot the token: it is refused while one runs on
 * the same thing. A package that is bought is a new thing.
 */
export const isGuarded = ({ action }: Intent): boolean => action.kind !== 'rebuy';

/** As `mayResend`, and what has no guard beside the token has had the time to show itself first. */
export const mayResendNow = (intent: Intent, now: Date): boolean =>
  mayResend(intent, now) &&
  (isGuarded(intent) || now.getTime() - (intent.firstSentAt ?? now).getTime() >= SHOWS_WITHIN_MS);
