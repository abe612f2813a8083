import type { CtyunClient } from '../ctyun/client.ts';
import {
  BANDWIDTH_METRICS,
  beijingWallTime,
  type Metrics,
  queryHistoryMonitor,
  queryRealtimeMonitor,
} from '../ctyun/monitor.ts';
import type { Eip } from '../model/eip.ts';
import { eipKey } from '../model/facts.ts';
import type { Load } from '../model/load.ts';
import type { ScalePolicy } from '../model/scale.ts';
import { utilisationOf } from '../plan/load.ts';
import { whyOf } from './problem.ts';
import { type World, withProgress } from './world.ts';

/** The API's most addresses in one call. */
const AT_ONCE = 50;

/** Some EIPs of one account's region, as many as one call takes. */
type Batch = { readonly account: string; readonly region: string; readonly eips: readonly Eip[] };

/** Cuts a region's EIPs into what one call takes. */
export const batchesOf = ({ account, region, eips }: Batch): Batch[] =>
  Array.from({ length: Math.ceil(eips.length / AT_ONCE) }, (_, index) => ({
    account,
    region,
    eips: eips.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  }));

/**
 * Observes the traffic of EIPs, by `eipKey`: their history, and their newest point where the history does not suffice.
 * What cannot be observed is told as such, and the rules hold it.
 */
export async function observeLoads(
  regions: readonly Batch[],
  policy: ScalePolicy,
  now: Date,
  world: World,
): Promise<ReadonlyMap<string, Load>> {
  const batches = regions.flatMap(batchesOf);
  const found = await withProgress(world, 'look', batches, batch => observe(batch, policy, now, world));
  return new Map(found.flatMap(each => [...each]));
}

async function observe(batch: Batch, policy: ScalePolicy, now: Date, world: World): Promise<Map<string, Load>> {
  const client = world.clientOf(batch.account);
  const history = await asked(pastOf(batch, policy, now, client));
  const lacking = batch.eips.filter(eip => !suffices(loadOf(eip, history), eip, policy, now));
  const latest = lacking.length > 0 ? await asked(realtime({ ...batch, eips: lacking }, client)) : new Map();
  const isLacking = new Set(lacking);
  return new Map(
    batch.eips.flatMap(eip => {
      const load = isLacking.has(eip) ? together(loadOf(eip, history), loadOf(eip, latest)) : loadOf(eip, history);
      return load ? [[eipKey(batch.account, batch.region, eip.id), load] as const] : [];
    }),
  );
}

type Found = ReadonlyMap<string, Metrics> | { readonly unavailable: string };

const loadOf = ({ address }: Eip, found: Found): Load | undefined =>
  'unavailable' in found ? found : found.get(address);

const suffices = (load: Load | undefined, eip: Eip, policy: ScalePolicy, now: Date): boolean =>
  !('unclear' in utilisationOf(load, eip.bandwidthMbps ?? 1, policy, now));

/** The newest point is one more point of the history. */
function together(history: Load | undefined, latest: Load | undefined): Load | undefined {
  if (!history || 'unavailable' in history) return latest ?? history;
  if (!latest || 'unavailable' in latest) return history;
  const both = (way: 'ingress' | 'egress') => [...history.samples[way], ...latest.samples[way]];
  return { samples: { ingress: both('ingress'), egress: both('egress') } };
}

async function asked(asking: Promise<readonly Metrics[]>): Promise<Found> {
  try {
    return new Map((await asking).map(metrics => [metrics.address, metrics]));
  } catch (error) {
    return { unavailable: whyOf(error) };
  }
}

const devices = ({ region, eips }: Batch) => ({
  regionID: region,
  deviceIDs: eips.map(({ address }) => address),
  pageNo: 1,
  pageSize: AT_ONCE,
});

/** All points that the rules may want: the newest may be two periods old. */
const pastOf = (batch: Batch, { sustain }: ScalePolicy, now: Date, client: CtyunClient) =>
  client.call(queryHistoryMonitor, {
    ...devices(batch),
    metricNames: BANDWIDTH_METRICS,
    period: sustain.periodSeconds,
    startTime: beijingWallTime(new Date(now.getTime() - (sustain.points + 3) * sustain.periodSeconds * 1000)),
    endTime: beijingWallTime(now),
  });

const realtime = (batch: Batch, client: CtyunClient) => client.call(queryRealtimeMonitor, devices(batch));
