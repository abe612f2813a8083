import type { BindTarget, EipRef } from '../model/bind-request.ts';
import type { Switch } from '../model/control.ts';
import { argumentsOf } from './commands-arguments.ts';
import { aliasOf, type CommandName, gluedAlias, KEYWORDS } from './commands-keywords.ts';
import { nearest } from './commands-near.ts';
import { folded, type Token, tokensOf } from './commands-tokens.ts';

/** What a person may say. Nothing here is done: what costs money or cannot be undone becomes a plan first. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'status'; readonly pattern: string | null }
  | { readonly name: 'expiring'; readonly days: number | null }
  | { readonly name: 'idle' }
  | { readonly name: 'renew'; readonly eip: EipRef }
  | { readonly name: 'scale'; readonly eip: EipRef; readonly toMbps: number }
  | { readonly name: 'bind'; readonly eip: EipRef; readonly target: BindTarget }
  | { readonly name: 'unbind'; readonly eip: EipRef }
  | { readonly name: 'plans' }
  | { readonly name: 'approve' | 'reject'; readonly hash: string }
  | { readonly name: 'mode'; readonly function: string | null; readonly mode: Switch | null }
  | { readonly name: 'history'; readonly eip: EipRef };

export type SlotName = 'eip' | 'mbps' | 'days' | 'hash' | 'target-type' | 'target-id' | 'function-or-mode';

/** What is wrong with a command; words are made of it in the person's language. `meant` is a guess, or null. */
export type CommandProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'too-long' }
  | { readonly code: 'unknown-command'; readonly given: string; readonly meant: string | null }
  | { readonly code: 'missing'; readonly slot: SlotName }
  | { readonly code: 'wrong'; readonly slot: SlotName; readonly given: string; readonly meant: string | null }
  | { readonly code: 'extra'; readonly given: string };

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problems: readonly CommandProblem[] };

/** Longer than any command; the rest would be work for nothing. */
const MAX_CHARACTERS = 500;

const wrong = (...problems: readonly CommandProblem[]): ParsedCommand => ({ ok: false, problems });

/**
 * Reads a command, in Chinese or English, forgiving of case, full-width characters, leading mentions and politeness.
 * Otherwise all that is wrong is told at once.
 *
 * @param functions names that `mode` may be asked about
 */
export function parseCommand(text: string, functions: readonly string[]): ParsedCommand {
  if (text.length > MAX_CHARACTERS) return wrong({ code: 'too-long' });
  const [first, ...rest] = tokensOf(text);
  if (first === undefined) return wrong({ code: 'empty' });
  const { name, glued } = keywordOf(first);
  if (name !== undefined) return finished(name, [...glued, ...rest], functions);
  const meant = nearest(folded(first.text), Object.values(KEYWORDS).flat());
  const unknown: CommandProblem = { code: 'unknown-command', given: first.text, meant };
  const guess = meant === null ? undefined : aliasOf(meant);
  const more = guess === undefined ? wrong() : finished(guess, rest, functions);
  return wrong(unknown, ...(more.ok ? [] : more.problems));
}

function keywordOf(first: Token): { name: CommandName | undefined; glued: readonly Token[] } {
  const name = aliasOf(folded(first.text));
  // Chinese needs no blank between the word and what follows: 续订203.0.113.1
  return name === undefined && !first.quoted ? gluedAlias(first.text) : { name, glued: [] };
}

function finished(name: CommandName, tokens: readonly Token[], functions: readonly string[]): ParsedCommand {
  const { command, problems } = argumentsOf(name, tokens, functions);
  return command !== null && problems.length === 0 ? { ok: true, command } : wrong(...problems);
}
