/** All calls that are simulated. */
import { bindingRoutes } from './bindings.ts';
import { conversionRoutes } from './conversions.ts';
import { eipDetailRoutes } from './eip-details.ts';
import { eipRoutes } from './eips.ts';
import { gatewayRoutes } from './gateways.ts';
import { ipv6Routes } from './ipv6.ts';
import { labelRoutes } from './labels.ts';
import { metricRoutes } from './metrics.ts';
import { orderQueryRoutes } from './order-queries.ts';
import { orderRoutes } from './order-routes.ts';
import { packageRoutes } from './packages.ts';
import { priceRoutes } from './prices.ts';
import { regionRoutes } from './regions.ts';
import type { Route } from './route.ts';
import { sharedBandwidthRoutes } from './shared-bandwidths.ts';
import { useRoutes } from './uses.ts';
import { utilisationRoutes } from './utilisation.ts';

export const ROUTES: readonly Route[] = [
  ...eipRoutes,
  ...eipDetailRoutes,
  ...priceRoutes,
  ...orderRoutes,
  ...orderQueryRoutes,
  ...conversionRoutes,
  ...bindingRoutes,
  ...labelRoutes,
  ...metricRoutes,
  ...utilisationRoutes,
  ...regionRoutes,
  ...sharedBandwidthRoutes,
  ...ipv6Routes,
  ...gatewayRoutes,
  ...packageRoutes,
  ...useRoutes,
];

const byCall = new Map(ROUTES.map(route => [`${route.method} ${route.path}`, route]));

export const routeOf = (method: string, path: string): Route | undefined => byCall.get(`${method} ${path}`);
