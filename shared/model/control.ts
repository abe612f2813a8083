import type { Mode } from './ask.ts';

/** What the kill switch allows. `off`: do not even look. */
export type Switch = Mode | 'off';

const ORDER: readonly Switch[] = ['off', 'plan', 'apply'];

/** The stricter of several modes: off before plan before apply. */
export const strictest = (first: Switch, ...others: readonly Switch[]): Switch =>
  ORDER[Math.min(...[first, ...others].map(mode => ORDER.indexOf(mode)))] ?? 'off';

/** The control record: one switch for all functions and one for each that a person has set. */
export type Control = {
  readonly all: Switch;
  readonly functions: Readonly<Record<string, Switch>>;
  /** Who turned it last, and when; null if nobody ever did. */
  readonly changed: { readonly who: string; readonly at: Date } | null;
};

/** A switch that nobody has touched forbids nothing. */
export const UNTOUCHED: Control = { all: 'apply', functions: {}, changed: null };

/** What the switch allows a function. */
export const allowed = ({ all, functions }: Control, fn: string): Switch =>
  strictest(all, Object.hasOwn(functions, fn) ? (functions[fn] ?? 'off') : 'apply');
