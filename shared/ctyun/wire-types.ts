import * as z from 'zod/mini';

/** A count, as a number or as digits: products differ. */
export const count = z.union([
  z.int().check(z.nonnegative()),
  z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number)),
]);
