import { createHash } from 'node:crypto';
import { badParameters, eipNotFound, success } from './answers.ts';
import { found, PRODUCTS, rowsOf } from './products.ts';
import { type Call, isAnswer, paged, type Route } from './route.ts';

const labelId = (key: string, value: string): string =>
  `label-${createHash('sha256').update(`${key}=${value}`).digest('hex').slice(0, 10)}`;

const RESOURCE = { regionID: 'string', resourceType: 'string', resourceID: 'string' } as const;

type Labels = Record<string, string>;

/** The labels of a thing that can be ordered; those of other resources are not simulated. */
const labelsOf = ({ account, params }: Call): Labels | undefined =>
  PRODUCTS.map(product => found(account, product, params.regionID, params.resourceID)).find(row => row !== undefined)
    ?.labels as Labels | undefined;

export const labelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v4/labels/query_labels_by_resource',
    required: RESOURCE,
    handle: call => {
      const kept = labelsOf(call);
      if (!kept) return eipNotFound();
      const labels = Object.entries(kept).map(([labelKey, labelValue]) => ({
        labelID: labelId(labelKey, labelValue),
        labelKey,
        labelValue,
      }));
      const page = paged(labels, call.params);
      return isAnswer(page) ? page : success({ results: page.rows, ...page.counts });
    },
  },
  {
    method: 'GET',
    path: '/v4/labels/query_resources_by_label',
    required: { regionID: 'string' },
    handle: ({ account, params }) => {
      const { labelID, labelKey, labelValue } = params;
      if (!labelID && !labelKey && !labelValue)
        return badParameters(['one of labelID, labelKey, labelValue is required']);
      const fits = ([key, value]: [string, string]): boolean =>
        (!labelID || labelId(key, value) === labelID) &&
        (!labelKey || key === labelKey) &&
        (!labelValue || value === labelValue);
      const bearers = PRODUCTS.flatMap(product =>
        rowsOf(account, product)
          .filter(row => row.regionID === params.regionID && Object.entries(row.labels as Labels).some(fits))
          .map(row => ({ resourceID: row[product.key], resourceType: 'network' })),
      );
      const page = paged(bearers, params);
      return isAnswer(page) ? page : success({ results: page.rows, ...page.counts });
    },
  },
  {
    method: 'POST',
    path: '/v4/labels/resource_bind_label',
    required: { ...RESOURCE, labelKey: 'string', labelValue: 'string' },
    handle: call => {
      const kept = labelsOf(call);
      if (!kept) return eipNotFound();
      kept[String(call.params.labelKey)] = String(call.params.labelValue);
      return success();
    },
  },
  {
    method: 'POST',
    path: '/v4/labels/resource_unbind_label',
    required: { ...RESOURCE, labelID: 'string' },
    handle: call => {
      const kept = labelsOf(call);
      if (!kept) return eipNotFound();
      const bound = Object.entries(kept).find(([key, value]) => labelId(key, value) === call.params.labelID);
      if (bound) delete kept[bound[0]];
      return success();
    },
  },
];
