/**
 * Labels of one resource. `resourceType` is `eip`, `bandwidth`, `ipv6_bandwidth`, `nat`, `elb`, `vpc`, `port` and others;
 * key and value have 1 to 32 characters. The search by label is in ../labels.ts.
 */
import * as z from 'zod/mini';
import { id, pageOf, said } from '../answers.ts';
import { change, look, nothing, TOKENLESS } from '../operation.ts';
import { labelPart, pageNo, pageSize, regionID, someText } from '../parameters.ts';

const wireLabel = /* @__PURE__ */ z.object({ labelID: id, labelKey: said, labelValue: said });

export const labelsQueryLabelsByResource = /* @__PURE__ */ look(
  'labelsQueryLabelsByResource',
  '根据资源查询标签',
  '/v4/labels/query_labels_by_resource',
  { regionID, resourceType: someText, resourceID: someText, pageNumber: pageNo, pageSize },
  /* @__PURE__ */ pageOf(wireLabel, 'results'),
);

/** Takes no `clientToken`; binding the same twice is harmless. */
export const labelsResourceBindLabel = /* @__PURE__ */ change(
  'labelsResourceBindLabel',
  '资源绑定标签',
  '/v4/labels/resource_bind_label',
  { regionID, resourceType: someText, resourceID: someText, labelKey: labelPart, labelValue: labelPart },
  nothing,
  TOKENLESS,
);

/** Takes no `clientToken`. The label's id is told by `labelsQueryLabelsByResource`. */
export const labelsResourceUnbindLabel = /* @__PURE__ */ change(
  'labelsResourceUnbindLabel',
  '资源解绑标签',
  '/v4/labels/resource_unbind_label',
  { regionID, resourceType: someText, resourceID: someText, labelID: someText },
  nothing,
  TOKENLESS,
);
