import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiRequest, answerCall, claimedAccount, gatewayNow } from './api.ts';
import { recordOf } from './call-record.ts';
import { Cloud } from './cloud.ts';
import { control } from './control.ts';
import { disturb, isActedFirst } from './disturb.ts';
import { Faults } from './faults.ts';
import { drain } from './packages.ts';
import type { CallRecord, OrderRecord } from './records.ts';
import { routeOf } from './routes.ts';

/** CTyun on one machine: every product behind one URL. The handles are those of the routes under /_sim/. */
export type Simulator = {
  readonly url: string;
  readonly close: () => Promise<void>;
  readonly load: (state: unknown) => void;
  readonly state: () => unknown;
  /** The state as `load` takes it: what another simulator goes on with. */
  readonly kept: () => unknown;
  readonly orders: () => readonly OrderRecord[];
  readonly calls: () => readonly CallRecord[];
  readonly faults: (list: unknown) => void;
  /** Takes traffic from a package until so many GB are left; false if there is no such package. */
  readonly drain: (id: string, leftGb: number) => boolean;
  readonly clock: { now(): Date; set(instant: Date): void; advance(seconds: number): void };
};

const EMPTY_STATE = { accounts: [{ name: 'main', accessKey: '0'.repeat(32), secretKey: '0'.repeat(32) }] };

/**
 * Starts the simulator on 127.0.0.1.
 *
 * @param options `port` 0 or none = any free one; `state` as README.md beside this file says
 * @throws BadInput naming every problem of the state
 */
export async function startSimulator({
  port = 0,
  state = EMPTY_STATE,
}: {
  port?: number;
  state?: unknown;
} = {}): Promise<Simulator> {
  const cloud = new Cloud(state);
  const faults = new Faults();
  const calls: CallRecord[] = [];
  const handles = {
    load: (next: unknown) => cloud.load(next),
    state: () => {
      cloud.settle();
      // What is handed out may be changed by whoever asked.
      cloud.touch();
      return { now: cloud.clock.now(), ...cloud.state };
    },
    kept: () => {
      cloud.settle();
      return cloud.state;
    },
    orders: () => {
      cloud.settle();
      return cloud.orders;
    },
    calls: () => calls,
    clearCalls: () => void calls.splice(0),
    faults: (list: unknown) => faults.replace(list),
    faultList: () => faults.list(),
    drain: (id: string, leftGb: number) => {
      cloud.touch();
      return drain(cloud.state.accounts, id, leftGb, cloud.clock.now());
    },
    clock: cloud.clock,
  };
  const server = createServer((request, response) => {
    // A caller that goes away in mid-request is no reason to fall.
    serve(request, response).catch(() => response.destroy());
  });
  // Callers keep connections: an idle one must not be cut just when it is used again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedMs = performance.now();
    const body = await bodyOf(request);
    const [path = '/', rawQuery = ''] = (request.url ?? '/').split('?');
    const method = request.method ?? 'GET';
    if (path.startsWith('/_sim/')) {
      const answer = control(method, path, body.toString(), handles);
      response.setHeader('Date', cloud.clock.now().toUTCString());
      return reply(response, answer);
    }
    const inQuery = method === 'GET' || routeOf(method, path)?.place === 'query';
    const params = inQuery ? Object.fromEntries(new URLSearchParams(rawQuery)) : jsonOf(body);
    await serveApi({ method, path, rawQuery, body, params, headers: request.headers }, response, arrivedMs);
  }

  async function serveApi(call: ApiRequest, response: ServerResponse, arrivedMs: number): Promise<void> {
    cloud.settle();
    const account = claimedAccount(call, cloud)?.name;
    const struck = faults.strike({ path: call.path, account, params: call.params });
    const acts = isActedFirst(struck);
    const answer = acts ? answerCall(call, cloud, struck) : undefined;
    calls.push(recordOf(call, account, answer, struck[0]?.kind, cloud.clock.now()));
    await disturb(response, answer, struck, gatewayNow(cloud, struck), arrivedMs);
  }

  return {
    url,
    ...handles,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function jsonOf(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // The route then misses its required parameters and says which.
  }
}

function reply(response: ServerResponse, { status, value }: { status: number; value: unknown }): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
