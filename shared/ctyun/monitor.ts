/**
 * Metrics of EIPs. Medium confidence (FACTS of the hybrid edition): bandwidth is in Mb/s, throughput in MB/min, both as
 * decimal strings; devices are named by IP ADDRESS, not by EIP id; wall clocks are Beijing's, `samplingTime` is epoch
 * seconds. All of that is in this file only.
 */
import * as z from 'zod/mini';
import type { Direction, Sample } from '../model/load.ts';
import type { Envelope } from './envelope.ts';
import { BARE_QUESTION, change, checked, look, objectOf } from './operation.ts';
import { optional, whole } from './parameter.ts';
import { deviceIDs, eipID, pageNo, pageSize, regionID, someTexts, wallTime } from './parameters.ts';

export type Metrics = { readonly address: string; readonly samples: Readonly<Record<Direction, readonly Sample[]>> };

const METRIC = { ingress: 'ingressBandwidth', egress: 'egressBandwidth' } as const;
/** The `metricNames` of a history query (the response's keys; the accepted values are not documented). */
export const BANDWIDTH_METRICS: readonly string[] = Object.values(METRIC);

const wireNumber = z.nullish(z.union([z.string(), z.number()]));
const wirePoint = z.object({ samplingTime: wireNumber, value: wireNumber });
const wireItem = z.looseObject({ samplingTime: wireNumber });
const wireSeries = z.record(z.string(), z.nullish(z.array(wirePoint)));
const objectOrFirst = <T>(schema: z.ZodMiniType<T>) => z.union([schema, z.array(schema)]);
const wireLatest = z.array(z.object({ deviceID: z.string(), itemList: z.nullish(objectOrFirst(wireItem)) }));
const wireHistory = z.array(
  z.object({ deviceID: z.string(), itemAggregateList: z.nullish(objectOrFirst(wireSeries)) }),
);

const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

const instantOf = (epochSeconds: unknown): Date | null => {
  const seconds = numberOf(epochSeconds);
  return seconds === null ? null : new Date(seconds * 1000);
};

/** The list is returnObj itself in the older calls, `monitors` or (in an example) `monitor` in the newer ones. */
function rows<T>(schema: z.ZodMiniType<T>, { returnObj }: Envelope): T {
  if (Array.isArray(returnObj)) return checked(schema, returnObj);
  const { monitors, monitor } = (returnObj ?? {}) as { monitors?: unknown; monitor?: unknown };
  return checked(schema, monitors ?? monitor);
}

const first = <T>(value: T | T[] | null | undefined): T | undefined =>
  Array.isArray(value) ? value[0] : (value ?? undefined);

export function latestOf(envelope: Envelope): Metrics[] {
  return rows(wireLatest, envelope).map(({ deviceID, itemList }) => {
    const item = first(itemList);
    const sample = (metric: string): Sample[] =>
      item ? [{ at: instantOf(item.samplingTime), mbps: numberOf(item[metric]) }] : [];
    return { address: deviceID, samples: { ingress: sample(METRIC.ingress), egress: sample(METRIC.egress) } };
  });
}

export function historyOf(envelope: Envelope): Metrics[] {
  return rows(wireHistory, envelope).map(({ deviceID, itemAggregateList }) => {
    const series = first(itemAggregateList);
    const samples = (metric: string): Sample[] =>
      (series?.[metric] ?? []).map(point => ({ at: instantOf(point.samplingTime), mbps: numberOf(point.value) }));
    return { address: deviceID, samples: { ingress: samples(METRIC.ingress), egress: samples(METRIC.egress) } };
  });
}

/** Without `deviceIDs` all of a region's. `pageNumber` is the older name of `pageNo`. */
const optionalDevices = /* @__PURE__ */ optional(deviceIDs);
export const realtimeQuery = { regionID, deviceIDs: optionalDevices, pageNo, pageNumber: pageNo, pageSize };
/** @param leastSeconds the shortest `period` */
export function historyQuery(leastSeconds: number) {
  const when = { startTime: wallTime, endTime: wallTime, period: optional(whole(leastSeconds)) };
  return { regionID, deviceIDs, metricNames: someTexts, ...when, pageNo, pageNumber: pageNo, pageSize };
}

/** Up to 50 addresses. */
export const queryRealtimeMonitor = /* @__PURE__ */ change(
  'queryRealtimeMonitor',
  '查看弹性 IP 实时监控数据（新）',
  '/v4/eip/new-query-realtime-monitor',
  realtimeQuery,
  latestOf,
  BARE_QUESTION,
);

/** Up to 50 addresses; `period` in seconds from 60, times by `beijingWallTime`. */
export const queryHistoryMonitor = /* @__PURE__ */ change(
  'queryHistoryMonitor',
  '查看弹性 IP 历史监控（新）',
  '/v4/eip/new-query-history-monitor',
  /* @__PURE__ */ historyQuery(60),
  historyOf,
  BARE_QUESTION,
);

/** `YYYY-MM-DD HH:MM:SS`, Beijing (presumed for the monitor's parameters). */
export const beijingWallTime = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');

const wireUtilisation = z.object({
  ingressBandwidthUtilization: z.nullish(z.string()),
  egressBandwidthUtilization: z.nullish(z.string()),
});
const percentOf = (text: string | null | undefined): number | null => numberOf(text?.trim().replace(/%$/, ''));

/** Percent, printed as `"12%"`; the sampling window is not documented. A direction that was not asked for is `null`. */
export function utilisationOf(envelope: Envelope): Readonly<Record<Direction, number | null>> {
  const percent = objectOf(wireUtilisation)(envelope);
  return {
    ingress: percentOf(percent.ingressBandwidthUtilization),
    egress: percentOf(percent.egressBandwidthUtilization),
  };
}

/** Of one EIP, both directions. */
export const queryUtilisation = /* @__PURE__ */ look(
  'queryUtilisation',
  '查看弹性 IP 带宽使用率',
  '/v4/eip/bandwidth-utilization',
  { regionID, eipID },
  utilisationOf,
);
