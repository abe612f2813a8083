import { RunFailed, scheduled } from '../../shared/edge/scheduled.ts';
import { surroundings } from '../../shared/edge/world.ts';
import { autoRenew } from '../../shared/flow/jobs.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Options } from './options.ts';
import { terminalSecrets } from './secrets.ts';
import { progressLine, terminalLog } from './terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs auto-renew by the same handler as on Lambda, with a terminal around it.
 *
 * @returns the report, also of a run that failed
 * @throws RejectedRequest, ConfigError: nothing was done
 */
export async function autoRenewHere(
  event: unknown,
  options: Pick<Options, 'lang'>,
  environment: Environment,
): Promise<Report> {
  const progress = progressLine(options.lang);
  let report: Report | undefined;
  const handler = scheduled(autoRenew, {
    surroundings: () => surroundings(environment, ({ secretPrefix }) => terminalSecrets(environment, secretPrefix)),
    log: terminalLog,
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

/** The ask of a terminal run: only `--apply` may change the cloud, whatever the file says. */
export function withMode(event: unknown, apply: boolean): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  return { ...event, mode: apply ? 'apply' : 'plan' };
}
