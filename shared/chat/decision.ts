/** What a button says: yes or no to one plan. The token is single-use and known to the ledger alone. */
export type ButtonDecision = {
  readonly decision: 'approve' | 'reject';
  /** SHA-256 of the plan, 64 hex digits. */
  readonly planHash: string;
  readonly token: string;
};

const BUTTON = /^(approve|reject)\.([0-9a-f]{64})\.([A-Za-z0-9_-]{22,128})$/;

/** A decision as the value of a button: ASCII, at most 201 characters, within every provider's limit. */
export const buttonValue = ({ decision, planHash, token }: ButtonDecision): string =>
  `${decision}.${planHash}.${token}`;

/** @returns undefined for a value that is none of ours */
export function readButton(value: string): ButtonDecision | undefined {
  const [, decision, planHash = '', token = ''] = BUTTON.exec(value) ?? [];
  return decision === 'approve' || decision === 'reject' ? { decision, planHash, token } : undefined;
}
