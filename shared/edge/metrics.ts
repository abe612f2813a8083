import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import { at } from '../chat/json.ts';
import type { Tried } from '../ctyun/client.ts';
import type { Report } from '../model/report.ts';
import { type Answered, type Calls, type Metric, requestMetrics, runMetrics } from '../report/metrics.ts';
import { systemClock } from './system.ts';

const NAMESPACE = 'EipAutopilot';
/** EMF allows a metric 100 values in a line; Powertools begins another line when it has so many. */
const MOST_VALUES = 99;

/** A metric is paid by the hours in which it is sent: what is zero is left out, but for what shows that all is well. */
const ALWAYS: ReadonlySet<string> = new Set(['Heartbeat', 'Looked', 'Requests']);

/** Writes one line of metrics. `about` is told beside them and is no dimension: it may take any value. */
export type Measure = (metrics: readonly Metric[], about?: Readonly<Record<string, string>>) => void;

/** Metrics as CloudWatch reads them from a log line (EMF). The dimension `service` is `POWERTOOLS_SERVICE_NAME`. */
export const emf =
  (fn: string): Measure =>
  (metrics, about = {}) => {
    const serviceName = process.env.POWERTOOLS_SERVICE_NAME || 'eip-autopilot';
    const line = new Metrics({ namespace: NAMESPACE, serviceName, defaultDimensions: { function: fn } });
    const told = metrics.filter(({ name, values }) => ALWAYS.has(name) || values.some(value => value !== 0));
    if (told.length === 0) return;
    for (const { name, unit, values } of told) for (const value of values) line.addMetric(name, unit, value);
    for (const [key, value] of Object.entries(about)) line.addMetadata(key, value);
    line.publishStoredMetrics();
  };

/** Counts the tries of one run. What was never sent, since the time was up, is none. */
export function countTries(): { readonly add: (tried: Tried) => void; readonly counted: () => Calls } {
  const took: number[] = [];
  let throttled = 0;
  return {
    add: ({ result, milliseconds }) => {
      if (milliseconds === null) return;
      took.push(milliseconds);
      if (result === 'throttled') throttled += 1;
    },
    counted: () => ({ tries: took.length, throttled, milliseconds: evenly(took.toSorted((a, b) => a - b)) }),
  };
}

/** So many that fit into a line, the smallest and the largest among them: percentiles stay what they are. */
function evenly(sorted: readonly number[]): readonly number[] {
  if (sorted.length <= MOST_VALUES) return sorted;
  const step = (sorted.length - 1) / (MOST_VALUES - 1);
  return Array.from({ length: MOST_VALUES }, (_, i) => sorted[Math.round(i * step)] ?? 0);
}

/** A run that was told, whatever is thrown afterwards. */
export type ToldRun = {
  readonly report: Report;
  readonly runId: string;
  readonly calls: Calls;
  readonly milliseconds: number;
};

export function measureRun({ report, runId, calls, milliseconds }: ToldRun, measure: Measure): void {
  const { slot, mode, targets } = report;
  const names = (values: readonly string[]): string => [...new Set(values)].join(',');
  measure(runMetrics(report, calls, milliseconds), {
    run: runId,
    mode,
    slot: slot ?? '',
    account: names(targets.map(({ account }) => account)),
    region: names(targets.map(({ region }) => region)),
  });
}

/** Measures every request and batch of messages of a handler, also one that throws. */
export function measured(measure: Measure): MiddlewareObj<unknown, object | undefined, Error> {
  let began = 0;
  const tell = (answered: Answered) => measure(requestMetrics(answered, systemClock.now().getTime() - began));
  return {
    before: () => {
      began = systemClock.now().getTime();
    },
    after: ({ event, response }) => {
      const failed = at(response, 'batchItemFailures');
      const status = at(response, 'statusCode');
      if (sizeOf(event) === null) tell({ status: typeof status === 'number' ? status : 200 });
      else tell({ failedMessages: Array.isArray(failed) ? failed.length : 0 });
    },
    onError: ({ event }) => {
      const batch = sizeOf(event);
      tell(batch === null ? { status: null } : { failedMessages: batch });
    },
  };
}

/** How many messages an event brings; null: it is a request. */
function sizeOf(event: unknown): number | null {
  const records = at(event, 'Records');
  return Array.isArray(records) ? records.length : null;
}
