import { canonicalAddress } from '../model/address.ts';
import type { Zone } from '../model/orphans.ts';
import { type ZoneLine, zoneLines } from './zone-lines.ts';

/** A zone file that cannot be understood in full is not understood: a name in it may point at an address. */
export type ZoneRead = { readonly zone: Zone } | { readonly problems: readonly string[] };

const TYPES = /^[A-Z][A-Z0-9-]*$/;
const NOT_TYPES = /^(IN|CH|HS|CS|\d+([smhdw]\d*)*[smhdw]?)$/i;

type Reading = {
  readonly pointers: Map<string, string>;
  readonly targets: Set<string>;
  readonly owners: Set<string>;
  readonly problems: string[];
  origin: string;
  owner: string;
};

/** Reads the A, AAAA and CNAME records of a BIND zone file (RFC 1035); other records are passed over. */
export function readZone(text: string, origin = ''): ZoneRead {
  const state: Reading = {
    ...{ pointers: new Map(), targets: new Set(), owners: new Set(), problems: [] },
    ...{ origin: absolute(origin, ''), owner: '' },
  };
  const { lines, unclosed } = zoneLines(text);
  for (const line of lines) readLine(line, state);
  if (unclosed !== null) state.problems.push(`line ${unclosed}: "(" without ")"`);
  const { pointers, targets, owners, problems } = state;
  if (problems.length > 0) return { problems };
  return { zone: { pointers, outside: [...targets].filter(name => !owners.has(name)) } };
}

function readLine({ number, words, indented }: ZoneLine, state: Reading): void {
  const [first = ''] = words;
  if (first.startsWith('$')) {
    directive(number, words, state);
    return;
  }
  if (!indented) state.owner = absolute(first, state.origin);
  const rest = indented ? words : words.slice(1);
  const at = rest.findIndex(word => !NOT_TYPES.test(word));
  const type = (rest[at] ?? '').toUpperCase();
  const data = rest[at + 1] ?? '';
  if (at < 0 || !TYPES.test(type)) return void state.problems.push(`line ${number}: no record type`);
  if (state.owner === '') return void state.problems.push(`line ${number}: no name, and none before it`);
  record(number, type, data, state);
}

function record(number: number, type: string, data: string, state: Reading): void {
  if (type === 'CNAME') {
    state.owners.add(state.owner);
    state.targets.add(absolute(data, state.origin));
    return;
  }
  if (type !== 'A' && type !== 'AAAA') return;
  const address = canonicalAddress(data);
  if (address === null) return void state.problems.push(`line ${number}: ${type} without an address`);
  state.owners.add(state.owner);
  state.pointers.set(address, state.pointers.get(address) ?? state.owner);
}

function directive(number: number, [name = '', value = '']: readonly string[], state: Reading): void {
  const word = name.toUpperCase();
  if (word === '$ORIGIN' && value !== '') state.origin = absolute(value, state.origin);
  else if (word !== '$TTL') state.problems.push(`line ${number}: ${name} is not understood`);
}

/** A name without its last dot, lower case: relative names are under the origin, `@` is the origin. */
function absolute(name: string, origin: string): string {
  const lower = name.toLowerCase();
  if (lower === '@') return origin;
  if (lower.endsWith('.')) return lower.slice(0, -1);
  return origin === '' || lower === '' ? lower : `${lower}.${origin}`;
}
