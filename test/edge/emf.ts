/** CloudWatch's Embedded Metric Format, from its specification: what is wrong with a line, or nothing. */

const UNITS = new Set(
  (
    'Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits ' +
    'Terabits Percent Count Bytes/Second Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second ' +
    'Bits/Second Kilobits/Second Megabits/Second Gigabits/Second Terabits/Second Count/Second None'
  ).split(' '),
);
const MOST_BYTES = 1_048_576;
const DIRECTIVE_KEYS = new Set(['Namespace', 'Dimensions', 'Metrics']);
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= most;

type Directive = {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
};

/** @returns every problem of a parsed line */
export function emfProblems(line: Readonly<Record<string, unknown>>): string[] {
  const { Timestamp: at, CloudWatchMetrics: directives } = (line._aws ?? {}) as Record<string, unknown>;
  const problems: string[] = [];
  if (Buffer.byteLength(JSON.stringify(line)) >= MOST_BYTES) problems.push('larger than 1 MB');
  if (!Number.isInteger(at)) problems.push('_aws.Timestamp is no integer');
  if (!Array.isArray(directives) || directives.length === 0) return [...problems, '_aws.CloudWatchMetrics is empty'];
  return [...problems, ...directives.flatMap((directive: Directive) => directiveProblems(directive, line))];
}

function directiveProblems(directive: Directive, line: Readonly<Record<string, unknown>>): string[] {
  const { Namespace, Dimensions, Metrics } = directive;
  const problems = Object.keys(directive).flatMap(key => (DIRECTIVE_KEYS.has(key) ? [] : [`unknown key ${key}`]));
  if (!isText(Namespace, 1024)) problems.push('Namespace is no text of 1 to 1024');
  const sets = Array.isArray(Dimensions) ? (Dimensions as unknown[][]) : [];
  if (sets.length === 0) problems.push('no set of dimensions');
  for (const set of sets) {
    if (set.length > 30) problems.push('more than 30 dimensions');
    for (const name of set) {
      if (!isText(name, 250)) problems.push('a dimension is no text of 1 to 250');
      else if (!isText(line[name], 1024)) problems.push(`the value of ${name} is no text of 1 to 1024`);
    }
  }
  const metrics = Array.isArray(Metrics) ? (Metrics as Record<string, unknown>[]) : [];
  if (metrics.length === 0 || metrics.length > 100) problems.push('not 1 to 100 metrics');
  const names = metrics.map(({ Name }) => Name);
  if (new Set(names).size < names.length) problems.push('a name comes twice');
  return [...problems, ...metrics.flatMap(metric => metricProblems(metric, line))];
}

function metricProblems({ Name, Unit, ...rest }: Record<string, unknown>, line: Readonly<Record<string, unknown>>) {
  if (!isText(Name, 1024)) return ['a name is no text of 1 to 1024'];
  const given = line[Name];
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  const problems: string[] = [];
  if (!UNITS.has(String(Unit))) problems.push(`${Name}: the unit is ${String(Unit)}`);
  if (Object.keys(rest).some(key => key !== 'StorageResolution')) problems.push(`${Name}: unknown keys`);
  if (values.length === 0 || values.length > 100) problems.push(`${Name}: ${values.length} values`);
  if (!values.every(value => typeof value === 'number' && Number.isFinite(value))) problems.push(`${Name}: no number`);
  return problems;
}
