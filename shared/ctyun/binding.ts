import { change, nothing } from './operation.ts';
import type { Parameter } from './parameter.ts';
import { eipID, projectID, regionID, someText } from './parameters.ts';

/** `associationType`: 1 VM, 2 virtual IP, 3 bare metal (documentation and provider; an SDK example has 2 and 3 swapped). */
const associationType: Parameter<1 | 2 | 3> = { kind: 'integer', values: [1, 2, 3] };

/** Binds. Asynchronous: ends in status ACTIVE. */
export const associateEip = /* @__PURE__ */ change(
  'associateEip',
  '绑定弹性 IP',
  '/v4/eip/associate',
  { regionID, projectID, eipID, associationID: someText, associationType },
  nothing,
);

/** Unbinds. Asynchronous: ends in status DOWN. */
export const disassociateEip = /* @__PURE__ */ change(
  'disassociateEip',
  '解绑弹性 IP',
  '/v4/eip/disassociate',
  { regionID, projectID, eipID },
  nothing,
);

/** Binds to one NIC of a VM: the way to several EIPs on one VM. `sourceID` is the instance, `portID` the NIC. */
export const attachEipToVmPort = /* @__PURE__ */ change(
  'attachEipToVmPort',
  '弹性 IP 绑定到云主机网卡',
  '/v4/eip/attach-port-vm',
  { regionID, eipID, sourceID: someText, portID: someText },
  nothing,
);
