import { CATALOGUE, NAMES, OPERATIONS, operationNamed } from '../../shared/ctyun/api/catalogue.ts';
import { nearest } from '../../shared/ctyun/nearest.ts';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';
import type { Parameter } from '../../shared/ctyun/parameter.ts';
import { RejectedRequest } from '../../shared/model/errors.ts';
import { table } from '../../shared/report/table.ts';

const plain = (cell: string): string => cell;
const columns = (...titles: string[]) => titles.map(title => ({ title, align: 'left' as const }));

/** `call --list`: every operation by group; of one operation, what it takes. */
export function callList(name: string | undefined): string {
  if (name === undefined) return everything();
  const operation = operationNamed(name);
  if (!operation) throw unknownCall(name);
  return described(operation);
}

function everything(): string {
  const width = Math.max(...OPERATIONS.map(operation => operation.name.length));
  const groups = CATALOGUE.map(({ name, title, operations }) => {
    const rows = operations.map(one => [one.name.padEnd(width), one.effect, one.title]);
    return `${name}  ${title}\n${table(columns('', '', ''), rows, plain)
      .slice(1)
      .map(line => `  ${line}\n`)
      .join('')}`;
  });
  return groups.join('\n');
}

function described(operation: ApiOperation): string {
  const { name, title, method, path, effect, token, takes, anyOf } = operation;
  const rows = Object.entries(takes).map(([parameter, its]) => [
    parameter,
    its.optional ? 'optional' : 'required',
    its.kind,
    limitsOf(its),
  ]);
  const own = { none: 'takes no clientToken', any: 'clientToken: added', idempotent: 'clientToken: added, and shown' };
  const lines = table(columns('parameter', '', 'kind', 'limits'), rows, plain);
  const also = anyOf ? [`at least one of ${anyOf.join(', ')}`] : [];
  return `${[`${name}  ${title}`, `${method} ${path}  ${effect}, ${own[token]}`, '', ...lines.map(line => line.trimEnd()), ...also].join('\n')}\n`;
}

function limitsOf({ min, max, values, says, per, kind }: Parameter): string {
  if (per) {
    const cases = Object.entries(per[1]).map(
      ([value, limits]) => `${limitsOf({ kind, ...limits })} with ${per[0]} ${value}`,
    );
    return cases.join('; ');
  }
  if (values) return values.join(', ');
  if (says) return says;
  return max === undefined ? (min === undefined ? '' : `from ${min}`) : `${min ?? 0} to ${max}`;
}

/** The error for a name that is no call's, with those that it may have meant. */
export function unknownCall(name: string): RejectedRequest {
  const close = nearest(name, NAMES);
  const meant = close.length > 0 ? `; perhaps ${close.join(', ')}` : '';
  return new RejectedRequest('the command line', [`there is no call "${name}"${meant}`]);
}
