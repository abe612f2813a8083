import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** One sentence for every problem of an ask: where, and what is expected there. Values are not repeated. */
export function problemsOf(issues: readonly Issue[]): string[] {
  return issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map(key => `${at([...issue.path, key])}: unknown key`);
    return `${at(issue.path)}: ${expectation(issue)}`;
  });
}

function at(path: readonly PropertyKey[]): string {
  const text = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'the ask';
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing (${issue.expected})`
        : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? 'must not be empty'
        : `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(value => JSON.stringify(value)).join(', ')}`;
    default:
      // The schemas give a sentence of their own to every other check.
      return issue.message;
  }
}
