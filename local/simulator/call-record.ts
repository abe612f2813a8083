import type { Answer } from './answers.ts';
import type { ApiRequest } from './api.ts';
import type { CallRecord } from './records.ts';

/** A call as the control routes and tests read it. */
export function recordOf(
  { method, path, params, headers }: ApiRequest,
  account: string | undefined,
  answer: Answer | undefined,
  fault: string | undefined,
  at: Date,
): CallRecord {
  const text = (name: string) => (typeof params[name] === 'string' ? { [name]: params[name] } : {});
  return {
    at: at.toISOString(),
    account: account ?? null,
    method,
    path,
    requestId: String(headers['ctyun-eop-request-id'] ?? ''),
    eopDate: String(headers['eop-date'] ?? ''),
    ...text('clientToken'),
    ...text('regionID'),
    ...text('eipID'),
    ...text('bandwidthID'),
    httpStatus: answer?.httpStatus ?? null,
    statusCode: answer ? String(answer.body.statusCode) : null,
    ...(fault ? { fault } : {}),
  };
}
