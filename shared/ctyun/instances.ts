import * as z from 'zod/mini';
import { type Operation, objectOf } from './operation.ts';
import { count } from './wire-types.ts';

const wireInstances = z.object({
  results: z.nullish(
    z.array(
      z.object({
        instanceID: z.string().check(z.minLength(1)),
        displayName: z.nullish(z.string()),
        instanceStatus: z.nullish(z.string()),
        networkCardList: z.nullish(
          z.array(z.object({ networkCardID: z.nullish(z.string()), isMaster: z.nullish(z.boolean()) })),
        ),
      }),
    ),
  ),
  totalCount: count,
});

export type Instance = {
  readonly id: string;
  readonly name: string | null;
  /** The API's word, for instance `running`. */
  readonly status: string | null;
  /** Ids of the NICs, the main one first. */
  readonly portIds: readonly string[];
};

type InstanceQuery = { regionID: string; instanceIDList: string | undefined; pageNo: number; pageSize: number };

/** 云主机列表. `instanceIDList` is a comma-separated string; `pageSize` 1 to 50. */
export const listInstances: Operation<InstanceQuery, { instances: readonly Instance[]; totalCount: number }> = {
  name: 'listInstances',
  method: 'POST',
  product: 'ctecs',
  path: '/v4/ecs/list-instances',
  effect: 'read',
  token: 'none',
  answer: envelope => {
    const { results, totalCount } = objectOf(wireInstances)(envelope);
    return { totalCount, instances: (results ?? []).map(instanceOf) };
  },
};

type WireInstance = NonNullable<z.infer<typeof wireInstances>['results']>[number];

const instanceOf = (instance: WireInstance): Instance => ({
  id: instance.instanceID,
  name: instance.displayName ?? null,
  status: instance.instanceStatus ?? null,
  portIds: (instance.networkCardList ?? [])
    .toSorted((a, b) => Number(b.isMaster ?? false) - Number(a.isMaster ?? false))
    .flatMap(card => card.networkCardID ?? []),
});
