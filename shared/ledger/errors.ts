/** The ledger could not be read or written. Whoever needs it to be sure must not act. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  /** DynamoDB's word, for instance `ResourceNotFoundException`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`the ledger: ${message} (${code})`, options);
    this.code = code;
  }
}
