import * as z from 'zod/mini';
import { ConfigError } from '../model/errors.ts';
import { type AllowedTarget, allowedTargets } from '../plan/allowed-targets.ts';
import { problemsOf } from '../plan/ask-problems.ts';

/** How a webhook may be signed. Only the first covers the time and the id of what was sent. */
export const SCHEMES = ['standard', 'github', 'bearer'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** What the environment decides of webhooks. */
export type BindSettings = {
  /** What an EIP may be bound to and taken from; nothing unless listed. */
  readonly targets: readonly AllowedTarget[];
  readonly schemes: readonly Scheme[];
  /** A secret's name is this and the scheme's name. */
  readonly secretPrefix: string;
  /** The SQS queue of what is gone on with later. */
  readonly queueUrl: string;
};

const PREFIX = /^[A-Za-z0-9/_+=.@-]{1,200}$/;

/** @throws ConfigError naming every variable that is wrong, and everything that is wrong in it */
export function readBindSettings(environment: Readonly<Record<string, string | undefined>>): BindSettings {
  const given = (name: string): string => environment[name]?.trim() ?? '';
  const rules = targetsOf(given('BIND_TARGETS'));
  const schemes = (given('WEBHOOK_SCHEMES') || 'standard').split(',').map(scheme => scheme.trim());
  const secretPrefix = given('WEBHOOK_SECRET_PREFIX') || 'webhook/';
  const queueUrl = given('WORK_QUEUE_URL');
  const problems = [
    ...('problems' in rules ? rules.problems : []),
    ...(schemes.every(isScheme) ? [] : [`WEBHOOK_SCHEMES must be some of ${SCHEMES.join(', ')}, separated by commas`]),
    ...(PREFIX.test(secretPrefix) ? [] : ['WEBHOOK_SECRET_PREFIX must be letters, digits and /_+=.@-']),
    ...(/^https?:\/\//.test(queueUrl) ? [] : ['WORK_QUEUE_URL must be the URL of an SQS queue']),
  ];
  if (problems.length > 0 || 'problems' in rules) throw new ConfigError(problems, 'Correct the environment variables.');
  return Object.freeze({ targets: rules.targets, schemes: schemes.filter(isScheme), secretPrefix, queueUrl });
}

const isScheme = (text: string): text is Scheme => SCHEMES.some(scheme => scheme === text);

function targetsOf(text: string): { targets: AllowedTarget[] } | { problems: string[] } {
  if (text === '') return { targets: [] };
  const read = z.safeParse(allowedTargets, jsonOf(text), { reportInput: true });
  if (read.success) return { targets: read.data };
  return {
    problems: problemsOf(read.error.issues).map(problem => `BIND_TARGETS: ${problem.replace('the ask', 'it')}`),
  };
}

/** What is no JSON is no list either, which is then said. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
