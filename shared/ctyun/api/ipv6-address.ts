/** IPv6 addresses of a VPC's machines. The generated structs name no fields for the lists: those of the detail are read. */
import * as z from 'zod/mini';
import { amount, id, instant, pageOf, said } from '../answers.ts';
import { look, objectOf } from '../operation.ts';
import { optionalText, pageNo, pageSize, regionID, someText } from '../parameters.ts';

const wireIpv6 = /* @__PURE__ */ z.object({
  ID: id,
  ipAddress: said,
  vpcID: said,
  subnetID: said,
  associationID: said,
  associationType: amount,
  bandwidthID: said,
  createdAt: instant,
  updatedAt: instant,
});

const filters = {
  regionID,
  vpcID: optionalText,
  subnetID: optionalText,
  ipAddress: optionalText,
  page: pageNo,
  pageNo,
  pageSize,
};

/** Counts at the top level. */
export const ipv6Ipv6List = /* @__PURE__ */ look(
  'ipv6Ipv6List',
  '查询IPv6列表',
  '/v4/ipv6/ipv6-list',
  filters,
  /* @__PURE__ */ pageOf(wireIpv6),
);

/** Counts inside `returnObj`; the list's key is not documented. */
export const ipv6NewIpv6List = /* @__PURE__ */ look(
  'ipv6NewIpv6List',
  '查询IPv6列表（新）',
  '/v4/ipv6/new-ipv6-list',
  filters,
  /* @__PURE__ */ pageOf(wireIpv6),
);

export const ipv6Ipv6Show = /* @__PURE__ */ look(
  'ipv6Ipv6Show',
  '查询IPv6详情',
  '/v4/ipv6/ipv6-show',
  { regionID, ipv6ID: someText },
  /* @__PURE__ */ objectOf(wireIpv6),
);
