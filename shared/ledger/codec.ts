/**
 * Records are stored as JSON in which an instant is `{"$date": "…"}`: no text of the cloud can be mistaken for one, and
 * reading gives back what was written.
 */
const TAG = '$date';

export function encode(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, member: unknown) {
    // `member` is already text where the value is a Date, for JSON asks Date.toJSON first.
    const raw = this[key];
    return raw instanceof Date ? { [TAG]: raw.toISOString() } : member;
  });
}

/** @param text what `encode` wrote; the type is the writer's promise */
export function decode<T>(text: string): T {
  return JSON.parse(text, (_key, member: unknown) => (isTagged(member) ? new Date(member[TAG]) : member)) as T;
}

const isTagged = (member: unknown): member is { [TAG]: string } =>
  typeof member === 'object' &&
  member !== null &&
  TAG in member &&
  typeof member[TAG] === 'string' &&
  Object.keys(member).length === 1;
