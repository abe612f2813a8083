import { readFileSync } from 'node:fs';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';
import { RejectedRequest } from '../../shared/model/errors.ts';

type Given = Readonly<Record<string, unknown>>;
type Kind = ApiOperation['takes'][string]['kind'] | undefined;

/**
 * The parameters of a call as the command line has them: those of the file, and over them those of `--param`, which
 * are read as what the call takes (a number, a list); what cannot be read so stays text and fails the check.
 *
 * @throws RejectedRequest if the file is not there or no JSON object
 */
export function paramsOf(
  { takes }: ApiOperation,
  { pairs, jsonFile }: { readonly pairs: readonly string[]; readonly jsonFile: string | undefined },
): Given {
  const texts = new Map<string, string[]>();
  for (const pair of pairs) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    texts.set(name, [...(texts.get(name) ?? []), value]);
  }
  const read = [...texts].map(([name, values]) => [
    name,
    readAs(Object.hasOwn(takes, name) ? takes[name]?.kind : undefined, values),
  ]);
  return { ...(jsonFile === undefined ? {} : fileOf(jsonFile)), ...Object.fromEntries(read) };
}

function readAs(kind: Kind, values: readonly string[]): unknown {
  if (kind === 'list') return values.flatMap(value => value.split(','));
  // Two values for what takes one: neither is sent.
  if (values.length > 1) return values;
  const [value = ''] = values;
  if (kind === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (kind === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

function fileOf(file: string): Given {
  const problem = (what: string) => new RejectedRequest(`the parameter file ${file}`, [what]);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw problem(error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem('must be a JSON object');
  return value as Given;
}
