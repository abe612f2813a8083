import { matchingPattern } from './names.ts';

/** What a webhook may bind an EIP to: patterns (`*`, `?`) of account, region and the target's name; an id where it has none. */
export type AllowedTarget = { readonly account: string; readonly region: string; readonly name: string };

/** The first rule all of whose patterns match, or null. No rules allow nothing. */
export function allowingRule(wanted: AllowedTarget, rules: readonly AllowedTarget[]): AllowedTarget | null {
  const parts = ['account', 'region', 'name'] as const;
  return rules.find(rule => parts.every(part => matchingPattern(wanted[part], [rule[part]]) !== undefined)) ?? null;
}
