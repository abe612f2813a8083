import { readFileSync } from 'node:fs';

/** A file of test/vectors. */
export const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));

/** Made with the documented algorithm, and equal to what the official Go SDK's signer makes. */
export type SigningVector = {
  readonly id: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly instant: string;
  readonly eopDate: string;
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  readonly body: string;
  readonly stringToSign: string;
  readonly kDateHex: string;
  readonly signature: string;
  readonly authorization: string;
};

/** Collected from documents and other clients: each states what its source shows, and no more. */
export type SigningExample = {
  readonly id: string;
  readonly origin: string;
  readonly inputs: {
    readonly ak?: string;
    readonly sk?: string;
    readonly requestId?: string;
    readonly eopDate?: string;
    readonly utc?: string;
    readonly beijingTime?: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: string;
    readonly body?: string;
    readonly stringToSignAsGiven?: string;
  };
  readonly expected: {
    readonly eopDate?: string;
    readonly query?: string;
    readonly bodySha256?: string;
    readonly stringToSign?: string;
    readonly kDateHex?: string;
    readonly signature?: string;
    readonly eopAuthorization?: string;
  };
};

export const { vectors } = read('signing-vectors.json') as { vectors: SigningVector[] };

export const examples = read('examples.json') as {
  signing: SigningExample[];
  requestsResponses: { api: string; response: Record<string, unknown> }[];
  constructed: { name: string; response: Record<string, unknown> }[];
};

/** All key paths of an answer; items of arrays as `[]`. */
export function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(item => keysOf(item, `${path}[]`)))].toSorted();
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.entries(value).flatMap(([key, item]) => [`${path}.${key}`, ...keysOf(item, `${path}.${key}`)]);
  return keys.toSorted();
}
