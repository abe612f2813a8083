import type { Switch } from '../model/control.ts';
import type { ResourceKind } from '../model/eip.ts';
import type { Action, Reason } from '../model/plan.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Lang } from './lang.ts';
import { english } from './words.en.ts';
import { chinese } from './words.zh-CN.ts';

export type Facts = Reason['facts'];
export type Sentence = (facts: Facts) => string;

type MonthlyTotal = { readonly perMonth: string; readonly unknown: number };

/** All that a report says in one language. */
export type Words = {
  readonly reasons: Readonly<Record<string, Sentence>>;
  readonly caps: Readonly<Record<string, string>>;
  /** What to do about a target's problem, by its code. */
  readonly advice: Readonly<Record<string, string>>;
  readonly adviceOtherwise: string;
  readonly columns: Readonly<
    Record<'name' | 'address' | 'id' | 'place' | 'expires' | 'left' | 'size' | 'price' | 'why', string>
  >;
  /** What a thing without an address is. */
  readonly resources: Readonly<Record<ResourceKind, string>>;
  readonly title: (fn: string, mode: Switch) => string;
  readonly dryRun: string;
  readonly beijing: string;
  readonly problem: (place: string, message: string) => string;
  readonly todo: (advice: string) => string;
  readonly held: string;
  readonly heldAdvice: string;
  /** @param until Beijing time */
  readonly approve: (hash: string, approvers: number, until: string) => string;
  readonly off: string;
  /** The kill switch made a plan of what was asked as an apply. */
  readonly byNobody: string;
  /** The settings did. */
  readonly notAllowed: string;
  readonly ledger: (problem: string) => string;
  readonly slot: (place: string, slot: 'done' | 'running') => string;
  /** The queue has the rest of a place. */
  readonly handedOver: (place: string) => string;
  readonly crossed: (cap: string, wanted: string, limit: string) => string;
  readonly kept: (counts: string) => string;
  readonly keptBy: Readonly<Record<string, string>>;
  readonly none: string;
  /**
   * @param place the only region, by its name, or how many were seen
   * @param onlyEips whether nothing but EIPs was seen
   */
  readonly seen: (count: number, place: string | number, onlyEips: boolean) => string;
  readonly counts: Readonly<
    Record<'act' | 'hold' | 'keep' | 'done' | 'ordered' | 'skipped' | 'failed' | 'unknown', string>
  >;
  readonly plans: Readonly<
    Record<'none' | 'hash' | 'fn' | 'state' | 'approvals' | 'by' | 'expires' | 'approved' | 'rejected', string>
  > & { readonly states: Readonly<Record<Proposal['state'], string>> };
  readonly history: Readonly<Record<'none' | 'when' | 'eip' | 'what' | 'who' | 'price' | 'why' | 'held', string>> & {
    readonly kinds: Readonly<Record<Action['kind'], string>>;
    readonly bindings: Readonly<Record<'bind' | 'unbind', string>>;
  };
  /** Of addresses that are given back; `unknown` of them have no known price. */
  readonly releases: {
    readonly idle: (eips: number, cost: MonthlyTotal) => string;
    readonly noUndo: (eips: number, cost: MonthlyTotal) => string;
    readonly saved: (eips: number, cost: MonthlyTotal) => string;
    readonly keep: string;
  };
  readonly planned: string;
  readonly spent: string;
};

const WORDS: Readonly<Record<Lang, Words>> = { en: english, 'zh-CN': chinese };

export const wordsFor = (lang: Lang): Words => WORDS[lang];

/** An entry of a dictionary. Codes come from outside: `constructor` must not find what every object inherits. */
export const entry = <T>(dictionary: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(dictionary, code) ? dictionary[code] : undefined;

/** A reason as a sentence; a code without words is shown with its facts rather than hidden. */
export function reasonText({ code, facts }: Reason, words: Words): string {
  const sentence = entry(words.reasons, code);
  return sentence
    ? sentence(facts)
    : [code, ...Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`)].join(' ');
}
