/**
 * Stands in bundles for the SDK's codecs of JSON, which write bytes letter by letter (17 KB). What these functions send is
 * plain JSON already: text, numbers, booleans, lists and maps of them. Anything else is refused, not written wrongly.
 */
import { NormalizedSchema } from '@smithy/core/schema';

type Schema = Parameters<typeof NormalizedSchema.of>[0];

/** What is null is left out, as by the SDK. @throws TypeError for what has no form of its own in JSON */
function plain(this: Record<string, unknown>, key: string, value: unknown): unknown {
  // `value` is already text where it was a Date, for JSON asks Date.toJSON first.
  const raw = this[key];
  if (raw instanceof Date || ArrayBuffer.isView(raw)) throw new TypeError(`${key} is not plain JSON`);
  return value === null && !Array.isArray(this) ? undefined : value;
}

class Serializer {
  #value: unknown;

  write(_schema: Schema, value: unknown): void {
    this.#value = value;
  }

  flush(): string {
    return JSON.stringify(this.#value, plain);
  }
}

class Deserializer {
  /** @throws SyntaxError where it is no JSON */
  async read(schema: Schema, data: Uint8Array): Promise<unknown> {
    return data.byteLength === 0 ? {} : this.readObject(schema, JSON.parse(Buffer.from(data).toString()));
  }

  /** The members of a structure that there are; instants come as seconds, bytes in base64. */
  readObject(schema: Schema, value: unknown): unknown {
    const shape = NormalizedSchema.of(schema);
    if (shape.isTimestampSchema() && typeof value === 'number') return new Date(Math.round(value * 1000));
    if (shape.isBlobSchema() && typeof value === 'string') return Uint8Array.from(Buffer.from(value, 'base64'));
    if (!shape.isStructSchema() || typeof value !== 'object' || value === null) return value;
    const fields = value as Readonly<Record<string, unknown>>;
    const members = [...shape.structIterator()].filter(([name]) => (fields[name] ?? null) !== null);
    return Object.fromEntries(members.map(([name, member]) => [name, this.readObject(member, fields[name])]));
  }
}

/** Both of one protocol. Nothing here needs what the SDK would hand to it. */
export class PlainJson {
  setSerdeContext(): void {}

  createSerializer() {
    return Object.assign(new Serializer(), { setSerdeContext: this.setSerdeContext });
  }

  createDeserializer() {
    return Object.assign(new Deserializer(), { setSerdeContext: this.setSerdeContext });
  }
}
