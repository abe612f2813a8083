/** The simulator without its socket: the same checks and the same cloud, called in the process. */
import { answerCall } from '../../local/simulator/api.ts';
import type { SimTime } from '../../local/simulator/clock.ts';
import { Cloud } from '../../local/simulator/cloud.ts';
import { Faults } from '../../local/simulator/faults.ts';
import type { WireAnswer, WireRequest } from '../../shared/ctyun/wire.ts';

export type CloudHere = {
  readonly cloud: Cloud;
  readonly faults: Faults;
  /** Acts on a signed request. */
  readonly act: (request: WireRequest) => WireAnswer;
};

export function cloudHere(state: unknown, clock: SimTime): CloudHere {
  const cloud = new Cloud(state, clock);
  const faults = new Faults();
  const act = ({ method, url, headers, body = new Uint8Array() }: WireRequest): WireAnswer => {
    cloud.settle();
    const { pathname, search, searchParams } = new URL(url);
    const bytes = Buffer.from(body);
    const params = method === 'GET' ? Object.fromEntries(searchParams) : (JSON.parse(bytes.toString()) as object);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const call = {
      method,
      path: pathname,
      rawQuery: search.slice(1),
      body: bytes,
      params: { ...params },
      headers: lower,
    };
    const struck = faults.strike({ path: pathname, account: 'main', params: { ...params } });
    const answer = answerCall(call, cloud, struck);
    const date = cloud.clock.now().toUTCString();
    return { status: answer.httpStatus, headers: { date }, body: Buffer.from(JSON.stringify(answer.body)) };
  };
  return { cloud, faults, act };
}
