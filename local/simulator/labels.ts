import { createHash } from 'node:crypto';
import { badParameters, eipNotFound, success } from './answers.ts';
import { type Call, isAnswer, paged, type Route } from './route.ts';

const labelId = (key: string, value: string): string =>
  `label-${createHash('sha256').update(`${key}=${value}`).digest('hex').slice(0, 10)}`;

const RESOURCE = { regionID: 'string', resourceType: 'string', resourceID: 'string' } as const;

const eipOf = ({ cloud, account, params }: Call) => cloud.eip(account, params.regionID, params.resourceID);

/** Labels of EIPs; other resource types are not simulated. */
export const labelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v4/labels/query_labels_by_resource',
    required: RESOURCE,
    handle: call => {
      const eip = eipOf(call);
      if (!eip) return eipNotFound();
      const labels = Object.entries(eip.labels).map(([labelKey, labelValue]) => ({
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
      const bearers = account.eips
        .filter(eip => eip.regionID === params.regionID && Object.entries(eip.labels).some(fits))
        .map(({ ID }) => ({ resourceID: ID, resourceType: 'network' }));
      const page = paged(bearers, params);
      return isAnswer(page) ? page : success({ results: page.rows, ...page.counts });
    },
  },
  {
    method: 'POST',
    path: '/v4/labels/resource_bind_label',
    required: { ...RESOURCE, labelKey: 'string', labelValue: 'string' },
    handle: call => {
      const eip = eipOf(call);
      if (!eip) return eipNotFound();
      eip.labels[String(call.params.labelKey)] = String(call.params.labelValue);
      return success();
    },
  },
  {
    method: 'POST',
    path: '/v4/labels/resource_unbind_label',
    required: { ...RESOURCE, labelID: 'string' },
    handle: call => {
      const eip = eipOf(call);
      if (!eip) return eipNotFound();
      const bound = Object.entries(eip.labels).find(([key, value]) => labelId(key, value) === call.params.labelID);
      if (bound) delete eip.labels[bound[0]];
      return success();
    },
  },
];
