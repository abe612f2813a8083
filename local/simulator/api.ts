/** One call of the API: authentic? known? sound? then handled, with the faults that strike it. */
import { type Answer, failure, gatewayRefusal } from './answers.ts';
import type { Cloud } from './cloud.ts';
import { regionClosed } from './eips.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { Params, Route } from './route.ts';
import { parameterProblems } from './route.ts';
import { routeOf } from './routes.ts';
import { claimedKey, type Received, signatureProblem } from './signature-check.ts';
import type { SimAccount } from './state.ts';

export type ApiRequest = Received & { readonly method: string; readonly path: string; readonly params: Params };

/** Calls that change nothing. Any other is thought to have changed something. */
const LOOKS = /\/(new-)?list$|\/query_|\/query-|\/show$|\/region\//;

/** The account whose key a request claims. */
export const claimedAccount = (request: ApiRequest, cloud: Cloud): SimAccount | undefined =>
  cloud.account(claimedKey(request.headers) ?? '');

export function answerCall(request: ApiRequest, cloud: Cloud, faults: readonly Fault[]): Answer {
  const { settings } = cloud.state;
  const account = claimedAccount(request, cloud);
  const refuse = (code: string, message: string, status = settings.gatewayHttpStatus): Answer =>
    gatewayRefusal(status, code, message, String(request.headers['ctyun-eop-request-id'] ?? ''));
  const struck = (kind: FaultKind): Fault | undefined => faults.find(fault => fault.kind === kind);
  if (!account?.enabled || struck('expired-key')) return refuse('CTAPI_10002', 'ctyun-EOP: invalid AK or SK');
  const { timeWindowMinutes: windowMinutes, requireBeijingTime: beijing } = settings;
  const wrong = signatureProblem(request, account, { now: gatewayNow(cloud, faults), windowMinutes, beijing });
  if (wrong) return refuse(wrong.code, wrong.message);
  const route = routeOf(request.method, request.path);
  if (!route) return refuse('CTAPI_10000', 'API Not Found', 404);
  const business = struck('business-error');
  if (business) return failure(business.code ?? 'Sim.Fault', business.message ?? 'a fault');
  const bad = parameterProblems(route, request.params) ?? closedRegion(route, request.params, account, cloud);
  if (bad) return bad;
  const answer = route.handle({ cloud, account, params: request.params, fault: kind => struck(kind as FaultKind) });
  if (!LOOKS.test(request.path)) cloud.touch();
  return reshaped(answer, struck);
}

/** The gateway's clock: the cloud's, unless a fault has it wrong. */
export function gatewayNow(cloud: Cloud, faults: readonly Fault[]): Date {
  const minutes = faults.find(({ kind }) => kind === 'clock-skew')?.minutes ?? 0;
  return new Date(cloud.clock.now().getTime() + minutes * 60_000);
}

function closedRegion(
  { required }: Route,
  { regionID }: Params,
  account: SimAccount,
  cloud: Cloud,
): Answer | undefined {
  if (!('regionID' in required)) return undefined;
  const known = cloud.state.regions.some(region => region.regionID === regionID && region.openapiAvailable);
  return known && !account.deniedRegions.includes(String(regionID)) ? undefined : regionClosed();
}

/** Shapes that differ between products and generated structs: a code as text, an object in an array. */
function reshaped({ httpStatus, body }: Answer, struck: (kind: FaultKind) => Fault | undefined): Answer {
  const { returnObj } = body;
  const wrap = struck('array-return') && returnObj !== undefined && !Array.isArray(returnObj);
  return {
    httpStatus,
    body: {
      ...body,
      ...(struck('string-status') ? { statusCode: String(body.statusCode) } : {}),
      ...(wrap ? { returnObj: [returnObj] } : {}),
    },
  };
}
