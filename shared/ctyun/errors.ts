/**
 * What the caller can do about a failed call.
 *
 * - `throttled`: not acted upon; wait and send again.
 * - `unavailable`: the service or the way to it is down. A read may be sent again.
 * - `unreadable`: an answer came that is not the API's. A read may be sent again; of a write nobody knows if it acted.
 * - `lost`: no answer came. As above.
 * - `not-sent`: no connection was made, so nothing was acted upon.
 * - `credentials`: signature or key refused; refresh the key, then a person must look.
 * - `forbidden`: the key lacks a permission. `no-access`: unknown region, or one closed to the account.
 * - `in-progress`: another order runs on the resource (`orderId`).
 * - `not-found`: the resource is gone.
 * - `refused`: any other refusal by the API; sending the same again will not help.
 */
export type CtyunErrorKind =
  | 'throttled'
  | 'unavailable'
  | 'unreadable'
  | 'lost'
  | 'not-sent'
  | 'credentials'
  | 'forbidden'
  | 'no-access'
  | 'in-progress'
  | 'not-found'
  | 'refused';

export type CtyunErrorDetails = {
  readonly kind: CtyunErrorKind;
  /** The API's own code (`Openapi.Order.Inprogress`, `CTAPI_10009`), or ours where it gave none. */
  readonly code: string;
  readonly message: string;
  readonly httpStatus?: number;
  /** The order that is running, for `in-progress`. */
  readonly orderId?: string;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The server's clock, when it said so. */
  readonly serverDate?: Date;
};

/** A call to CTyun that did not succeed. Messages hold no credentials and no request bodies. */
export class CtyunError extends Error {
  override readonly name = 'CtyunError';
  readonly details: CtyunErrorDetails;
  /** The operation that failed, for instance `renewEip`; set where the call is made. */
  readonly operation: string;
  readonly requestId: string;

  constructor(details: CtyunErrorDetails, operation = '', requestId = '', options?: ErrorOptions) {
    super(`${operation ? `${operation}: ` : ''}${details.message} (${details.code})`, options);
    this.details = details;
    this.operation = operation;
    this.requestId = requestId;
  }

  get kind(): CtyunErrorKind {
    return this.details.kind;
  }

  get code(): string {
    return this.details.code;
  }
}

const SURELY_NOT_ACTED: ReadonlySet<CtyunErrorKind> = new Set(['throttled', 'not-sent']);
const PASSING: ReadonlySet<CtyunErrorKind> = new Set(['throttled', 'not-sent', 'unavailable', 'unreadable', 'lost']);

/** True if the same request may be sent again without asking: any passing fault of a read, a write only if it never acted. */
export const mayResend = (kind: CtyunErrorKind, effect: 'read' | 'write'): boolean =>
  (effect === 'read' ? PASSING : SURELY_NOT_ACTED).has(kind);

/** True if nobody can tell whether the write acted: it must be looked at before the same is sent again. */
export const outcomeUnknown = (kind: CtyunErrorKind): boolean => PASSING.has(kind) && !SURELY_NOT_ACTED.has(kind);
