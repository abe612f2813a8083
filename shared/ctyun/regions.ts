import * as z from 'zod/mini';
import { look, objectOf } from './operation.ts';
import { optionalText } from './parameters.ts';

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

/** the regions that the account can see and that answer the OpenAPI. */
export const listRegions = /* @__PURE__ */ look(
  'listRegions',
  '资源池列表查询',
  '/v4/region/list-regions',
  { regionName: optionalText },
  (envelope): readonly Region[] =>
    objectOf(wireRegions)(envelope)
      .regionList.filter(region => region.openapiAvailable !== false)
      .map(region => ({ id: region.regionID, name: region.regionName ?? null })),
  { product: 'ctecs' },
);
