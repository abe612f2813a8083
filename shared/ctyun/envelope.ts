/**
 * Opens CTyun's answer envelope, in one place (FACTS: official SDK structs and one gateway capture).
 *
 * Business answers: `{statusCode: 800|900 (number or string), message, description, errorCode, error, returnObj}`, mostly
 * at HTTP 200. Gateway refusals: `statusCode` is a string `CTAPI_nnnnn`, at any HTTP status.
 */
import { CtyunError, type CtyunErrorDetails, type CtyunErrorKind } from './errors.ts';

/** An answer that succeeded; older list calls put their counts here, beside `returnObj`. */
export type Envelope = Readonly<Record<string, unknown>> & { readonly returnObj?: unknown };

/**
 * @param httpStatus of the answer
 * @param body its bytes
 * @returns the envelope of a successful answer
 * @throws CtyunError saying what the caller can do
 */
export function openEnvelope(httpStatus: number, body: Uint8Array): Envelope {
  const envelope = parseObject(body);
  if (httpStatus === 429) throw failure('throttled', 'HTTP_429', 'too many requests', httpStatus);
  const statusCode = textOf(envelope?.statusCode);
  if (!envelope || statusCode === undefined) throw foreignAnswer(httpStatus, body);
  if (statusCode === '800' && httpStatus < 500) return envelope;
  // Neither success nor failure in any document: nobody can tell whether a write acted.
  if (!/^(900|CT[A-Z]+_\w+)$/.test(statusCode)) throw foreignAnswer(httpStatus, body);
  throw refusal(httpStatus, statusCode, envelope);
}

function parseObject(body: Uint8Array): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Envelope) : undefined;
  } catch {
    return undefined; // Not JSON: the caller reports it by size and HTTP status; its text could hold anything.
  }
}

function foreignAnswer(httpStatus: number, body: Uint8Array): CtyunError {
  const what = body.byteLength === 0 ? 'an empty answer' : `an answer that is not CTyun's (${body.byteLength} bytes)`;
  // A 408 is a gateway that stopped waiting: like a 5xx, it says nothing about what was done.
  const kind = httpStatus >= 500 || httpStatus === 408 ? 'unavailable' : httpStatus >= 400 ? 'refused' : 'unreadable';
  return failure(kind, `HTTP_${httpStatus}`, `${what} at HTTP ${httpStatus}`, httpStatus);
}

function refusal(httpStatus: number, statusCode: string, envelope: Envelope): CtyunError {
  const code = textOf(envelope.errorCode) ?? textOf(envelope.error) ?? statusCode;
  const shown = /^CT[A-Z]+_/.test(statusCode) ? statusCode : code;
  const words = textOf(envelope.description) ?? textOf(envelope.message) ?? textOf(envelope.error_msg);
  const orderId = runningOrder(envelope.returnObj);
  const kind = orderId ? 'in-progress' : kindOfCode(shown, httpStatus);
  return failure(kind, shown, words ?? 'no message', httpStatus, orderId ? { orderId } : {});
}

const KINDS_BY_CODE: readonly (readonly [RegExp, CtyunErrorKind])[] = [
  [/^CTAPI_(10009|10002)$/, 'credentials'],
  [/^CTIAM_(0005|1044|0113)$/, 'forbidden'],
  [/\.RegionInfo\.AccessFailed$/, 'no-access'],
  [/\.order\.inprogress$/i, 'in-progress'],
  [/NotFound$/, 'not-found'],
  // Documented as passing by the official Terraform provider, which repeats it.
  [/^Openapi\.Nat\.BindLabelFailed$/, 'throttled'],
  // No throttling code is documented: these words are how such codes are commonly spelled.
  [/throttl|rate.?limit|too.?many.?request|flow.?control/i, 'throttled'],
];

/** The one place that knows codes; all others are a plain refusal, or an outage at HTTP 5xx. */
function kindOfCode(code: string, httpStatus: number): CtyunErrorKind {
  const known = KINDS_BY_CODE.find(([pattern]) => pattern.test(code));
  return known ? known[1] : httpStatus >= 500 ? 'unavailable' : 'refused';
}

// A failure that carries an order's id means that this order is running (official provider and cloudmux read it so).
const runningOrder = (returnObj: unknown): string | undefined => {
  const order: unknown = Array.isArray(returnObj) ? returnObj[0] : returnObj;
  return typeof order === 'object' && order !== null && 'masterOrderID' in order
    ? textOf(order.masterOrderID)
    : undefined;
};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

const failure = (
  kind: CtyunErrorKind,
  code: string,
  message: string,
  httpStatus: number,
  more: Partial<CtyunErrorDetails> = {},
): CtyunError => new CtyunError({ kind, code, message, httpStatus, ...more });
