import { type Fen, sumFen } from '../model/money.ts';
import { digest } from '../model/token.ts';
import { decode, encode } from './codec.ts';
import { LedgerError } from './errors.ts';
import type { Row, Table } from './table.ts';

/**
 * One planned time of one ask, in as many runs as it takes: its actions and their money are counted here, by token and
 * part, so that its caps are one whatever runs at once. A token counts once: a run that is repeated, or goes on with what
 * a crash has left, adds only what is new.
 */
export type Part = { readonly round: string; readonly part: string };

/** The most that may be counted. `ofPart`: actions of this part. */
export type Bounds = { readonly actions: number; readonly fen: number; readonly ofPart: number };

/** What would be counted with the wish; it `fits` where no bound is crossed, and then it is. */
export type Counted = Bounds & { readonly fits: boolean };

/** A record holds no more tokens than this, whatever the ask allows. */
export const MOST_ACTIONS = 10_000;
const KEPT_MS = 30 * 86_400_000;
const TRIES = 8;

/** Short names for tokens; twelve digits are enough within one round. */
type Tokens = Readonly<Record<string, number>>;
const shortOf = (token: string): string => digest(token).slice(0, 12);
const short = (wish: ReadonlyMap<string, number>): Tokens =>
  Object.fromEntries([...wish].map(([token, fen]) => [shortOf(token), fen]));
const sum = (tokens: Tokens): Fen => sumFen(Object.values(tokens) as Fen[]);

const keyOf = ({ round }: Part) => ({ pk: `round#${round}`, sk: 'round' });

type Kept = { readonly tokens: Tokens; readonly version: number };
const NONE: Kept = { tokens: {}, version: 0 };

function keptOf(row: Row, { part }: Part): Kept {
  const body = (row.parts as Readonly<Record<string, string>>)[part];
  return body === undefined
    ? NONE
    : { tokens: decode<Tokens>(body), version: Number((row.versions as Versions)[part]) };
}
type Versions = Readonly<Record<string, number>>;

/**
 * Counts what a run is about to do, all of it or nothing.
 *
 * @param wish by token, in fen
 * @throws LedgerError
 */
export async function count(
  table: Table,
  part: Part,
  wish: ReadonlyMap<string, Fen>,
  bounds: Bounds,
  now: Date,
): Promise<Counted> {
  for (let tries = 0; tries < TRIES; tries++) {
    const row = (await table.get(keyOf(part))) ?? (await created(table, part, now));
    const kept = keptOf(row, part);
    const added = Object.fromEntries(
      Object.entries(short(wish)).filter(([token]) => !Object.hasOwn(kept.tokens, token)),
    );
    const more = { actions: Object.keys(added).length, fen: sum(added) };
    const would = {
      actions: Number(row.actions) + more.actions,
      fen: Number(row.fen) + more.fen,
      ofPart: Object.keys(kept.tokens).length + more.actions,
    };
    const room = { actions: Math.min(bounds.actions, MOST_ACTIONS) - more.actions, fen: bounds.fen - more.fen };
    if (Number(row.actions) > room.actions || Number(row.fen) > room.fen || would.ofPart > bounds.ofPart)
      return { ...would, fits: false };
    const tokens = { ...kept.tokens, ...added };
    if (more.actions === 0 || (await write(table, part, { tokens, version: kept.version }, more, room)))
      return { ...would, fits: true };
  }
  throw contended(part);
}

/**
 * Puts right what was counted before it was done.
 *
 * @param became by token: what it cost, or null where nothing came of it
 * @throws LedgerError; then too much stays counted, never too little
 */
export async function recount(table: Table, part: Part, became: ReadonlyMap<string, Fen | null>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const row = await table.get(keyOf(part));
    const { tokens, version } = row ? keptOf(row, part) : NONE;
    const ends = new Map([...became].map(([token, fen]) => [shortOf(token), fen]));
    const next: Tokens = Object.fromEntries(
      Object.entries(tokens).flatMap(([token, fen]) => {
        const end = ends.has(token) ? ends.get(token) : fen;
        return end === null || end === undefined ? [] : [[token, end]];
      }),
    );
    const more = {
      actions: Object.keys(next).length - Object.keys(tokens).length,
      fen: sum(next) - sum(tokens),
    };
    if (more.actions === 0 && more.fen === 0) return;
    if (await write(table, part, { tokens: next, version }, more, null)) return;
  }
  throw contended(part);
}

const contended = ({ round }: Part) => new LedgerError('CONTENDED', `${round} is being counted over and over`);

async function created(table: Table, part: Part, now: Date): Promise<Row> {
  const ttl = Math.floor((now.getTime() + KEPT_MS) / 1000);
  const row = { ...keyOf(part), actions: 0, fen: 0, parts: {}, versions: {}, ttl };
  await table.put(row, { text: 'attribute_not_exists(pk)' });
  return (await table.get(keyOf(part))) ?? row;
}

type Totals = { readonly actions: number; readonly fen: number };

/** One write on the one record: the totals under their bounds, and the part as it was read. Other parts hinder nobody. */
function write(table: Table, { round, part }: Part, { tokens, version }: Kept, more: Totals, room: Totals | null) {
  const unchanged = version === 0 ? 'attribute_not_exists(versions.#part)' : 'versions.#part = :version';
  const change = 'SET parts.#part = :tokens, versions.#part = :next, actions = actions + :actions, fen = fen + :fen';
  return table.update(keyOf({ round, part }), change, {
    text: `${unchanged}${room ? ' AND actions <= :roomActions AND fen <= :roomFen' : ''}`,
    names: { '#part': part },
    values: {
      ':tokens': encode(tokens),
      ':next': version + 1,
      ':actions': more.actions,
      ':fen': more.fen,
      ...(version === 0 ? {} : { ':version': version }),
      ...(room ? { ':roomActions': room.actions, ':roomFen': room.fen } : {}),
    },
  });
}
