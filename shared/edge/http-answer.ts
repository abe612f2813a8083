import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Refusal } from '../chat/refusal.ts';

export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** An answer in JSON that nobody on the way keeps. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

const NAMES: Readonly<Record<number, string>> = { 401: 'unauthorized', 405: 'method-not-allowed', 413: 'too-large' };

/** What an outsider is told: never which check failed. */
export const refusedAnswer = ({ status }: Refusal): HttpAnswer => json(status, { error: NAMES[status] ?? 'refused' });
