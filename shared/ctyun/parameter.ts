/**
 * What a call takes, as data: it is checked before anything is sent, and the request's type is derived from it.
 *
 * Whatever is made at the top of a module is marked `@__PURE__`, here and in every file of operations: a bundler then
 * drops each call of the API that a function does not use.
 */

/** Bounds of a number's value, of a text's or of a list's length; or the only values there are. */
export type Limits = {
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly (string | number)[];
};

export type Parameter<V = unknown> = Limits & {
  readonly kind: 'text' | 'integer' | 'boolean' | 'list';
  readonly optional?: true;
  /** The documentation's rule for a text, with the words that explain it. */
  readonly shape?: RegExp;
  readonly says?: string;
  /** Limits by the value of another parameter; it is required for these values, and left out for all others. */
  readonly per?: readonly [name: string, limits: Readonly<Record<string, Limits>>];
  /** Never set: carries the value's type. */
  readonly value?: V;
};

export type Takes = Readonly<Record<string, Parameter>>;
type ValueOf<P> = P extends Parameter<infer V> ? V : never;
type Flat<T> = { [K in keyof T]: T[K] };

/** The request's type. */
export type ParamsOf<T extends Takes> = Flat<
  { [K in keyof T as T[K] extends { optional: true } ? never : K]: ValueOf<T[K]> } & {
    [K in keyof T as T[K] extends { optional: true } ? K : never]?: ValueOf<T[K]> | undefined;
  }
>;

export function text(limits: Omit<Parameter, 'kind' | 'optional' | 'value'> = {}): Parameter<string> {
  return { kind: 'text', ...limits };
}

export function oneOf<const V extends string>(...values: readonly V[]): Parameter<V> {
  return { kind: 'text', values };
}

export function whole(min: number, max?: number): Parameter<number> {
  return { kind: 'integer', min, ...(max === undefined ? {} : { max }) };
}

/** A whole number whose limits hang on another parameter. */
export function wholePer(name: string, limits: Readonly<Record<string, Limits>>): Parameter<number> {
  return { kind: 'integer', per: [name, limits] };
}

export function list(min: number, max?: number): Parameter<readonly string[]> {
  return { kind: 'list', min, ...(max === undefined ? {} : { max }) };
}

export function optional<V>(parameter: Parameter<V>): Parameter<V> & { readonly optional: true } {
  return { ...parameter, optional: true };
}
