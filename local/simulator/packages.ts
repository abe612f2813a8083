/** Shared traffic packages: their sizes and prices, what is left of them, what was taken from them. */
import { success } from './answers.ts';
import { FLOW_PACKAGE, found, notFound } from './products.ts';
import type { Row } from './resource-state.ts';
import type { Call, Params, Route } from './route.ts';
import type { SimAccount } from './state.ts';

/** GB, by cycle (FACTS C5). */
const SIZES: Readonly<Record<string, readonly number[]>> = {
  MONTH: [10, 50, 100, 500, 1024, 5120, 10_240, 51_200],
  YEAR: [120, 512, 8192, 36_864, 122_880, 614_400, 1_048_576, 2_097_152],
};

/** @returns what is wrong with a purchase or a question for its price */
export function packageProblem({ cycleType, spec, count }: Params): string | undefined {
  if (!SIZES[String(cycleType)]?.includes(Number(spec))) return 'spec must be a size of its cycleType';
  return Number.isInteger(count) && Number(count) >= 1 && Number(count) <= 20 ? undefined : 'count must be 1 to 20';
}

/** CNY for so many packages of the size that is asked for. */
export const packagePrice = ({ cloud, params, fault }: Call, count: number): number => {
  const factor = Number(fault('price-changes')?.factor ?? 1) * cloud.state.prices.discount;
  return Math.round(100 * Number(params.spec) * count * cloud.state.prices.perGb * factor) / 100;
};

const STATUS_TEXT: Readonly<Record<number, string>> = { 0: '初始', 1: '有效', 5: '已退订', 6: '已失效', 7: '已销毁' };
const OURS = new Set(['regionID', 'labels', 'deductions', 'price']);

const printed = (row: Row): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(row).filter(([name]) => !OURS.has(name))),
  statusText: STATUS_TEXT[Number(row.status)] ?? '',
});

/** Beijing wall time, in epoch seconds. */
const epochOf = (text: unknown): number => Date.parse(`${String(text).replace(' ', 'T')}+08:00`) / 1000;

type Deduction = { readonly deductTime: number; readonly deductAmount: number };

export const packageRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v4/flow_package/list', required: { regionID: 'string' } },
    handle: ({ account, params }) =>
      success(account.flowPackages.filter(({ regionID }) => regionID === params.regionID).map(printed)),
  },
  {
    ...{ method: 'GET', path: '/v4/flow_package/show', required: { regionID: 'string', sdpID: 'string' } },
    handle: ({ account, params }) => {
      const row = found(account, FLOW_PACKAGE, params.regionID, params.sdpID);
      return row ? success({ ...printed(row), regionID: row.regionID }) : notFound(FLOW_PACKAGE);
    },
  },
  {
    ...{ method: 'POST', place: 'query', path: '/v4/flow_package/metric' },
    required: { regionID: 'string', sdpID: 'string', startTime: 'string', endTime: 'string' },
    handle: ({ account, params }) => {
      const row = found(account, FLOW_PACKAGE, params.regionID, params.sdpID);
      if (!row) return notFound(FLOW_PACKAGE);
      const [from, to] = [epochOf(params.startTime), epochOf(params.endTime)];
      const taken = row.deductions as readonly Deduction[];
      return success(taken.filter(({ deductTime }) => deductTime >= from && deductTime <= to));
    },
  },
];

/**
 * Takes traffic from a package.
 *
 * @param leftGb what is left then
 * @returns false if there is no such package
 */
export function drain(accounts: readonly SimAccount[], id: string, leftGb: number, now: Date): boolean {
  const row = accounts.flatMap(({ flowPackages }) => flowPackages).find(one => one.id === id);
  if (!row) return false;
  const taken = { deductTime: Math.floor(now.getTime() / 1000), deductAmount: Number(row.leftVolumn) - leftGb };
  row.leftVolumn = String(leftGb);
  row.deductions = [...(row.deductions as readonly Deduction[]), taken];
  return true;
}
