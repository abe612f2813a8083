import type { Product } from './operation.ts';

/**
 * Scheme and host of a product: `https://<product>-global.ctapi.ctyun.cn` (official SDK and provider).
 *
 * @param override replaces scheme and host of every product, for a simulator or a proxy
 */
export const endpointOf =
  (override: string | undefined) =>
  (product: Product): string =>
    override ?? `https://${product}-global.ctapi.ctyun.cn`;
