import pLimit from 'p-limit';
import type { Clock } from '../model/clock.ts';
import type { CredentialSource, Credentials } from '../model/credentials.ts';
import { CtyunError, type CtyunErrorKind, mayResend } from './errors.ts';
import { exchange, named } from './exchange.ts';
import type { BodyValue, Operation, Product } from './operation.ts';
import { type Pace, paceOf } from './pace.ts';
import { repairsOnce, type SkewedClock, skewedClock } from './repairs.ts';
import { signedRequest } from './request.ts';
import { delayMs, type RetryPolicy } from './retry.ts';
import type { Wire } from './wire.ts';

/** Everything a client needs from outside; one client serves one account during one run. */
export type ClientOptions = {
  readonly credentials: CredentialSource;
  /** Scheme and host of a product. */
  readonly endpoint: (product: Product) => string;
  readonly wire: Wire;
  readonly clock: Clock;
  /** A fresh UUID. */
  readonly newId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls in flight at once. */
  readonly concurrency: number;
  /** For one try. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** No try starts after this, and none lasts longer. */
  readonly deadline: Date;
  /** Told of every try, for logs and metrics. */
  readonly onTry?: (tried: Tried) => void;
};

export type Tried = {
  readonly operation: string;
  readonly requestId: string;
  readonly result: 'ok' | CtyunErrorKind;
  readonly code?: string;
  /** How long it took; none where the time was up before anything was sent. */
  readonly milliseconds: number | null;
};

export type CtyunClient = {
  /**
   * Calls one operation: signs, sends, opens the envelope, checks the answer. Every try signs anew.
   * Reads are sent again after passing faults; writes only where it is certain that nothing was acted upon.
   * After a refusal for its rate all calls of the account are sent more slowly.
   * A refused signature is tried again once with the clock corrected, and once with the key fetched anew.
   *
   * @param token the `clientToken` of an idempotent write; the caller keeps it for every repetition
   * @param until no try starts after it, and none lasts longer, whatever time the run has left
   * @param tries how often at most; 1 = nothing is sent again, not even after a refused signature
   * @throws CtyunError saying what can be done; ConfigError when there are no credentials
   */
  call<P extends Record<string, BodyValue>, A>(
    operation: Operation<P, A>,
    params: P,
    token?: string,
    until?: Date,
    tries?: number,
  ): Promise<A>;
};

type Call<A> = (requestId: string, credentials: Credentials) => Promise<A>;

export function createClient(options: ClientOptions): CtyunClient {
  const gate = pLimit(options.concurrency);
  const clock = skewedClock(options.clock);
  const pace = paceOf(options.clock);

  const once =
    <P extends Record<string, BodyValue>, A>(
      bounded: ClientOptions,
      operation: Operation<P, A>,
      params: P,
      token?: string,
    ): Call<A> =>
    async (requestId, credentials) => {
      const { endpoint, wire } = options;
      const attempt = { credentials, instant: clock.now(), requestId, endpoint, token };
      const request = signedRequest(operation, params, attempt);
      const timeoutMs = Math.min(options.timeoutMs, timeLeft(bounded));
      return operation.answer(await exchange(wire, request, timeoutMs, options.clock.now()));
    };

  return {
    call: (operation, params, token, until = options.deadline, tries = options.retry.tries) => {
      const deadline = until < options.deadline ? until : options.deadline;
      const bounded = { ...options, deadline, retry: { ...options.retry, tries } };
      const attempt = once(bounded, operation, params, token);
      return gate(() => persist(operation.name, operation.effect, attempt, bounded, { clock, pace }));
    },
  };
}

async function persist<A>(
  name: string,
  effect: 'read' | 'write',
  once: Call<A>,
  options: ClientOptions,
  { clock, pace }: { readonly clock: SkewedClock; readonly pace: Pace },
): Promise<A> {
  const repairs = repairsOnce(options.credentials, clock);
  for (let failed = 0; ; ) {
    await pace.turn(timeLeft(options));
    const credentials = await options.credentials.current();
    const skewMs = clock.skewMs();
    const requestId = options.newId();
    const began = timeLeft(options) > 0 ? options.clock.now().getTime() : null;
    const milliseconds = () => (began === null ? null : options.clock.now().getTime() - began);
    try {
      if (began === null) throw outOfTime();
      const answer = await once(requestId, credentials);
      pace.letThrough();
      options.onTry?.({ operation: name, requestId, result: 'ok', milliseconds: milliseconds() });
      return answer;
    } catch (error) {
      const failure = named(error, name, requestId, credentials);
      if (!(failure instanceof CtyunError)) throw failure;
      const { kind, code } = failure;
      options.onTry?.({ operation: name, requestId, result: kind, code, milliseconds: milliseconds() });
      if (kind === 'throttled') pace.refused();
      const single = options.retry.tries <= 1;
      if (!single && failure.kind === 'credentials' && (await repairs(failure, { credentials, skewMs }))) continue;
      failed += 1;
      if (!(await waited(failure, effect, failed, options))) throw failure;
    }
  }
}

/** @returns true after waiting, false if the call may not be sent again or there is no time left to */
async function waited(error: CtyunError, effect: 'read' | 'write', failed: number, options: ClientOptions) {
  if (!mayResend(error.kind, effect) || failed >= options.retry.tries) return false;
  const wait = delayMs(options.retry, failed, options.random(), error.details.retryAfterMs);
  if (wait >= timeLeft(options)) return false;
  await options.clock.sleep(wait);
  return true;
}

const timeLeft = ({ deadline, clock }: ClientOptions): number => deadline.getTime() - clock.now().getTime();

const outOfTime = (): CtyunError =>
  new CtyunError({ kind: 'not-sent', code: 'OUT_OF_TIME', message: 'the time of this run is used up' });
