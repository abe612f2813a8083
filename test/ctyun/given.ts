import * as z from 'zod/mini';
import { type ClientOptions, type CtyunClient, createClient, type Tried } from '../../shared/ctyun/client.ts';
import { CtyunError } from '../../shared/ctyun/errors.ts';
import { type Operation, objectOf } from '../../shared/ctyun/operation.ts';
import { sendOverHttp } from '../../shared/edge/network.ts';
import type { Credentials } from '../../shared/model/credentials.ts';
import { authorizationOf } from './four-hmacs.ts';
import { type Script, type ScriptedServer, type Seen, scriptedServer } from './scripted-server.ts';

export const NOW = new Date('2026-08-19T15:59:58Z');
export const OLD: Credentials = { accessKey: 'a'.repeat(32), secretKey: 'b'.repeat(32) };
export const NEW: Credentials = { accessKey: 'a'.repeat(32), secretKey: 'c'.repeat(32) };

const thing = objectOf(z.object({ name: z.string() }));
const base = { product: 'ctvpc', answer: thing } as const;
type Thing = { name: string };
export const readThing: Operation<{ q: string }, Thing> = {
  ...{ ...base, name: 'readThing', path: '/v4/thing/show' },
  ...{ method: 'GET', effect: 'read', token: 'none' },
};
export const findThing: Operation<{ q: string }, Thing> = {
  ...{ ...base, name: 'findThing', path: '/v4/thing/list' },
  ...{ method: 'POST', effect: 'read', token: 'any' },
};
export const buyThing: Operation<{ name: string }, Thing> = {
  ...{ ...base, name: 'buyThing', path: '/v4/thing/buy' },
  ...{ method: 'POST', effect: 'write', token: 'idempotent' },
};

export const ok = (returnObj: unknown = { name: 'it' }) => ({ body: { statusCode: 800, returnObj } });
export const no = (errorCode: string, description = 'no') => ({ body: { statusCode: 900, errorCode, description } });
export const badSignature = (headers: Record<string, string> = {}) => ({
  ...{ status: 401, headers },
  body: { statusCode: 'CTAPI_10009', error: '10009', message: 'ctyun-EOP: signature verification failed' },
});

export type Given = {
  readonly client: CtyunClient;
  readonly server: ScriptedServer;
  /** Waits between tries, in milliseconds; the clock moves on by them. */
  readonly slept: readonly number[];
  readonly refreshed: readonly Credentials[];
  readonly tries: readonly Tried[];
};

/** A client with a clock that only sleeping moves, talking over real HTTP to a server that follows the script. */
export async function given(script: Script, options: Partial<ClientOptions> = {}): Promise<Given> {
  const server = await scriptedServer(script);
  const state = { now: NOW.getTime(), held: OLD, ids: 0 };
  const slept: number[] = [];
  const refreshed: Credentials[] = [];
  const tries: Tried[] = [];
  const client = createClient({
    credentials: {
      current: async () => state.held,
      refresh: async used => {
        refreshed.push(used);
        state.held = NEW;
        return NEW;
      },
    },
    endpoint: () => server.url,
    wire: sendOverHttp,
    clock: {
      now: () => new Date(state.now),
      sleep: async ms => {
        slept.push(ms);
        state.now += ms;
      },
    },
    newId: () => `id-${++state.ids}`,
    random: () => 0.5,
    concurrency: 4,
    timeoutMs: 5_000,
    retry: { tries: 5, firstDelayMs: 200, maxDelayMs: 1_000 },
    deadline: new Date(NOW.getTime() + 60_000),
    onTry: tried => void tries.push(tried),
    ...options,
  });
  return { client, server, slept, refreshed, tries };
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<CtyunError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof CtyunError) return error;
  throw error;
}

export const header = (seen: Seen, name: string): string => String(seen.headers[name] ?? '');

/** True if what came over the wire carries the signature of this key for its own date, id, query and body. */
export function authentic(seen: Seen, credentials: Credentials): boolean {
  const requestId = header(seen, 'ctyun-eop-request-id');
  const parts = { requestId, date: header(seen, 'eop-date'), query: seen.query, body: seen.body };
  return header(seen, 'eop-authorization') === authorizationOf(credentials, parts);
}
