/** The envelopes of the API, field by field as its examples have them. */

export type Answer = { readonly httpStatus: number; readonly body: Record<string, unknown> };

export const success = (returnObj?: unknown, top: Record<string, unknown> = {}): Answer => ({
  httpStatus: 200,
  body: {
    statusCode: 800,
    errorCode: 'SUCCESS',
    message: 'success',
    description: '成功',
    ...(returnObj === undefined ? {} : { returnObj }),
    ...top,
  },
});

/** Success as the compute product (ctecs) answers lists: neither errorCode nor description. */
export const computeSuccess = (returnObj: unknown): Answer => ({
  httpStatus: 200,
  body: { statusCode: 800, message: 'SUCCESS', returnObj },
});

/** A business failure: HTTP 200, statusCode 900. */
export const failure = (errorCode: string, message: string, returnObj: unknown = {}): Answer => ({
  httpStatus: 200,
  body: { statusCode: 900, errorCode, error: errorCode, message, description: message, returnObj },
});

/** The gateway's refusal, before any product is reached. */
export function gatewayRefusal(httpStatus: number, code: string, message: string, requestId: string): Answer {
  const number = code.replace('CTAPI_', '');
  return {
    httpStatus,
    body: { requestId, error: number, code: number, message, eopErrCode: number, statusCode: code, returnObj: {} },
  };
}

export const eipNotFound = (): Answer => failure('Openapi.Eip.NotFound', 'eip not found');
export const badParameters = (problems: readonly string[]): Answer =>
  failure('Openapi.Parameter.Error', `parameter error: ${problems.join('; ')}`);

/** Codes that no source tells: ours, and marked so. */
export const PLACEHOLDER = {
  balance: 'Sim.Balance.Insufficient',
  state: 'Sim.Eip.StateInvalid',
  token: 'Sim.ClientToken.ParametersDiffer',
  price: 'Sim.Price.Unavailable',
  order: 'Sim.Order.NotFound',
} as const;
