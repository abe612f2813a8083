import * as z from 'zod/mini';
import { matchingPattern } from './names.ts';

/** What an EIP may be bound to, and taken from: patterns (`*`, `?`) of account, region and the target's name; an id where it has none. */
export type AllowedTarget = { readonly account: string; readonly region: string; readonly name: string };

const pattern = z.string().check(z.minLength(1), z.maxLength(256));

/** Such rules, as settings hold them. */
export const allowedTargets = z.array(z.strictObject({ account: pattern, region: pattern, name: pattern }));

/** The first rule all of whose patterns match, or null. No rules allow nothing. */
export function allowingRule(wanted: AllowedTarget, rules: readonly AllowedTarget[]): AllowedTarget | null {
  const parts = ['account', 'region', 'name'] as const;
  return rules.find(rule => parts.every(part => matchingPattern(wanted[part], [rule[part]]) !== undefined)) ?? null;
}
