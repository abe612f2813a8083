import type { Envelope } from '../../shared/ctyun/envelope.ts';
import type { ApiOperation } from '../../shared/ctyun/operation.ts';
import { printable, table } from '../../shared/report/table.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.length > 0 && value.every(isFields);

/** The answer as the API gave it, with what was called. */
export const answerJson = ({ name }: ApiOperation, envelope: Envelope, token: string | undefined): string =>
  JSON.stringify({ operation: name, ...(token ? { clientToken: token } : {}), ...envelope }, null, 2);

/** Of a success these say nothing. */
const ENVELOPE = new Set(['statusCode', 'errorCode', 'error', 'message', 'description', 'msgDesc', 'returnObj']);

/** A list as a table, anything else as a list of fields; counts below. */
export function answerText(envelope: Envelope): string {
  const beside = Object.fromEntries(Object.entries(envelope).filter(([name]) => !ENVELOPE.has(name)));
  const { returnObj } = envelope;
  const shown = Array.isArray(returnObj) ? listText('', returnObj) : isFields(returnObj) ? fieldsText(returnObj) : [];
  const lines = [...shown, ...fieldsText(beside)];
  return lines.length > 0
    ? lines
        .map(line => line.trimEnd())
        .join('\n')
        .trimEnd()
    : 'done';
}

function fieldsText(fields: Fields): string[] {
  const entries = Object.entries(fields);
  const tables = entries
    .filter(([, value]) => isRows(value))
    .flatMap(([name, value]) => listText(name, value as Fields[]));
  const plain = entries.filter(([, value]) => !isRows(value)).map(([name, value]) => [printable(name), cellOf(value)]);
  return [...tables, ...table(columnsOf(['', '']), plain, cell => cell).slice(1)];
}

/** A table whose columns are the fields that any row has and that are not empty in every row. */
function listText(name: string, rows: readonly unknown[]): string[] {
  const title = name === '' ? [] : [`${printable(name)}:`];
  if (!isRows(rows)) return [...title, ...(rows.length === 0 ? ['(none)'] : rows.map(cellOf))];
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))].toSorted((a, b) => rank(a) - rank(b));
  const told = names.filter(field => rows.some(row => cellOf(row[field]) !== ''));
  const cells = rows.map(row => told.map(field => cellOf(row[field])));
  return [...title, ...table(columnsOf(told.map(printable)), cells, cell => cell), ''];
}

/** What a thing is known by stands first. */
const rank = (field: string): number => (/^id$/i.test(field) ? 0 : field === 'name' ? 1 : 2);

const columnsOf = (titles: readonly string[]) => titles.map(title => ({ title, align: 'left' as const }));

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return printable(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
