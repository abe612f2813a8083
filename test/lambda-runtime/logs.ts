import { expect } from 'vitest';
import { emfProblems } from '../edge/emf.ts';
import { SECRETS, type Site } from './site.ts';

type Line = Readonly<Record<string, unknown>>;

/** The log's lines, each of which must be JSON. */
export const linesOf = (lambda: { lines: () => readonly string[] }): Line[] =>
  lambda.lines().map(line => JSON.parse(line) as Line);

/** What is zero is not sent. */
const ZEROS = Object.fromEntries(
  ['Acted', 'Failed', 'Refused', 'Unknown', 'UnknownOldOrders', 'ApiCalls', 'SpentCny'].map(name => [name, 0]),
);

export const metricsOf = (lambda: { lines: () => readonly string[] }): Line[] =>
  linesOf(lambda).flatMap(line => ('_aws' in line ? [{ ...ZEROS, ...line }] : []));

export const messagesOf = (lambda: { lines: () => readonly string[] }): unknown[] =>
  linesOf(lambda).map(line =>
    '_aws' in line ? 'metrics' : typeof line.message === 'object' ? 'thrown' : line.message,
  );

/** What must hold of every process of a test, whatever it was asked: nothing but JSON is written, valid metrics, no secret. */
export function checkLogs(site: Site): void {
  for (const lambda of site.lambdas()) {
    for (const line of linesOf(lambda)) {
      if ('_aws' in line) expect(emfProblems(line)).toEqual([]);
      else expect(line).toMatchObject({ level: expect.any(String), timestamp: expect.any(String) });
    }
    const whole = lambda.lines().join('\n');
    for (const secret of SECRETS) expect(whole).not.toContain(secret);
  }
}
