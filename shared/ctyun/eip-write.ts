import type { BodyValue, Operation } from './operation.ts';

/** Names one EIP. */
export type EipParams = { regionID: string; eipID: string };

/** A change of one EIP: every one is a POST with a `clientToken` that makes it idempotent. */
export const eipWrite = <P extends EipParams & Record<string, BodyValue>, A>(
  name: string,
  path: string,
  answer: Operation<P, A>['answer'],
): Operation<P, A> => ({ name, method: 'POST', product: 'ctvpc', path, effect: 'write', token: 'idempotent', answer });
