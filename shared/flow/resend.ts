import type { Intent } from '../model/intent.ts';

/** In one run an order whose answer is lost is sent so often at most, always after looking. */
export const SENDINGS_PER_RUN = 3;
/** Over all runs: more often, or later than this after the first time, a person must look. */
const MAX_SENDINGS = 9;
const RESEND_WITHIN_MS = 3600_000;

/** True while an order whose answer was lost may be sent again, with the same token and body, after looking. */
export const mayResend = ({ sendings, firstSentAt }: Intent, now: Date): boolean =>
  sendings < MAX_SENDINGS && (firstSentAt === null || now.getTime() - firstSentAt.getTime() < RESEND_WITHIN_MS);
