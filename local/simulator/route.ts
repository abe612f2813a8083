import { type Answer, badParameters } from './answers.ts';
import type { Cloud } from './cloud.ts';
import type { SimAccount, SimEip } from './state.ts';

export type Params = Readonly<Record<string, unknown>>;

/** What a handler is given: who asks, what, and which faults are to be played on it. */
export type Call = {
  readonly cloud: Cloud;
  readonly account: SimAccount;
  readonly params: Params;
  readonly fault: (kind: string) => Params | undefined;
};

type Kind = 'string' | 'number' | 'array' | 'boolean';

/** One operation of the API, as data. `regionID` is checked wherever it is required. */
export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly required: Readonly<Record<string, Kind>>;
  readonly handle: (call: Call) => Answer;
};

/** For handlers of one EIP: not found is answered here. */
export type EipCall = Call & { readonly eip: SimEip };

/** The problems of a call's parameters, as an answer. Query parameters are all text, so numbers are read from it. */
export function parameterProblems({ required, method }: Route, params: Params): Answer | undefined {
  const problems = Object.entries(required).flatMap(([name, kind]) => {
    const value = params[name];
    if (value === undefined || value === '') return [`${name} is required`];
    const actual = Array.isArray(value) ? 'array' : typeof value;
    return actual === kind || (method === 'GET' && kind === 'number' && /^\d+$/.test(String(value)))
      ? []
      : [`${name} must be of type ${kind}`];
  });
  const token = params.clientToken;
  problems.push(...rangeProblems(params));
  if (token !== undefined && (typeof token !== 'string' || token.length > 64))
    problems.push('clientToken has 1 to 64 characters');
  return problems.length > 0 ? badParameters(problems) : undefined;
}

const MOST: Readonly<Record<string, number>> = { month: 11, year: 3 };

/** Terms have 1-11 months or 1-3 years; the largest bandwidth is not established (300 to 1024): the wider one. */
function rangeProblems({ cycleType, cycleCount, bandwidth }: Params): string[] {
  const inRange = (value: unknown, most: number) =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
  const problems: string[] = [];
  const most = MOST[String(cycleType)];
  if (cycleType !== undefined && cycleType !== 'on_demand' && !inRange(cycleCount, most ?? 0))
    problems.push('cycleType and cycleCount must be 1 to 11 months, 1 to 3 years, or on_demand');
  if (bandwidth !== undefined && !inRange(bandwidth, 1024)) problems.push('bandwidth must be 1 to 1024');
  return problems;
}

/** Cuts a list to the asked page. @returns a parameter error for a page size outside 1 to 50 */
export function paged<T>(rows: readonly T[], params: Params): { rows: T[]; counts: Record<string, number> } | Answer {
  const pageNo = Number(params.pageNo ?? params.pageNumber ?? params.page ?? 1);
  const pageSize = Number(params.pageSize ?? 10);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 50) return badParameters(['pageSize must be 1 to 50']);
  if (!Number.isInteger(pageNo) || pageNo < 1) return badParameters(['pageNo must be at least 1']);
  const page = rows.slice((pageNo - 1) * pageSize, pageNo * pageSize);
  const counts = { currentCount: page.length, totalCount: rows.length, totalPage: Math.ceil(rows.length / pageSize) };
  return { rows: page, counts };
}

export const isAnswer = (value: object): value is Answer => 'httpStatus' in value;
