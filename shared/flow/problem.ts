import { CtyunError, type CtyunErrorKind } from '../ctyun/errors.ts';
import { ConfigError } from '../model/errors.ts';
import type { Problem } from '../model/report.ts';

const MISTAKES: ReadonlySet<CtyunErrorKind> = new Set(['credentials', 'forbidden', 'no-access']);
/** Codes of ours that say more than their kind. */
const TELLING: ReadonlySet<string> = new Set(['INVENTORY_MISMATCH', 'OUT_OF_TIME']);

/** What a failure to look means to a person. Anything but a known kind of error is a bug, and is thrown again. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ConfigError) return { code: 'config', message: error.message, mistake: true };
  if (!(error instanceof CtyunError)) throw error;
  const code = TELLING.has(error.code) ? error.code : error.kind;
  return { code, message: error.message, mistake: MISTAKES.has(error.kind) };
}

/** A short cause for a reason's facts. As above, a bug is thrown again. */
export function whyOf(error: unknown): string {
  if (error instanceof CtyunError) return error.message;
  return problemOf(error).message;
}

/** What stands for a look that failed for a known reason. As above, a bug is thrown again. */
export function unseen<T>(error: unknown, instead: T): T {
  problemOf(error);
  return instead;
}
