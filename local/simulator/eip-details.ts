/** What else is asked of EIPs and done to them: names, filing, whether an address is in use. */
import { badParameters, eipNotFound, success } from './answers.ts';
import { isTaken } from './new-rows.ts';
import { once, type Route } from './route.ts';

const ONE = { regionID: 'string', eipID: 'string' } as const;
const NAME = /^[A-Za-z\p{Script=Han}][A-Za-z0-9_\p{Script=Han}-]{1,31}$/u;

export const eipDetailRoutes: readonly Route[] = [
  {
    ...{ method: 'POST', path: '/v4/eip/change-name', required: { clientToken: 'string', ...ONE, name: 'string' } },
    handle: once(({ cloud, account, params }) => {
      const eip = cloud.eip(account, params.regionID, params.eipID);
      if (!eip) return eipNotFound();
      if (!NAME.test(String(params.name))) return badParameters(['name has 2 to 32 letters, digits, _ or -']);
      eip.name = params.name;
      return success();
    }),
  },
  {
    ...{ method: 'GET', path: '/v4/eip/get-filing-status', required: ONE },
    handle: ({ cloud, account, params }) =>
      cloud.eip(account, params.regionID, params.eipID) ? success({ accessControl: false }) : eipNotFound(),
  },
  {
    ...{ method: 'GET', path: '/v4/eip/check-address', required: { regionID: 'string', eipAddress: 'string' } },
    handle: call => success({ eipAddress: call.params.eipAddress, used: isTaken(call, call.params.eipAddress) }),
  },
  {
    ...{ method: 'POST', path: '/v4/eip/check-addresses', required: { regionID: 'string', eipAddresses: 'array' } },
    handle: call => {
      const addresses = call.params.eipAddresses as readonly unknown[];
      return success(addresses.map(eipAddress => ({ eipAddress, used: isTaken(call, eipAddress) })));
    },
  },
  // No contract is known: nobody has a dedicated pool here.
  { ...{ method: 'GET', path: '/v4/eip/own-segments', required: {} }, handle: () => success([]) },
];
