import { RunFailed, scheduled } from '../../shared/edge/scheduled.ts';
import type { Job } from '../../shared/flow/jobs.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Lang } from '../../shared/report/lang.ts';
import type { Session } from './session.ts';
import { progressLine, terminalLog } from './terminal.ts';

/**
 * Runs a function by the same handler as on Lambda, with a terminal around it.
 *
 * @returns the report, also of a run that failed
 * @throws RejectedRequest, ConfigError: nothing was done
 */
export async function runHere<Policy>(job: Job<Policy>, event: unknown, session: Session, lang: Lang): Promise<Report> {
  const progress = progressLine(lang);
  let report: Report | undefined;
  const handler = scheduled(job, {
    surroundings: session.surroundings,
    log: terminalLog,
    who: session.who,
    onProgress: progress.show,
    onReport: made => {
      report = made;
    },
  });
  try {
    await handler(event, {} as Parameters<typeof handler>[1]);
  } catch (error) {
    // The report says what failed, better than the error that raises the alarm on Lambda.
    if (!(error instanceof RunFailed)) throw error;
  } finally {
    progress.clear();
  }
  if (!report) throw new Error('the run ended without a report');
  return report;
}

/**
 * The ask of a terminal run: only `--apply` may change the cloud, whatever the file says; and a person's run is not a
 * second delivery of a schedule's slot, whatever slot the file shows.
 */
export function asPersonAsks(event: unknown, apply: boolean): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  const { slot: _, ...ask } = event as Record<string, unknown>;
  return { ...ask, mode: apply ? 'apply' : 'plan' };
}
