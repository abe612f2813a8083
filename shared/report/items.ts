import { kindOf } from '../model/eip.ts';
import { cny } from '../model/money.ts';
import type { PlanItem } from '../model/plan.ts';
import type { Outcome, Report } from '../model/report.ts';
import { beijingTime, oneDecimal } from './format.ts';
import type { Pen } from './pen.ts';
import { type Column, cut, type Paint, printable, table } from './table.ts';
import { reasonText, type Words } from './words.ts';

type Tone = 'green' | 'red' | 'yellow' | null;
type Row = { readonly cells: readonly string[]; readonly tone: Tone };

const NAME_WIDTH = 24;
const DAY_MS = 86_400_000;

/** A table of what is done or held, in the plan's order: most urgent first. */
export function itemTable(report: Report, words: Words, pen: Pen, width: number | undefined): string[] {
  const items = report.plan.items.filter(({ verdict }) => verdict.decision !== 'keep');
  if (items.length === 0) return report.plan.items.length > 0 ? [words.none] : [];
  const places = placesOf(report);
  const columns = columnsOf(words, places !== null);
  const rows = items.map(item => rowOf(item, report, words, places));
  const paint: Paint = (cell, row, column) => {
    const tone = rows[row]?.tone;
    if (row < 0) return pen.dim(cell);
    return tone && (column === 0 || column === columns.length - 1) ? pen[tone](cell) : cell;
  };
  const cells = rows.map(row => row.cells);
  return table(columns, cells, paint, width);
}

function columnsOf({ columns: titles }: Words, withPlace: boolean): Column[] {
  const { name, address, id, place, expires, left, price, why } = titles;
  const text = (title: string): Column => ({ title, align: 'left' });
  const figure = (title: string): Column => ({ title, align: 'right' });
  const where = withPlace ? [text(place)] : [];
  return [
    text(''),
    text(name),
    text(address),
    text(id),
    ...where,
    text(expires),
    figure(left),
    figure(price),
    text(why),
  ];
}

function rowOf(item: PlanItem, { plan, outcomes }: Report, words: Words, places: Places | null): Row {
  const { eip, verdict } = item;
  const outcome = verdict.decision === 'act' ? outcomes.get(verdict.action.token) : undefined;
  const [mark, tone] = outcome ? MARKS[outcome.state] : verdictMark(item, plan.held.length > 0);
  const cells = [
    mark,
    cut(printable(eip.name), NAME_WIDTH),
    printable(eip.address) || words.resources[kindOf(eip)],
    printable(eip.id),
    ...(places ? [places(item)] : []),
    eip.expiresAt ? beijingTime(eip.expiresAt.toISOString()) : '?',
    eip.expiresAt ? oneDecimal(daysBetween(plan.madeAt, eip.expiresAt)) : '?',
    verdict.decision === 'act' ? cny(verdict.action.price) : '',
    printable(reasonText(outcome?.reason ?? verdict.reason, words)).trim(),
  ];
  return { cells, tone };
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

const verdictMark = ({ verdict }: PlanItem, planHeld: boolean): readonly [string, Tone] =>
  verdict.decision === 'hold' || planHeld ? ['!', 'yellow'] : ['→', null];

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
