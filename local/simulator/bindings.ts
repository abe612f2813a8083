/** Binds and unbinds. Asynchronous: the EIP passes through a state of its own. */
import { type Answer, badParameters, eipNotFound, failure, PLACEHOLDER, success } from './answers.ts';
import { unbind } from './cloud.ts';
import type { Call, EipCall, Params, Route } from './route.ts';

const PASSING = 'BANGDING_OR_UNBANDING';
const TYPES: Readonly<Record<number, string>> = { 1: 'INSTANCE', 2: 'VIP', 3: 'PHYSICALINSTANCE' };

const onEip = (call: Call, act: (call: EipCall) => Answer): Answer => {
  const eip = call.cloud.eip(call.account, call.params.regionID, call.params.eipID);
  return eip ? act({ ...call, eip }) : eipNotFound();
};

const wrongState = (status: unknown): Answer => failure(PLACEHOLDER.state, `not in state ${String(status)}`);

function bind({ cloud, eip }: EipCall, to: Params): Answer {
  if (eip.status !== 'DOWN') return wrongState(eip.status);
  eip.status = PASSING;
  cloud.later(cloud.state.settings.bindSeconds, () =>
    Object.assign(eip, to, { status: 'ACTIVE', privateIpAddress: '192.168.0.10' }),
  );
  cloud.settle();
  return success();
}

const route = (name: string, required: Route['required'], act: (call: EipCall) => Answer): Route => ({
  method: 'POST',
  path: `/v4/eip/${name}`,
  required: { clientToken: 'string', regionID: 'string', eipID: 'string', ...required },
  handle: call => onEip(call, act),
});

const port = (name: string, associationType: string): Route =>
  route(name, { sourceID: 'string', portID: 'string' }, call =>
    bind(call, { associationID: call.params.sourceID, associationType, portID: call.params.portID }),
  );

export const bindingRoutes: readonly Route[] = [
  route('associate', { associationID: 'string', associationType: 'number' }, call => {
    const { associationID, associationType } = call.params;
    const type = TYPES[Number(associationType)];
    if (!type) return badParameters(['associationType must be 1, 2 or 3']);
    return bind(call, { associationID, associationType: type, portID: `port-${call.eip.ID.slice(4)}` });
  }),
  port('attach-port-vm', 'INSTANCE'),
  port('attach-port-bm', 'PHYSICALINSTANCE'),
  route('disassociate', {}, ({ cloud, eip }) => {
    if (eip.status !== 'ACTIVE') return wrongState(eip.status);
    eip.status = PASSING;
    cloud.later(cloud.state.settings.bindSeconds, () => unbind(eip));
    cloud.settle();
    return success();
  }),
];
