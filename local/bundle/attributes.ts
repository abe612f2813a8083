/**
 * Stands in bundles for @aws-sdk/util-dynamodb, with the kinds of values that the ledger's records have: text, numbers,
 * truths, nothing, lists and maps of them. Others are refused. A test compares it with the package.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Attributes = Record<string, AttributeValue>;
type Options = { readonly removeUndefinedValues?: boolean };

export function marshall(data: object, options: Options = {}): Attributes {
  const members = Object.entries(data).filter(([, value]) => value !== undefined || !options.removeUndefinedValues);
  return Object.fromEntries(members.map(([name, value]) => [name, attributeOf(value, options)]));
}

function attributeOf(value: unknown, options: Options): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { N: String(value) };
  if (Array.isArray(value)) {
    const kept = value.filter(each => each !== undefined || !options.removeUndefinedValues);
    return { L: kept.map(each => attributeOf(each, options)) };
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return { M: marshall(value, options) };
  }
  throw new TypeError(`a record has no ${typeof value} like this`);
}

export const unmarshall = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, valueIn(attribute)]));

function valueIn({ S, N, BOOL, NULL, L, M }: AttributeValue): unknown {
  if (S !== undefined) return S;
  if (N !== undefined) return numberOf(N);
  if (BOOL !== undefined) return BOOL;
  if (NULL !== undefined) return null;
  if (L !== undefined) return L.map(valueIn);
  if (M !== undefined) return unmarshall(M);
  throw new TypeError('a record has an attribute of another kind');
}

const numberOf = (text: string): number | bigint =>
  Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? Number(text) : BigInt(text);
