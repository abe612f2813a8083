import { kindOf } from '../model/eip.ts';
import { cny } from '../model/money.ts';
import type { PlanItem } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';
import { beijingTime, oneDecimal } from './format.ts';
import type { Pen } from './pen.ts';
import { type Column, cut, type Paint, printable, table } from './table.ts';
import { TELLING } from './telling.ts';
import { reasonText, type Words } from './words.ts';

type Tone = 'green' | 'red' | 'yellow' | null;
type Row = { readonly cells: readonly string[]; readonly tone: Tone };

const NAME_WIDTH = 24;
const DAY_MS = 86_400_000;

/** A table of what is done or held, in the plan's order: most urgent first. */
export function itemTable(report: Report, words: Words, pen: Pen, width: number | undefined): string[] {
  const items = report.plan.items.filter(isTold);
  if (items.length === 0) return report.plan.items.length > 0 ? [words.none] : [];
  const places = placesOf(report);
  const shape = shapeOf(items, places);
  const columns = columnsOf(words, shape);
  const rows = items.map(item => rowOf(item, report, words, shape));
  const paint: Paint = (cell, row, column) => {
    const tone = rows[row]?.tone;
    if (row < 0) return pen.dim(cell);
    return tone && (column === 0 || column === columns.length - 1) ? pen[tone](cell) : cell;
  };
  const cells = rows.map(row => row.cells);
  return table(columns, cells, paint, width);
}

/** Which columns there are: no place where there is only one, no expiry where nothing expires, no size where none changes. */
type Shape = { readonly places: Places | null; readonly expires: boolean; readonly sizes: boolean };

const shapeOf = (items: readonly PlanItem[], places: Places | null): Shape => ({
  places,
  expires: items.some(({ eip }) => eip.expiryText !== null || eip.billing === 'periodic'),
  sizes: items.some(({ verdict }) => verdict.decision === 'act' && verdict.action.kind === 'resize'),
});

function columnsOf({ columns: titles }: Words, { places, expires: expiring, sizes }: Shape): Column[] {
  const { name, address, id, place, expires, left, size, price, why } = titles;
  const text = (title: string): Column => ({ title, align: 'left' });
  const figure = (title: string): Column => ({ title, align: 'right' });
  return [
    text(''),
    text(name),
    text(address),
    text(id),
    ...(places ? [text(place)] : []),
    ...(expiring ? [text(expires), figure(left)] : []),
    ...(sizes ? [figure(size)] : []),
    figure(price),
    text(why),
  ];
}

function rowOf(item: PlanItem, { plan, outcomes }: Report, words: Words, { places, expires, sizes }: Shape): Row {
  const { eip, verdict } = item;
  const outcome = verdict.decision === 'act' ? outcomes.get(verdict.action.token) : undefined;
  const [mark, tone] = outcome ? MARKS[outcome.state] : verdictMark(item, plan.held.length > 0);
  const cells = [
    mark,
    cut(printable(eip.name), NAME_WIDTH),
    printable(eip.address) || words.resources[kindOf(eip)],
    printable(eip.id),
    ...(places ? [places(item)] : []),
    ...(expires ? expiryCells(eip.expiresAt, plan.madeAt) : []),
    ...(sizes ? [sizeCell(item)] : []),
    verdict.decision === 'act' ? cny(verdict.action.price) : '',
    printable(reasonText(outcome?.reason ?? verdict.reason, words)).trim(),
  ];
  return { cells, tone };
}

const expiryCells = (expiresAt: Date | null, from: Date): string[] =>
  expiresAt ? [beijingTime(expiresAt.toISOString()), oneDecimal(daysBetween(from, expiresAt))] : ['?', '?'];

/** `5 → 20 Mbps`; of what does not change, what it has. */
function sizeCell({ eip, verdict }: PlanItem): string {
  const to = verdict.decision === 'act' && verdict.action.kind === 'resize' ? ` → ${verdict.action.toMbps}` : '';
  return `${eip.bandwidthMbps ?? '?'}${to} Mbps`;
}

// Two decimals first, as in the reason's facts, so that column and sentence agree.
const daysBetween = (from: Date, to: Date): number =>
  Math.round(((to.getTime() - from.getTime()) / DAY_MS) * 100) / 100;

const MARKS: Readonly<Record<Outcome['state'], readonly [string, Tone]>> = {
  done: ['✓', 'green'],
  ordered: ['…', 'yellow'],
  skipped: ['-', 'yellow'],
  failed: ['✗', 'red'],
  unknown: ['?', 'red'],
};

const isTold = ({ verdict }: PlanItem): boolean => verdict.decision !== 'keep' || TELLING.has(verdict.reason.code);

const verdictMark = ({ verdict }: PlanItem, planHeld: boolean): readonly [string, Tone] =>
  verdict.decision !== 'act' || planHeld ? ['!', 'yellow'] : ['→', null];

type Place = { readonly account: string; readonly region: string };
type Places = (place: Place) => string;

/** How to say where an EIP is; null where all are in one place and saying so would be noise. */
function placesOf({ targets, plan }: Report): Places | null {
  const all: readonly Place[] = [...targets, ...plan.items];
  const accounts = new Set(all.map(({ account }) => account));
  if (accounts.size <= 1 && new Set(all.map(({ region }) => region)).size <= 1) return null;
  const names = new Map(targets.map(target => [keyOf(target), target.regionName]));
  return place => {
    const region = names.get(keyOf(place)) ?? shortRegion(place.region);
    return printable(accounts.size > 1 ? `${place.account}/${region}` : region);
  };
}

const keyOf = ({ account, region }: Place): string => JSON.stringify([account, region]);

/** Region ids are 32 hex digits; eight tell them apart. */
const shortRegion = (region: string): string => (region.length > 12 ? `${region.slice(0, 8)}…` : region);
