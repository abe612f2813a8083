import * as z from 'zod/mini';
import { askReader } from './ask.ts';

/** What a person asks of settle-orders. */
export type SettlePolicy = {
  /** Whether an order whose answer was lost may be sent again, with the same token and body, after looking. */
  readonly resend: boolean;
  /** How long each order that still runs is waited for, in seconds. */
  readonly settleWithinSeconds: number;
};

const policy = z._default(
  z.strictObject({
    resend: z._default(z.boolean(), true),
    settleWithinSeconds: z._default(z.number().check(z.gte(0), z.lte(600)), 0),
  }),
  { resend: true, settleWithinSeconds: 0 },
);

/** Reads the ask of settle-orders; its policy stands under `settle`. @throws RejectedRequest */
export const readSettleAsk = /* @__PURE__ */ askReader<SettlePolicy>(
  'settle',
  z.pipe(
    policy,
    z.transform((read): SettlePolicy => read),
  ),
);
