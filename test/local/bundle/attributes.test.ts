import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ours from '../../../local/bundle/attributes.ts';

const record = fc.dictionary(
  fc.string(),
  fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      ...[fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.maxSafeInteger()],
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value,
  { noNullPrototype: true },
);

describe("a record's attributes in a bundle", () => {
  it("are the package's, and become the same record again", () => {
    fc.assert(
      fc.property(record, data => {
        const attributes = marshall(data, { removeUndefinedValues: true });
        expect(ours.marshall(data, { removeUndefinedValues: true })).toEqual(attributes);
        expect(ours.unmarshall(attributes)).toEqual(unmarshall(attributes));
      }),
    );
  });
  it.each([
    ['undefined where it is not left out', { a: { b: undefined } }],
    ['a number that is none', { a: Number.NaN }],
    ['a number that JavaScript cannot hold', { a: 2 ** 53 }],
    ['an instant', { a: new Date(0) }],
  ])('refuse %s, as there', (_sentence, data) => {
    expect(() => marshall(data)).toThrow();
    expect(() => ours.marshall(data)).toThrow();
  });
  it('are read where a number is larger than JavaScript holds, and refused where they are sets', () => {
    const large = { n: { N: '9007199254740993' } };
    expect(ours.unmarshall(large)).toEqual(unmarshall(large));
    expect(() => ours.unmarshall({ s: { SS: ['a'] } })).toThrow(TypeError);
  });
});
