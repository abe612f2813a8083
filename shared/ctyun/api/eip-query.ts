/** Questions about EIPs that no function asks yet; those that are asked are in ../eips.ts and ../monitor.ts. */
import * as z from 'zod/mini';
import { said, truth } from '../answers.ts';
import { eipFilters, eipPageOf } from '../eips.ts';
import type { Envelope } from '../envelope.ts';
import { historyOf, historyQuery, latestOf, realtimeQuery, utilisationOf } from '../monitor.ts';
import { BARE_QUESTION, change, checked, look, QUESTION } from '../operation.ts';
import { eipID, pageNo, projectID, regionID, someText, someTexts } from '../parameters.ts';

/** One page of the older list, whose counts stand beside `returnObj`. Prefer `newListEips`. */
export const listEipPage = /* @__PURE__ */ change(
  'listEipPage',
  '查询指定地域已创建的弹性 IP',
  '/v4/eip/list',
  /* @__PURE__ */ Object.assign({ page: pageNo }, eipFilters),
  eipPageOf,
  QUESTION,
);

/** The older form: `period` in seconds from 300, counts at the top level. */
export const eipQueryHistoryMonitor = /* @__PURE__ */ change(
  'eipQueryHistoryMonitor',
  '查看弹性 IP 历史监控',
  '/v4/eip/query-history-monitor',
  /* @__PURE__ */ historyQuery(300),
  historyOf,
  BARE_QUESTION,
);

/** The older form: `returnObj` is the list. */
export const eipQueryRealtimeMonitor = /* @__PURE__ */ change(
  'eipQueryRealtimeMonitor',
  '查看弹性 IP 实时监控数据',
  '/v4/eip/query-realtime-monitor',
  realtimeQuery,
  latestOf,
  BARE_QUESTION,
);

const wireAddress = /* @__PURE__ */ z.object({ eipAddress: said, used: truth });

// The example has the two fields inside `returnObj`, the generated struct beside it.
const usageOf = (envelope: Envelope) => checked(wireAddress, envelope.returnObj ?? envelope);

/** Whether an address is in use. */
export const checkEipAddress = /* @__PURE__ */ look(
  'checkEipAddress',
  '检查弹性 IP 是否被使用',
  '/v4/eip/check-address',
  { regionID, projectID, eipAddress: someText },
  usageOf,
  { token: 'any' },
);

const usagesOf = (envelope: Envelope) => checked(z.array(wireAddress), envelope.returnObj);

/** The same of several addresses; the most in one call is not documented. */
export const checkEipAddresses = /* @__PURE__ */ change(
  'checkEipAddresses',
  '批量检查弹性 IP 是否被使用',
  '/v4/eip/check-addresses',
  { regionID, projectID, eipAddresses: someTexts },
  usagesOf,
  QUESTION,
);

/** Percent of the bandwidth, inwards. */
export const eipIngressBandwidthUtilization = /* @__PURE__ */ look(
  'eipIngressBandwidthUtilization',
  '查看弹性 IP 入向带宽使用率',
  '/v4/eip/ingress-bandwidth-utilization',
  { regionID, eipID },
  utilisationOf,
);

/** Percent of the bandwidth, outwards. */
export const eipEgressBandwidthUtilization = /* @__PURE__ */ look(
  'eipEgressBandwidthUtilization',
  '查看弹性 IP 出向带宽使用率',
  '/v4/eip/egress-bandwidth-utilization',
  { regionID, eipID },
  utilisationOf,
);
