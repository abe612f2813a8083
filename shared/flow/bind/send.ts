import { associateEip, attachEipToVmPort, disassociateEip } from '../../ctyun/binding.ts';
import type { CtyunClient } from '../../ctyun/client.ts';
import { CtyunError, outcomeUnknown } from '../../ctyun/errors.ts';
import type { Binding, BindStep, Place } from '../../model/binding.ts';
import { ConfigError } from '../../model/errors.ts';
import { tokenOf } from '../../model/token.ts';
import { KINDS } from './goal.ts';
import { type BindWorld, type Held, later, SEND_MS } from './world.ts';
import { write } from './write.ts';

/** Writes down what is about to be sent, sends it, writes down what came of it. Only looking tells whether it happened. */
export async function send(held: Held, deed: BindStep['deed'], again: boolean, world: BindWorld): Promise<Held> {
  const { steps } = held.value;
  const at = steps.findLastIndex(step => step.deed === deed);
  const index = again ? at : steps.length;
  const sendings = again ? (steps[at]?.sendings ?? 0) + 1 : 1;
  const step: BindStep = { deed, result: 'sent', sendings, at: world.clock.now(), note: null };
  const written = await write(held, { steps: steps.toSpliced(index, 1, step) }, world);
  // The same call of the same step has the same token, whoever repeats it.
  const token = tokenOf(deed, { request: held.value.id, index });
  const came = await call(written.value, deed, token, world);
  return write(written, { steps: steps.toSpliced(index, 1, { ...step, ...came, at: world.clock.now() }) }, world);
}

type Came = Pick<BindStep, 'result' | 'note'>;

async function call(binding: Binding, deed: BindStep['deed'], token: string, world: BindWorld): Promise<Came> {
  const { begun, order } = binding;
  const client = world.clientOf(order.request.account);
  const eip = { regionID: order.request.region, eipID: begun?.eip.id ?? '' };
  const to = deed === 'restore' ? begun?.before : begun?.goal;
  const until = later(world, SEND_MS);
  try {
    if (deed === 'unbind') await client.call(disassociateEip, eip, token, until);
    else if (to) await bindTo(client, eip, to, token, until);
    return { result: 'accepted', note: null };
  } catch (error) {
    return cameOf(error);
  }
}

/** Only a known kind of error is an answer; a bug goes on. */
function cameOf(error: unknown): Came {
  if (error instanceof ConfigError) return { result: 'refused', note: 'credentials' };
  if (!(error instanceof CtyunError)) throw error;
  const note = `${error.details.message} (${error.code})`;
  if (outcomeUnknown(error.kind)) return { result: 'lost', note };
  return { result: error.kind === 'throttled' || error.kind === 'not-sent' ? 'not-sent' : 'refused', note };
}

const TYPES: Readonly<Record<string, 1 | 2 | 3>> = { [KINDS.vm]: 1, [KINDS.vip]: 2, [KINDS.baremetal]: 3 };

/** True if an EIP that is taken from there can be put back. */
export const canGoBack = ({ type, id }: Place): boolean => Object.hasOwn(TYPES, type) && id !== '';

type Params = { regionID: string; eipID: string };

function bindTo(client: CtyunClient, eip: Params, { type, id, portId }: Place, token: string, until: Date) {
  // Several EIPs of one VM are told apart by their ports, so a port that is known is named.
  if (type === KINDS.vm && portId !== null)
    return client.call(attachEipToVmPort, { ...eip, sourceID: id, portID: portId }, token, until);
  const associationType = TYPES[type] ?? 1;
  return client.call(associateEip, { ...eip, associationID: id, associationType }, token, until);
}
