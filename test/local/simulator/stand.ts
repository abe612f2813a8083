import { afterAll } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/server.ts';
import { type Answer, type Body, type Change, call, KEY } from './signing-caller.ts';

export const NOW = '2026-11-24T02:00:00Z';
export const REGION = 'r-1';
export const RENEW = 'POST /v4/eip/renew';
export const MODIFY = 'POST /v4/eip/modify-spec';
export const DELETE = 'POST /v4/eip/delete';
export const LIST = 'POST /v4/eip/new-list';
export const SHOW = 'GET /v4/eip/show';

export const bound = { status: 'ACTIVE', associationID: 'vm-1', associationType: 'INSTANCE' };

/** An EIP with a term of its own. */
export const eip = (ID: string, change: Body = {}): Body => ({
  regionID: REGION,
  ID,
  eipAddress: `198.51.100.${ID.length}`,
  expiredAt: '2026-11-30T00:00:00Z',
  ...change,
});

export type Stand = {
  readonly simulator: Simulator;
  /** Calls with region and token filled in. */
  readonly call: (operation: string, params?: Body, change?: Change) => Promise<Answer>;
  readonly show: (eipID?: string) => Promise<Body>;
  /** The errorCode of a call, or `ok`. */
  readonly verdict: (operation: string, params?: Body) => Promise<unknown>;
};

const opened: Simulator[] = [];
export const closeAll = () => afterAll(() => Promise.all(opened.map(one => one.close())));

let tokens = 0;

/** A simulator whose clock starts at NOW. */
export async function stand(
  eips: readonly Body[],
  more: { account?: Body; settings?: Body } & Body = {},
): Promise<Stand> {
  const { account, settings, ...state } = more;
  const simulator = await startSimulator({
    state: {
      now: NOW,
      regions: [{ regionID: REGION }, { regionID: 'r-2' }, { regionID: 'r-shut', openapiAvailable: false }],
      accounts: [{ name: 'main', ...KEY, eips, ...account }],
      settings: { orderSeconds: 2, bindSeconds: 1, ...settings },
      ...state,
    },
  });
  opened.push(simulator);
  const asked: Stand['call'] = (operation, params = {}, change = {}) => {
    const usual = operation.startsWith('GET')
      ? { regionID: REGION }
      : { regionID: REGION, clientToken: `t-${++tokens}` };
    return call(simulator.url, simulator.clock.now(), operation, { ...usual, ...params }, change);
  };
  return {
    simulator,
    call: asked,
    show: async (eipID = 'eip-1') => (await asked(SHOW, { eipID })).body.returnObj as Body,
    verdict: async (operation, params) => {
      const { body } = await asked(operation, params);
      return String(body.statusCode) === '800' ? 'ok' : body.errorCode;
    },
  };
}

export const month = { eipID: 'eip-1', cycleType: 'month', cycleCount: 1 };
