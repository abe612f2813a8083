/**
 * From on demand to a term and back. What `resourceID` means is told (the order's resource, not the EIP), what
 * `resourceType` may be is not: any is taken.
 */
import { type Answer, failure, success } from './answers.ts';
import { toOnDemand } from './finish.ts';
import { place } from './orders.ts';
import { changePrice, hourPrice, quoted } from './prices.ts';
import { FLOW_PACKAGE, isPeriodic, PRODUCTS, type Product, refused, rowsOf } from './products.ts';
import type { Row } from './resource-state.ts';
import type { Call, Route } from './route.ts';

type Subject = { readonly product: Product; readonly row: Row };

/** The thing that has this order resource by its own field, or that an order of this resource was about. */
function subject({ cloud, account, params }: Call): Subject | undefined {
  const order = cloud.orders.find(
    one => one.account === account.name && one.masterResourceID === params.resourceID && one.kind !== 'delete',
  );
  for (const product of PRODUCTS.filter(one => one !== FLOW_PACKAGE)) {
    const row = rowsOf(account, product).find(
      one =>
        one.regionID === params.regionID &&
        (one.resourceID === params.resourceID ||
          (order?.product === product.list && one[product.key] === order.resourceID)),
    );
    if (row) return { product, row };
  }
  return undefined;
}

const on = (call: Call, act: (subject: Subject) => Answer): Answer => {
  const its = subject(call);
  return its ? act(its) : failure('Sim.Order.Resource.NotFound', 'no resource of this order');
};

const onPeriodic = (call: Call, act: (subject: Subject) => Answer): Answer =>
  on(call, its => (isPeriodic(its.product, its.row) ? act(its) : refused(its.product, 'NotPeriodic', 'has no term')));

const RESOURCE = { regionID: 'string', resourceID: 'string', resourceType: 'string' } as const;
const CYCLE = { ...RESOURCE, cycleType: 'string', cycleCount: 'number' } as const;
const TERMS = { month: 12, year: 3 };

/** The answer of these two price queries has totals only. */
const totals = (answer: Answer): Answer => {
  const { totalPrice, finalPrice } = (answer.body.returnObj ?? {}) as Record<string, unknown>;
  return answer.body.statusCode === 800 ? success({ totalPrice, finalPrice }) : answer;
};

const route = (
  name: string,
  required: Route['required'],
  handle: Route['handle'],
  more: Partial<Route> = {},
): Route => ({
  ...{ method: 'POST', path: `/v4/order/${name}`, required, handle },
  ...more,
});

export const conversionRoutes: readonly Route[] = [
  route(
    'change-to-cycle',
    CYCLE,
    call => on(call, ({ product, row }) => place(call, { product, kind: 'change-to-cycle', find: () => row })),
    { terms: TERMS },
  ),
  route('change-to-need', { ...RESOURCE, autoToNeed: 'boolean' }, call =>
    onPeriodic(call, ({ row }) => {
      if (call.params.autoToNeed === true) row.autoToNeed = true;
      else delete row.autoToNeed;
      return success();
    }),
  ),
  // Not described anywhere: taken as the end of the term now, with nothing given back.
  route('terminate-cycle', RESOURCE, call =>
    onPeriodic(call, ({ product, row }) => {
      toOnDemand(product, row);
      return success();
    }),
  ),
  route(
    'query-to-cycle-price',
    CYCLE,
    call => on(call, ({ product, row }) => totals(quoted(call, changePrice(call, 'change-to-cycle', product, row)))),
    { terms: TERMS },
  ),
  route('query-to-need-price', RESOURCE, call => on(call, ({ row }) => totals(quoted(call, hourPrice(call, row))))),
];
