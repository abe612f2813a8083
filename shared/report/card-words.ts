import type { BindEnd } from '../model/binding.ts';
import type { ApprovalProblem } from '../model/proposal.ts';
import { english } from './card-words.en.ts';
import { chinese } from './card-words.zh-CN.ts';
import type { Lang } from './lang.ts';

/** What cards say beyond what reports say, in one language. Plain text: every dialect escapes it. */
export type CardWords = {
  readonly status: string;
  readonly expiring: (days: number) => string;
  readonly idle: string;
  readonly none: string;
  readonly counts: (eips: number, bound: number, idle: number) => string;
  readonly bound: string;
  readonly unbound: string;
  /** @param at Beijing time */
  readonly expires: (at: string, days: string) => string;
  readonly noExpiry: string;
  readonly unseen: string;
  readonly noSuchEip: (given: string) => string;
  readonly severalEips: (given: string) => string;
  readonly notDone: string;
  readonly nothingToDo: string;
  readonly plan: string;
  readonly plans: string;
  readonly askedBy: string;
  readonly costs: string;
  readonly agreed: string;
  readonly until: string;
  readonly number: string;
  readonly heldBy: string;
  readonly approvedBy: (who: string, have: number, need: number) => string;
  readonly rejectedBy: (who: string) => string;
  readonly checking: (who: string, word: 'approve' | 'reject') => string;
  readonly applying: string;
  readonly decided: string;
  readonly noSuchPlan: string;
  readonly severalPlans: string;
  readonly usedButton: string;
  readonly problems: Readonly<Record<ApprovalProblem, string>>;
  readonly mode: string;
  readonly all: string;
  readonly changedBy: (who: string, at: string) => string;
  readonly history: string;
  readonly nowhere: string;
  readonly nowAt: string;
  readonly outcome: string;
  readonly bindings: Readonly<Record<BindEnd['outcome'], string>>;
  readonly off: string;
  readonly failed: string;
  readonly gaveUp: string;
  readonly gaveUpApplying: (plan: string) => string;
  readonly digest: string;
  readonly meanwhile: string;
  readonly more: (lines: number) => string;
};

const WORDS: Readonly<Record<Lang, CardWords>> = { en: english, 'zh-CN': chinese };

export const cardWords = (lang: Lang): CardWords => WORDS[lang];
