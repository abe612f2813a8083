/** What a state may say of an EIP: the API's fields, and what the simulator does with it. */
import * as z from 'zod/mini';
import { instantText } from './clock.ts';

export const id = z.string().check(z.minLength(1));

/** What the simulator keeps with an EIP and does not print; `own` is what it had before it joined a shared bandwidth. */
export const OWN: readonly string[] = ['regionID', 'labels', 'load', 'omit', 'own', 'autoToNeed'];
const FIELDS = [
  ...['ID', 'name', 'description', 'eipAddress', 'associationID', 'associationType', 'privateIpAddress', 'portID'],
  ...['bandwidth', 'bandwidthID', 'bandwidthType', 'status', 'tags', 'createdAt', 'updatedAt', 'expiredAt'],
  ...['projectID', 'lineType', 'isPackaged', 'billingMethod', 'enableSecondLevelMonitor', 'resourceID'],
];

const at = z
  .string()
  .check(z.refine(text => !Number.isNaN(Date.parse(String(instantText(text, new Date(0))))), 'must be a time'));
const mbps = z.number().check(z.gte(0));

const load = z.strictObject({
  egressMbps: z.optional(mbps),
  ingressMbps: z.optional(mbps),
  points: z.optional(z.array(z.strictObject({ at, egressMbps: mbps, ingressMbps: z._default(mbps, 0) }))),
  missing: z.optional(z.boolean()),
  staleSeconds: z.optional(mbps),
});

/** Its fields are loose on purpose: a test may want a garbled expiry, and gets it answered as given. */
export const eip = z
  .looseObject({
    regionID: id,
    ID: id,
    eipAddress: id,
    labels: z._default(z.record(z.string(), z.string()), {}),
    load: z.optional(load),
    omit: z._default(z.array(z.enum(FIELDS)), []),
  })
  .check(context => {
    const keys = Object.keys(context.value).filter(key => !FIELDS.includes(key) && !OWN.includes(key));
    if (keys.length > 0) context.issues.push({ code: 'unrecognized_keys', keys, path: [], input: context.value });
  });
