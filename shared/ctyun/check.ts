import { RejectedRequest } from '../model/errors.ts';
import { nearest } from './nearest.ts';
import type { ApiOperation, BodyValue } from './operation.ts';
import type { Limits, Parameter, Takes } from './parameter.ts';
import { clientToken } from './parameters.ts';

/**
 * Holds parameters against what the documentation says of a call, before anything is sent.
 *
 * @param given as a person or a file has them; a `clientToken` may be among them where the call takes one
 * @returns the same, now known to fit
 * @throws RejectedRequest naming every problem: unknown, missing, of a wrong type, out of range
 */
export function checkedParams(
  operation: ApiOperation,
  given: Readonly<Record<string, unknown>>,
): Record<string, BodyValue> {
  const takes: Takes =
    operation.token === 'none'
      ? operation.takes
      : { ...operation.takes, clientToken: { ...clientToken, optional: true } };
  const problems = [
    ...Object.keys(given).flatMap(name => unknownProblem(name, takes)),
    ...Object.entries(takes).flatMap(([name, parameter]) => problemOf(name, parameter, given)),
    ...anyOfProblem(operation.anyOf, given),
  ];
  if (problems.length > 0) throw new RejectedRequest(`the call ${operation.name}`, problems);
  return given as Record<string, BodyValue>;
}

function unknownProblem(name: string, takes: Takes): string[] {
  if (Object.hasOwn(takes, name)) return [];
  if (name === 'clientToken') return ['clientToken: this call takes none'];
  const [close] = nearest(name, Object.keys(takes), 1);
  return [`${name}: unknown parameter${close ? `, perhaps ${close}` : ''}`];
}

function problemOf(name: string, parameter: Parameter, given: Readonly<Record<string, unknown>>): string[] {
  const value = given[name];
  const { required, refused, limits } = limitsFor(parameter, given);
  if (value === undefined) return required ? [`${name}: is required`] : [];
  if (refused) return [`${name}: is left out with ${refused}`];
  const wrong = typeProblem(parameter, value) ?? rangeProblem(parameter, limits, value);
  return wrong ? [`${name}: ${wrong}`] : [];
}

/** The limits that hold here: a parameter may hang on the value of another one. */
function limitsFor(
  parameter: Parameter,
  given: Readonly<Record<string, unknown>>,
): {
  required: boolean;
  limits: Limits;
  refused?: string;
} {
  const required = parameter.optional !== true;
  if (!parameter.per) return { required, limits: parameter };
  const [other, cases] = parameter.per;
  const said = given[other];
  const limits = typeof said === 'string' && Object.hasOwn(cases, said) ? cases[said] : undefined;
  if (limits) return { required: true, limits };
  // Without a value of the other that is known here, only an optional one can be meant to be left out.
  const refused = typeof said === 'string' && !required ? `${other} ${said}` : undefined;
  return { required, limits: {}, ...(refused ? { refused } : {}) };
}

function typeProblem({ kind }: Parameter, value: unknown): string | undefined {
  if (kind === 'text') return typeof value === 'string' && value !== '' ? undefined : 'must be a text';
  if (kind === 'integer') return Number.isSafeInteger(value) ? undefined : 'must be a whole number';
  if (kind === 'boolean') return typeof value === 'boolean' ? undefined : 'must be true or false';
  const texts = Array.isArray(value) && value.every(item => typeof item === 'string' && item !== '');
  return texts ? undefined : 'must be a list of texts';
}

function rangeProblem({ kind, shape, says }: Parameter, { min, max, values }: Limits, value: unknown) {
  if (values && !values.includes(value as string)) return `must be ${oneOf(values)}`;
  const size = kind === 'integer' ? Number(value) : kind === 'boolean' ? undefined : lengthOf(value);
  const unit = kind === 'text' ? ' characters' : kind === 'list' ? ' items' : '';
  if (size !== undefined && (size < (min ?? size) || size > (max ?? size))) return `must be ${range(min, max)}${unit}`;
  return shape && !shape.test(String(value)) ? `must be ${says}` : undefined;
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : [...String(value)].length);

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;

const range = (min: number | undefined, max: number | undefined): string =>
  max === undefined ? `at least ${min}` : min === max ? String(min) : `${min ?? 0} to ${max}`;

function anyOfProblem(anyOf: readonly string[] | undefined, given: Readonly<Record<string, unknown>>): string[] {
  return anyOf?.every(name => given[name] === undefined) ? [`one of ${anyOf.join(', ')} is required`] : [];
}
