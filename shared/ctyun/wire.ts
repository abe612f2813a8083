/** One HTTP exchange, as the client needs it; the network itself is at the edge. */
export type WireRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** For the whole exchange, connecting and reading included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

export type WireAnswer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
};

/** @throws WireError when no whole answer came */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;

/** No whole answer. `sent` is false only where it is certain that no byte of the request reached a server. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly sent: boolean;
  readonly code: string;

  constructor(code: string, message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.sent = sent;
  }
}
