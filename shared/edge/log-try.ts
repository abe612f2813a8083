import type { Tried } from '../ctyun/client.ts';
import type { Log } from './log.ts';

/** A line for every call to CTyun that failed. */
export function logTry(log: Log, account: string, { result, ...tried }: Tried): void {
  if (result !== 'ok') log.warn('ctyun call failed', { account, ...tried, result });
}
