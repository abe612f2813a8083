import * as z from 'zod/mini';
import type { CtyunClient } from './client.ts';
import { CtyunError } from './errors.ts';
import { look, objectOf } from './operation.ts';
import { optionalLabelPart, optionalText, pageNo, pageSize, regionID } from './parameters.ts';
import { count } from './wire-types.ts';

const PAGE_SIZE = 50;

// An answer with neither rows nor a count of zero says nothing, and is not taken for "no resources".
const wireResources = z
  .object({
    results: z.nullish(z.array(z.object({ resourceID: z.string(), resourceType: z.nullish(z.string()) }))),
    totalCount: z.nullish(count),
  })
  .check(z.refine(({ results, totalCount }) => Array.isArray(results) || totalCount === 0));

/** By id, key, value, or any of them. EIPs, bandwidths and IPv6 bandwidths all come back as `resourceType: network`. */
export const queryResourcesByLabel = /* @__PURE__ */ look(
  'queryResourcesByLabel',
  '根据标签查询资源',
  '/v4/labels/query_resources_by_label',
  {
    regionID,
    labelID: optionalText,
    labelKey: optionalLabelPart,
    labelValue: optionalLabelPart,
    pageNumber: pageNo,
    pageSize,
  },
  (envelope): { ids: readonly string[]; totalCount: number | null } => {
    const { results, totalCount } = objectOf(wireResources)(envelope);
    return { ids: (results ?? []).map(resource => resource.resourceID), totalCount: totalCount ?? null };
  },
  { anyOf: ['labelID', 'labelKey', 'labelValue'] },
);

/**
 * The ids of all resources in a region that carry a label.
 *
 * @param value the label's value, or `*` for any
 * @throws CtyunError; also when the pages hold fewer than the stated count, for a missed label could cost an address
 */
export async function resourcesLabelled(client: CtyunClient, region: string, key: string, value: string) {
  const ids: string[] = [];
  for (let pageNumber = 1; ; pageNumber++) {
    const labelValue = value === '*' ? undefined : value;
    const params = { regionID: region, labelKey: key, labelValue, pageNumber, pageSize: PAGE_SIZE };
    const page = await client.call(queryResourcesByLabel, params);
    ids.push(...page.ids);
    // Without a count, a page that is not full is the last one.
    if (page.totalCount === null ? page.ids.length < PAGE_SIZE : ids.length >= page.totalCount) return ids;
    if (page.ids.length === 0) throw incomplete(ids.length, page.totalCount ?? 0);
  }
}

const incomplete = (read: number, stated: number): CtyunError =>
  new CtyunError({
    kind: 'unreadable',
    code: 'INVENTORY_MISMATCH',
    message: `the label states ${stated} resources, but its pages hold ${read}`,
  });
