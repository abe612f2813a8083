/**
 * Every call of the EIP API, by group: for the terminal, the documentation and the contract test. Functions import the
 * calls that they use, never this.
 */
import * as binding from '../binding.ts';
import { newListEips, showEip } from '../eips.ts';
import { queryResourcesByLabel } from '../labels.ts';
import { queryHistoryMonitor, queryRealtimeMonitor, queryUtilisation } from '../monitor.ts';
import type { ApiOperation } from '../operation.ts';
import { deleteEip, modifyEipSpec, queryOrder, renewEip } from '../orders.ts';
import { queryCreatePrice, queryModifyPrice, queryRenewPrice } from '../prices.ts';
import { listRegions } from '../regions.ts';
import * as lifecycle from './eip-lifecycle.ts';
import * as query from './eip-query.ts';
import * as packages from './flow-package.ts';
import * as ipv4Gateway from './ipv4-gateway.ts';
import * as ipv6Address from './ipv6-address.ts';
import * as ipv6Bandwidth from './ipv6-bandwidth.ts';
import * as ipv6Gateway from './ipv6-gateway.ts';
import * as ipv6Price from './ipv6-price.ts';
import * as label from './label.ts';
import * as order from './order.ts';
import * as region from './region.ts';
import * as shared from './shared-bandwidth.ts';
import * as sharedQuery from './shared-bandwidth-query.ts';

export type Group = { readonly name: string; readonly title: string; readonly operations: readonly ApiOperation[] };

const isOperation = (value: unknown): value is ApiOperation =>
  typeof value === 'object' && value !== null && 'takes' in value && 'answer' in value;

/** All operations of modules, by path: what belongs together stands together. */
const group = (name: string, title: string, ...modules: readonly object[]): Group => ({
  name,
  title,
  operations: modules
    .flatMap(module => Object.values(module))
    .filter(isOperation)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
});

export const CATALOGUE: readonly Group[] = [
  group('eip-lifecycle', '弹性 IP：生命周期', lifecycle, binding, { renewEip, modifyEipSpec, deleteEip }),
  group('eip-query', '弹性 IP：查询', query, {
    showEip,
    newListEips,
    queryHistoryMonitor,
    queryRealtimeMonitor,
    queryUtilisation,
  }),
  group('eip-price', '弹性 IP：询价', { queryCreatePrice, queryModifyPrice, queryRenewPrice }),
  group('ipv6', 'IPv6 网关、地址与带宽', ipv6Gateway, ipv6Address, ipv6Bandwidth, ipv6Price),
  group('flow-package', '共享流量包', packages),
  group('ipv4-gateway', 'IPv4 网关', ipv4Gateway),
  group('shared-bandwidth', '共享带宽', shared, sharedQuery),
  group('order', '订单与计费转换', order, { queryOrder }),
  group('label', '标签', label, { queryResourcesByLabel }),
  group('region', '资源池', region, { listRegions }),
];

/** Names in the official SDK of the calls that have another one here. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  listEips: 'listEipPage',
  eipNewQueryHistoryMonitor: 'queryHistoryMonitor',
  eipNewQueryRealtimeMonitor: 'queryRealtimeMonitor',
  eipBandwidthUtilization: 'queryUtilisation',
  eipQueryCreatePrice: 'queryCreatePrice',
  eipQueryModifyPrice: 'queryModifyPrice',
  eipQueryRenewPrice: 'queryRenewPrice',
  ecsOrderQueryUuid: 'queryOrder',
  labelsQueryResourcesByLabel: 'queryResourcesByLabel',
  regionListRegions: 'listRegions',
};

export const OPERATIONS: readonly ApiOperation[] = CATALOGUE.flatMap(({ operations }) => operations);

/** What a call may be asked for by: its name here, its name in the official SDK. */
export const NAMES: readonly string[] = [...OPERATIONS.map(({ name }) => name), ...Object.keys(SDK_NAMES)];

/** The call of a name (in the official SDK, too) or of a path (`/v4/eip/show`). */
export function operationNamed(asked: string): ApiOperation | undefined {
  const name = Object.hasOwn(SDK_NAMES, asked) ? SDK_NAMES[asked] : asked;
  return OPERATIONS.find(operation => operation.name === name || operation.path === asked);
}
