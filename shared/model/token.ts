import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of a value's canonical JSON, 64 hex digits. */
export const digest = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/**
 * The idempotency token of an action, used as CTyun's `clientToken` (1 to 64 characters).
 * It hashes the action and the facts that its success will change: same facts, same token, one purchase; after success
 * the facts differ, and so does the next token.
 */
export function tokenOf(kind: string, facts: Readonly<Record<string, unknown>>): string {
  return `${kind}-${digest({ kind, facts }).slice(0, 48)}`;
}
