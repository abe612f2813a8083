import { type EipParams, eipWrite } from './eip-write.ts';
import { type BodyValue, nothing } from './operation.ts';

const bindingCall = <P extends EipParams & Record<string, BodyValue>>(name: string, path: string) =>
  eipWrite<P, void>(name, path, nothing);

/** `associationType`: 1 VM, 2 virtual IP, 3 bare metal (documentation and provider; an SDK example has 2 and 3 swapped). */
export const associateEip = bindingCall<EipParams & { associationID: string; associationType: 1 | 2 | 3 }>(
  'associateEip',
  '/v4/eip/associate',
);

/** Unbinds. Asynchronous: ends in status DOWN. */
export const disassociateEip = bindingCall<EipParams>('disassociateEip', '/v4/eip/disassociate');

/** Binds to one NIC of a VM: the way to several EIPs on one VM. `sourceID` is the instance, `portID` the NIC. */
export const attachEipToVmPort = bindingCall<EipParams & { sourceID: string; portID: string }>(
  'attachEipToVmPort',
  '/v4/eip/attach-port-vm',
);
