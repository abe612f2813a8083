import { judged, refuse } from './refusal.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Bytes as text; what is not UTF-8 is refused rather than patched with replacement characters. */
export function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('unparsable');
  }
}

/** A JSON object, strictly: nothing may follow it. */
export function jsonObject(text: string): Json {
  const value = parsed(text);
  return isObject(value) ? value : refuse('unparsable');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('unparsable');
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As `jsonObject`, for text that decides over no request: undefined if it is none. */
export function tryJson(text: string): Json | undefined {
  const read = judged(() => ({ value: jsonObject(text) }));
  return 'value' in read ? read.value : undefined;
}

/** The member at a path, or undefined. Only own members count: `__proto__` finds nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (Array.isArray(here) && typeof key === 'number') here = here[key];
    else if (isObject(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

/** The text at a path; empty if there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
