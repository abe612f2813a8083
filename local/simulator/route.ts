import { type Answer, badParameters, failure, PLACEHOLDER } from './answers.ts';
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
  /** Where its parameters are, if not where the method says. */
  readonly place?: 'query';
  readonly required: Readonly<Record<string, Kind>>;
  /** The least and the most Mbps, where they are not an EIP's. */
  readonly mbps?: readonly [number, number];
  /** The most of each cycle, where terms are not the usual ones; then `on_demand` is none of them. */
  readonly terms?: Readonly<Record<string, number>>;
  readonly handle: (call: Call) => Answer;
};

/** For handlers of one EIP: not found is answered here. */
export type EipCall = Call & { readonly eip: SimEip };

/** The problems of a call's parameters, as an answer. Query parameters are all text, so numbers are read from it. */
export function parameterProblems(route: Route, params: Params): Answer | undefined {
  const { required, method } = route;
  const problems = Object.entries(required).flatMap(([name, kind]) => {
    const value = params[name];
    if (value === undefined || value === '') return [`${name} is required`];
    const actual = Array.isArray(value) ? 'array' : typeof value;
    return actual === kind || (method === 'GET' && kind === 'number' && /^\d+$/.test(String(value)))
      ? []
      : [`${name} must be of type ${kind}`];
  });
  const token = params.clientToken;
  problems.push(...rangeProblems(route, params));
  if (token !== undefined && (typeof token !== 'string' || token.length > 64))
    problems.push('clientToken has 1 to 64 characters');
  return problems.length > 0 ? badParameters(problems) : undefined;
}

const USUAL_TERMS: Readonly<Record<string, number>> = { month: 11, year: 3 };
/** The largest bandwidth of an EIP is not established (300 to 1024): the wider one. */
const EIP_MBPS = [1, 1024] as const;

function rangeProblems(route: Route, { cycleType, cycleCount, bandwidth }: Params): string[] {
  const inRange = (value: unknown, [least, most]: readonly [number, number]) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  const problems: string[] = [];
  const terms = route.terms ?? USUAL_TERMS;
  const onDemand = cycleType === 'on_demand' && !route.terms && !('cycleCount' in route.required);
  if (cycleType !== undefined && !onDemand && !inRange(cycleCount, [1, terms[String(cycleType)] ?? 0]))
    problems.push(
      `cycleType and cycleCount must be within ${JSON.stringify(terms)}${route.terms ? '' : ' or on_demand'}`,
    );
  const mbps = route.mbps ?? EIP_MBPS;
  if (bandwidth !== undefined && !inRange(bandwidth, mbps)) problems.push(`bandwidth must be ${mbps.join(' to ')}`);
  return problems;
}

/** The parameters of a call but its token: what must be the same when a token comes again. */
export const withoutToken = ({ clientToken: _, ...rest }: Params): Params => rest;

const inOrder = (params: Params): string =>
  JSON.stringify(Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)));
export const sameParams = (one: Params, other: Params): boolean => inOrder(one) === inOrder(other);

/** A change that is no order: the same token is answered as before, and nothing is done twice. */
export function once(handle: Route['handle']): Route['handle'] {
  return call => {
    const { cloud, account, params } = call;
    if (params.clientToken === undefined || !cloud.state.settings.tokenIdempotency) return handle(call);
    const key = `${account.name} ${String(params.clientToken)}`;
    const [asked, before] = [inOrder(withoutToken(params)), cloud.answered.get(key)];
    if (before)
      return before.asked === asked ? before.answer : failure(PLACEHOLDER.token, 'the token is another call’s');
    const answer = handle(call);
    if (answer.body.statusCode === 800) cloud.answered.set(key, { asked, answer });
    return answer;
  };
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

/** The asked page, with the faults that a list can have. */
export function faultyPage<T>(all: readonly T[], { params, fault }: Call): ReturnType<typeof paged<T>> {
  const page = paged(all, params);
  if (isAnswer(page)) return page;
  const { rows, counts } = page;
  if (fault('short-page')) rows.pop();
  if (fault('duplicate-row') && rows[0]) rows[rows.length - 1] = rows[0];
  const delta = Number(fault('wrong-count')?.delta ?? 0);
  return { rows, counts: { ...counts, currentCount: rows.length, totalCount: (counts.totalCount ?? 0) + delta } };
}

export const isAnswer = (value: object): value is Answer => 'httpStatus' in value;
