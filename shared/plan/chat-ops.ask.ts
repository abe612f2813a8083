import * as z from 'zod/mini';
import type { Cycle } from '../model/ask.ts';
import { type AllowedTarget, allowedTargets } from './allowed-targets.ts';
import { askReader } from './ask.ts';
import { cycle } from './auto-renew.ask.ts';

/** What the settings say of chat-ops, beside the targets, limits and approvers that every ask has. */
export type ChatPolicy = {
  /** The channels, as the edge reads them. */
  readonly channels: readonly unknown[];
  /** The term that `renew` buys. */
  readonly cycle: Cycle;
  /** How far `expiring` looks where nobody says, in days. */
  readonly expiringWithinDays: number;
  /** How long an order is waited for, in seconds. */
  readonly settleWithinSeconds: number;
  /** What a chat may have EIPs bound to and taken from; nothing unless listed. */
  readonly bindTargets: readonly AllowedTarget[];
};

const policy = z.pipe(
  z.strictObject({
    channels: z.array(z.unknown()),
    cycle: z._default(cycle, { type: 'month', count: 1 }),
    expiringWithinDays: z._default(z.int().check(z.gte(0), z.lte(366)), 14),
    settleWithinSeconds: z._default(z.number().check(z.gte(0), z.lte(600)), 20),
    bindTargets: z._default(allowedTargets, []),
  }),
  z.transform((read): ChatPolicy => read),
);

/**
 * Reads the settings of chat-ops: an ask like any other, with its policy under `chat`. Its mode is not asked for: every
 * change that is asked for in a chat waits for people.
 *
 * @throws RejectedRequest
 */
export const readChatAsk = askReader('chat', policy);
