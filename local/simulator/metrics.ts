/** Metrics derived from an EIP's load curve. Devices are IP addresses; values are decimal strings (FACTS E1). */
import { badParameters, success } from './answers.ts';
import { beijingText } from './clock.ts';
import { type Call, isAnswer, paged, type Route } from './route.ts';
import type { SimEip } from './state.ts';

export type Load = { egressMbps: number; ingressMbps: number };

/** The load at an instant; a step function holds its last value, and is nothing before its first. */
export function loadAt({ load }: SimEip, instant: Date): Load {
  const step = load?.points?.filter(({ at }) => Date.parse(at) <= instant.getTime()).at(-1);
  return {
    egressMbps: step?.egressMbps ?? load?.egressMbps ?? 0,
    ingressMbps: step?.ingressMbps ?? load?.ingressMbps ?? 0,
  };
}

const MB_PER_MINUTE = 60 / 8;
const values = ({ egressMbps, ingressMbps }: Load): Record<string, string> => ({
  ingressThroughput: String(ingressMbps * MB_PER_MINUTE),
  egressThroughput: String(egressMbps * MB_PER_MINUTE),
  ingressBandwidth: String(ingressMbps),
  egressBandwidth: String(egressMbps),
});

export const lastSample = ({ load }: SimEip, now: Date): Date =>
  new Date(now.getTime() - (load?.staleSeconds ?? 0) * 1000);
const epoch = (instant: Date): number => Math.floor(instant.getTime() / 1000);

function devices({ account, params }: Call): SimEip[] {
  const asked = params.deviceIDs;
  return account.eips
    .filter(({ regionID, load }) => regionID === params.regionID && !load?.missing)
    .filter(({ eipAddress }) => !Array.isArray(asked) || asked.includes(eipAddress));
}

function realtime(eip: SimEip, now: Date) {
  const at = lastSample(eip, now);
  const itemList = { ...values(loadAt(eip, at)), samplingTime: epoch(at) };
  return { lastUpdated: beijingText(at), regionID: eip.regionID, deviceID: eip.eipAddress, itemList };
}

/** Beijing wall time, as the monitor's parameters are presumed to be. */
const parameterTime = (text: unknown): number => Date.parse(`${String(text).replace(' ', 'T')}+08:00`);

function periodProblem({ startTime, endTime, period }: Call['params'], leastPeriod: number): string | undefined {
  const [start, end] = [parameterTime(startTime), parameterTime(endTime)];
  if (!(start <= end)) return 'startTime and endTime must be YYYY-MM-DD HH:MM:SS, in this order';
  if (period !== undefined && !(Number(period) >= leastPeriod)) return `period must be at least ${leastPeriod}`;
  const points = (end - start) / 1000 / Number(period ?? leastPeriod);
  return points > 20_000 ? 'the period holds too many points' : undefined;
}

function history(eip: SimEip, { cloud, params }: Call, leastPeriod: number) {
  const last = lastSample(eip, cloud.clock.now());
  const period = Number(params.period ?? leastPeriod) * 1000;
  const end = Math.min(parameterTime(params.endTime), last.getTime());
  const times: Date[] = [];
  for (let at = Math.ceil(parameterTime(params.startTime) / period) * period; at <= end; at += period)
    times.push(new Date(at));
  const points = times.map(at => ({ at, found: values(loadAt(eip, at)) }));
  const series = (name: string) =>
    points.flatMap(({ at, found }) => (name in found ? [{ samplingTime: epoch(at), value: found[name] }] : []));
  const itemAggregateList = Object.fromEntries((params.metricNames as string[]).map(name => [name, series(name)]));
  return { regionID: eip.regionID, deviceID: eip.eipAddress, lastUpdated: beijingText(last), itemAggregateList };
}

/** `old` calls answer an array and put counts beside it; new ones an object that holds both. */
function monitorRoute(
  path: string,
  required: Route['required'],
  old: boolean,
  row: (eip: SimEip, call: Call) => object,
  key = 'monitors',
): Route {
  return {
    method: 'POST',
    path,
    required: { regionID: 'string', ...required },
    handle: call => {
      if (Array.isArray(call.params.deviceIDs) && call.params.deviceIDs.length > 50)
        return badParameters(['deviceIDs: at most 50']);
      const wrong = 'startTime' in required ? periodProblem(call.params, old ? 300 : 60) : undefined;
      if (wrong) return badParameters([wrong]);
      const page = paged(devices(call), call.params);
      if (isAnswer(page)) return page;
      const rows = page.rows.map(eip => row(eip, call));
      return old ? success(rows, page.counts) : success({ [key]: rows, ...page.counts });
    },
  };
}

const HISTORY = { deviceIDs: 'array', metricNames: 'array', startTime: 'string', endTime: 'string' } as const;

export const metricRoutes: readonly Route[] = [
  monitorRoute('/v4/eip/query-realtime-monitor', {}, true, (eip, { cloud }) => realtime(eip, cloud.clock.now())),
  monitorRoute('/v4/eip/new-query-realtime-monitor', {}, false, (eip, { cloud }) => realtime(eip, cloud.clock.now())),
  monitorRoute('/v4/eip/query-history-monitor', HISTORY, true, (eip, call) => history(eip, call, 300)),
  monitorRoute('/v4/eip/new-query-history-monitor', HISTORY, false, (eip, call) => history(eip, call, 60), 'monitor'),
];
