import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RejectedRequest } from '../../shared/model/errors.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An ask with the text of its zone files in it: files are read where there are any, here. An ask that names none, or is
 * not one, stays as it is, for its reader to judge.
 *
 * @throws RejectedRequest naming every file that cannot be read
 */
export function withZones(event: unknown): unknown {
  if (!isFields(event) || !isFields(event.orphans) || !isFields(event.orphans.dns)) return event;
  const { zoneFiles, zones = [], ...dns } = event.orphans.dns;
  if (!Array.isArray(zoneFiles) || !Array.isArray(zones)) return event;
  const problems: string[] = [];
  const read = zoneFiles.map(file => zoneOf(String(file), problems));
  if (problems.length > 0) throw new RejectedRequest('the ask (orphans.dns.zoneFiles)', problems);
  return { ...event, orphans: { ...event.orphans, dns: { ...dns, zones: [...zones, ...read] } } };
}

/** `example.com.zone` and `db.example.com` are of example.com, unless the file says $ORIGIN. */
function zoneOf(file: string, problems: string[]): Fields {
  const origin = basename(file)
    .replace(/^db\./, '')
    .replace(/\.(zone|db|txt)$/, '');
  try {
    return { file, origin, text: readFileSync(file, 'utf8') };
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return {};
  }
}
