import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Tried } from '../ctyun/client.ts';
import type { Job } from '../flow/jobs.ts';
import type { Round } from '../flow/round.ts';
import type { Progress, World } from '../flow/world.ts';
import type { Ask, Notify } from '../model/ask.ts';
import type { Report } from '../model/report.ts';
import { type ReportJson, reportJson } from '../report/json.ts';
import { TELLING } from '../report/telling.ts';
import { type Log, logWith, runFields } from './log.ts';
import { logTry } from './log-try.ts';
import { countTries, type Measure, measureRun } from './metrics.ts';
import type { Notified, Notifying, Telling } from './notify.ts';
import { endOf } from './time-left.ts';
import { type Surroundings, worldOf } from './world.ts';

/** The report, and to which chat channels it was handed over, where the ask names any. */
export type ScheduledAnswer = ReportJson & { readonly notified?: Notified };

/** Thrown after the report is out, so that alarms fire: something failed, or could not be trusted. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly #report: ScheduledAnswer;

  constructor(report: ScheduledAnswer) {
    const { done, ordered, skipped, failed, unknown } = report.totals;
    const problems = report.targets.flatMap(({ account, region, problem }) =>
      problem ? [`${account}/${region}: ${problem.message}`] : [],
    );
    const counts = `${done} done, ${ordered} ordered, ${skipped} skipped, ${failed} failed, ${unknown} unknown`;
    const ledger = report.ledgerProblem === null ? [] : [report.ledgerProblem];
    super([`${report.function}: ${report.health}; ${counts}`, ...ledger, ...problems].join('; '));
    this.#report = report;
  }

  /** Not a property of its own: Lambda writes those of what is thrown into one log line, which would grow with the account. */
  get report(): ScheduledAnswer {
    return this.#report;
  }
}

export type Doorway = {
  /** Made at cold start; a failure is thrown by the first event, where it can be reported. */
  readonly surroundings: () => Surroundings;
  readonly log: Log;
  /** Who starts the runs, where it is a person. */
  readonly who?: string;
  /** Set where the run is a part of a round. @param log of the run */
  readonly round?: (log: Log) => Round;
  readonly onProgress?: (progress: Progress) => void;
  /** Told of every try to call CTyun. */
  readonly onTry?: (tried: Tried) => void;
  /** Told of the report before anything is thrown. */
  readonly onReport?: (report: Report) => void;
  /** Hands the report over for the channels that the ask names; without it nobody is told. */
  readonly notify?: Notifying;
  /** Writes the metrics of every run that was told; on one machine there are none. */
  readonly measure?: Measure;
};

/** Left for reporting and for Lambda's own ending. */
const RESERVE_MS = 5_000;
/** Of that time, where the report is to be handed over for chats. */
const TELLING_MS = 25_000;

/**
 * Runs a function on an ask, from its event to its told report. A bare caller, unlike Lambda, may give no context at all.
 *
 * @throws RunFailed after reporting, when an outcome failed or a target could not be looked at; RejectedRequest for a wrong
 * ask; ConfigError for wrong settings
 */
export async function runJob<Policy>(
  job: Job<Policy>,
  event: unknown,
  doorway: Doorway,
  context: Context | undefined,
): Promise<ScheduledAnswer> {
  const ask = job.readAsk(event);
  const around = doorway.surroundings();
  const runId = around.newId();
  const log = logWith(doorway.log, runFields(runId, ask));
  const tries = countTries();
  const here = { ...doorway, log, onTry: tries.add };
  const began = around.clock.now().getTime();
  const report = await job.run(ask, worldFor(job, ask, here, context, runId));
  return told(report, here, async () => {
    const channels = await notified(report, ask.notify, here, { newId: around.newId, log });
    const milliseconds = around.clock.now().getTime() - began;
    if (doorway.measure) measureRun({ report, runId, calls: tries.counted(), milliseconds }, doorway.measure);
    return channels;
  });
}

/** What a job's run sees of the outside. */
export function worldFor<Policy>(
  { deeds }: Job<Policy>,
  { notify }: Ask<Policy>,
  doorway: Doorway,
  context: Context | undefined,
  runId = doorway.surroundings().newId(),
): World {
  const { log, round, who = 'schedule', onProgress = () => undefined } = doorway;
  const reserveMs = RESERVE_MS + (notify ? TELLING_MS : 0);
  const deadline = endOf(context, doorway.surroundings().clock, reserveMs);
  const onTry = (account: string, tried: Tried) => {
    logTry(log, account, tried);
    doorway.onTry?.(tried);
  };
  const world = worldOf(doorway.surroundings(), { deadline, who, deeds, runId }, onProgress, onTry);
  return round ? { ...world, round: round(log) } : world;
}

/** The handler of a scheduled function: the event is the ask, the answer the report as JSON. It throws as `runJob` does. */
export const scheduled = <Policy>(job: Job<Policy>, doorway: Doorway) =>
  middy<unknown, ScheduledAnswer, Error, Context>().handler(async (event: unknown, context: Context | undefined) =>
    runJob(job, event, doorway, context),
  );

/** The log first: it is where everything is found, whatever a chat does. */
async function told(report: Report, { log, onReport }: Doorway, notify: () => Promise<Notified | undefined>) {
  const json = reportJson(report);
  onReport?.(report);
  logReport(log, json);
  const notified = await notify();
  const whole: ScheduledAnswer = notified ? { ...json, notified } : json;
  if (json.health !== 'ok') throw new RunFailed(whole);
  return whole;
}

const notified = (report: Report, notify: Notify | undefined, doorway: Doorway, telling: Telling) =>
  notify && doorway.notify ? doorway.notify(report, notify, telling) : Promise.resolve(undefined);

/** A line for every decision that is more than leaving things alone, and one for the run: no line grows with the account. */
function logReport(log: Log, { items, targets, ...run }: ReportJson): void {
  for (const item of items) if (item.decision !== 'keep' || TELLING.has(item.reason.code)) log.info('decision', item);
  for (const { account, region, problem } of targets) {
    if (!problem) continue;
    const { code, mistake, message: why } = problem;
    log.error('target could not be looked at', { account, region, code, mistake, why });
  }
  log.info('report', { ...run, targets: targets.length });
}
