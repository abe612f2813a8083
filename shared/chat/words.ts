import type { Denial, Role } from './access.ts';
import type { CommandProblem, SlotName } from './commands.ts';
import type { CommandName } from './commands-keywords.ts';
import { english } from './words.en.ts';
import { chinese } from './words.zh-CN.ts';

/** All that the chat says of itself in one language. Plain text: each dialect escapes it as any other. */
export type ChatWords = {
  readonly slots: Readonly<Record<SlotName, string>>;
  readonly roles: Readonly<Record<Role, string>>;
  /** Every command as it is typed, and what it does. */
  readonly help: Readonly<Record<CommandName, readonly [string, string]>>;
  readonly helpTitle: string;
  readonly empty: string;
  readonly tooLong: string;
  readonly unknown: (given: string) => string;
  readonly meant: (word: string) => string;
  readonly missing: (slot: string) => string;
  readonly wrong: (slot: string, given: string) => string;
  readonly extra: (given: string) => string;
  readonly denied: Readonly<Record<Denial['code'], (role: string) => string>>;
  readonly received: string;
  readonly approve: string;
  readonly reject: string;
  readonly approvedBy: (who: string) => string;
  readonly rejectedBy: (who: string) => string;
};

const WORDS: Readonly<Record<'zh-CN' | 'en', ChatWords>> = { 'zh-CN': chinese, en: english };

export const chatWords = (lang: 'zh-CN' | 'en'): ChatWords => WORDS[lang];

/** What is wrong with a command, as a sentence. */
export function problemText(problem: CommandProblem, words: ChatWords): string {
  switch (problem.code) {
    case 'empty':
      return words.empty;
    case 'too-long':
      return words.tooLong;
    case 'unknown-command':
      return withGuess(words.unknown(problem.given), problem.meant, words);
    case 'missing':
      return words.missing(words.slots[problem.slot]);
    case 'wrong':
      return withGuess(words.wrong(words.slots[problem.slot], problem.given), problem.meant, words);
    case 'extra':
      return words.extra(problem.given);
  }
}

const withGuess = (text: string, meant: string | null, words: ChatWords): string =>
  meant === null ? text : `${text} ${words.meant(meant)}`;

export const denialText = ({ code, needs }: Denial, words: ChatWords): string => words.denied[code](words.roles[needs]);
