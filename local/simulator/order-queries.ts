import { failure, PLACEHOLDER, success } from './answers.ts';
import type { OrderRecord } from './records.ts';
import type { Call, Route } from './route.ts';

const find = ({ cloud, account }: Call, id: unknown) =>
  cloud.orders.find(order => order.masterOrderID === id && order.account === account.name);

/** What an order made or changed; several packages are made at once. */
const made = ({ cloud }: Call, { masterOrderID, resourceID }: OrderRecord): unknown[] => {
  const rows = cloud.awaited.get(masterOrderID);
  return rows ? rows.map(row => row.ID ?? row.id) : [resourceID];
};

const notFound = () => failure(PLACEHOLDER.order, 'order not found');

/** Where orders stand: two calls that differ in spelling. */
export const orderQueryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v4/ecs/order/query-uuid',
    required: { masterOrderID: 'string' },
    handle: call => {
      const order = find(call, call.params.masterOrderID);
      return order
        ? success({ orderStatus: order.status, instanceIDList: order.status === '3' ? made(call, order) : [] })
        : notFound();
    },
  },
  {
    method: 'GET',
    path: '/v4/order/query-uuid',
    required: { masterOrderId: 'string' },
    handle: call => {
      const order = find(call, call.params.masterOrderId);
      if (!order) return notFound();
      return success({
        orderStatus: order.status,
        resourceType: 'NETWORK',
        resourceUuid: order.status === '3' ? made(call, order) : [],
      });
    },
  },
];
