import type { Eip } from '../model/eip.ts';
import { hold, type Settled } from './settled.ts';

const DAY_MS = 24 * 3600_000;

/** The expiry of a periodic EIP, or why it is not believed. */
export function readableExpiry(eip: Eip): Date | Settled {
  if (eip.billing === 'unknown') return hold('billing-unknown');
  if (eip.expiryText === null || eip.expiryText === '') return hold('expiry-missing');
  return eip.expiresAt ?? hold('expiry-unreadable', { text: eip.expiryText });
}

/** Exact, and negative once it has expired. */
export const daysUntil = (expiresAt: Date, now: Date): number => (expiresAt.getTime() - now.getTime()) / DAY_MS;

/** For people: days with two decimals. Decisions are taken on the exact figure. */
export const expiryFacts = (expiresAt: Date, now: Date) => ({
  daysLeft: Math.round(daysUntil(expiresAt, now) * 100) / 100,
  expiresAt: expiresAt.toISOString(),
});
