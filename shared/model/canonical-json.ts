/**
 * JSON with sorted keys and no white space: equal values give equal bytes, so their hash can stand for them.
 * Dates become ISO 8601, `undefined` members are left out. Lone surrogates, which JSON escapes, stay distinct.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isPlainObject(member) ? sorted(member) : member));
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(object)
      .toSorted()
      .map(key => [key, object[key]]),
  );
