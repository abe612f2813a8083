import * as z from 'zod/mini';
import { type Operation, objectOf } from './operation.ts';

const wireRegions = z.object({
  regionList: z.array(
    z.object({
      regionID: z.string().check(z.minLength(1)),
      regionName: z.nullish(z.string()),
      openapiAvailable: z.nullish(z.boolean()),
    }),
  ),
});

export type Region = { readonly id: string; readonly name: string | null };

/** 资源池列表: the regions that the account can see and that answer the OpenAPI. */
export const listRegions: Operation<Record<string, never>, readonly Region[]> = {
  name: 'listRegions',
  method: 'GET',
  product: 'ctecs',
  path: '/v4/region/list-regions',
  effect: 'read',
  token: 'none',
  answer: envelope =>
    objectOf(wireRegions)(envelope)
      .regionList.filter(region => region.openapiAvailable !== false)
      .map(region => ({ id: region.regionID, name: region.regionName ?? null })),
};
