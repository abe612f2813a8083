import { jsonOf } from '../model/json.ts';

/** More names than this are no alarm about some EIPs: all are looked at. */
const MAX_NAMES = 200;
const MAX_DEPTH = 8;

const EIP_ID = /(?<![\w-])eip-[0-9a-z]{4,64}(?![\w-])/g;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g;

/** What an alarm says: which EIPs it names, by id or address, and whether it only asks to be confirmed. */
export type Alarm = { readonly names: readonly string[]; readonly confirmUrl: string | null };

/**
 * Reads an alarm's body, whose form nobody documents: JSON, JSON within the text of JSON (the `message` of an SMN-style
 * envelope), or plain text. It is not believed: it only names what to look at.
 */
export function readAlarm(body: string): Alarm {
  const value = jsonOf(body);
  const texts = value === undefined ? [body] : textsOf(value, 0);
  const names = new Set(
    texts.flatMap(text => [...text.matchAll(EIP_ID), ...text.matchAll(IPV4)].map(([name]) => name)),
  );
  return { names: names.size > MAX_NAMES ? [] : [...names], confirmUrl: confirmUrlOf(value) };
}

/** All texts of a value, keys too; a text that is itself JSON is opened. */
function textsOf(value: unknown, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof value === 'string') {
    const inner = /^\s*[[{]/.test(value) ? jsonOf(value) : undefined;
    return inner === undefined ? [value] : textsOf(inner, depth + 1);
  }
  if (Array.isArray(value)) return value.flatMap(each => textsOf(each, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsOf(each, depth + 1)]);
}

/** An SMN-style service first asks whether its messages are wanted at all. */
function confirmUrlOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type, subscribe_url: url } = value as { type?: unknown; subscribe_url?: unknown };
  return type === 'SubscriptionConfirmation' && typeof url === 'string' ? url.slice(0, 2000) : null;
}
