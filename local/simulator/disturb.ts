/** How an answer reaches the caller, or does not. */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './answers.ts';
import type { Fault, FaultKind } from './faults.ts';

/** These strike before anything is done; `acted: true` lets a garbled answer come after the deed. */
const BEFORE: ReadonlySet<FaultKind> = new Set(['throttle', 'status', 'reset-before', 'hang-before']);
const GARBLED: ReadonlySet<FaultKind> = new Set(['garbage', 'html', 'empty', 'huge']);

/** Whether the call is carried out at all. */
export const isActedFirst = (faults: readonly Fault[]): boolean =>
  !faults.some(({ kind, acted }) => BEFORE.has(kind) || (GARBLED.has(kind) && acted !== true));

/**
 * Answers, late or not at all.
 *
 * @param arrivedMs of `performance.now()`: a latency is all that passes from here to the answer
 */
export async function disturb(
  response: ServerResponse,
  answer: Answer | undefined,
  faults: readonly Fault[],
  now: Date,
  arrivedMs: number,
): Promise<void> {
  response.setHeader('Date', now.toUTCString());
  const latency = faults.find(({ kind }) => kind === 'latency');
  if (latency) await pause(Math.max(0, (latency.ms ?? 1000) - (performance.now() - arrivedMs)));
  const fault = faults.find(({ kind }) => BEFORE.has(kind) || GARBLED.has(kind) || kind.endsWith('-after'));
  if (fault) return play(fault, response);
  if (!answer) throw new Error('nothing was done and no fault says why');
  response.writeHead(answer.httpStatus, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
}

const HTML = '<html><head><title>502 Bad Gateway</title></head><body>openresty</body></html>';

function play({ kind, status, retryAfterSeconds }: Fault, response: ServerResponse): void {
  const html = (code: number) => void response.writeHead(code, { 'content-type': 'text/html' }).end(HTML);
  if (kind.startsWith('reset')) response.destroy();
  else if (kind.startsWith('hang'))
    return; // Never answered; the caller's patience ends it.
  else if (kind === 'status') html(status ?? 502);
  else if (kind === 'html') html(status ?? 200);
  else if (kind === 'empty') response.writeHead(200).end();
  else if (kind === 'garbage') response.writeHead(200, { 'content-type': 'application/json' }).end('{"statusCode": 8');
  else if (kind === 'huge') response.writeHead(200).end(Buffer.alloc(9 * 1024 * 1024, 0x20));
  else
    response
      .writeHead(429, retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) })
      .end('{}');
}
