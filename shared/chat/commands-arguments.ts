import { type BindTarget, TARGET_TYPES } from '../model/bind-request.ts';
import type { Switch } from '../model/control.ts';
import type { Command, CommandProblem, SlotName } from './commands.ts';
import type { CommandName } from './commands-keywords.ts';
import { nearest } from './commands-near.ts';
import { folded, type Token } from './commands-tokens.ts';
import {
  MODE_WORDS,
  readDays,
  readEip,
  readHash,
  readMbps,
  readMode,
  readPattern,
  readTargetType,
} from './commands-values.ts';

type Read = { readonly command: Command | null; readonly problems: readonly CommandProblem[] };

/** Words between arguments that say nothing. */
const FILLERS: ReadonlySet<string> = new Set(['to', '到', '至', '为', '=', '->', '→', 'in', 'within']);

/** Takes arguments one after the other and keeps what is wrong with them. */
class Arguments {
  readonly problems: CommandProblem[] = [];
  private readonly left: Token[];

  constructor(tokens: readonly Token[]) {
    this.left = tokens.filter(({ text, quoted }) => quoted || !FILLERS.has(folded(text)));
  }

  get more(): boolean {
    return this.left.length > 0;
  }

  take<T>(slot: SlotName, read: (token: Token) => T | undefined, candidates: readonly string[] = []): T | null {
    return this.read(slot, this.left.shift(), read, candidates);
  }

  /** All that is left as one: `10 Mbps`. */
  takeRest<T>(slot: SlotName, read: (text: string) => T | undefined): T | null {
    const text = this.left.splice(0).map(token => token.text);
    const token = text.length > 0 ? { text: text.join(''), quoted: false } : undefined;
    return this.read(slot, token, each => read(each.text));
  }

  finish(command: Command | null): Read {
    this.problems.push(...this.left.map(({ text }): CommandProblem => ({ code: 'extra', given: text })));
    return { command, problems: this.problems };
  }

  private read<T>(
    slot: SlotName,
    token: Token | undefined,
    read: (token: Token) => T | undefined,
    candidates: readonly string[] = [],
  ): T | null {
    const value = token && read(token);
    if (value !== undefined) return value;
    const near = token ? nearest(folded(token.text), candidates) : null;
    // A right word in a wrong place is not a mistyped one.
    const meant = token && near === folded(token.text) ? null : near;
    this.problems.push(token ? { code: 'wrong', slot, given: token.text, meant } : { code: 'missing', slot });
    return null;
  }
}

/** The arguments of a command, or all that is wrong with them. */
export function argumentsOf(name: CommandName, tokens: readonly Token[], functions: readonly string[]): Read {
  const given = new Arguments(tokens);
  switch (name) {
    case 'help':
      return { command: { name }, problems: [] };
    case 'idle':
    case 'plans':
      return given.finish({ name });
    case 'status':
      return given.finish({
        name,
        pattern: given.more ? given.take('eip', ({ text }) => readPattern(text)) : null,
      });
    case 'expiring':
      return given.finish({ name, days: given.more ? given.takeRest('days', readDays) : null });
    case 'renew':
    case 'unbind':
    case 'history':
      return ofEip(name, given);
    case 'scale':
      return scale(given);
    case 'bind':
      return bind(given);
    case 'approve':
    case 'reject':
      return ofHash(name, given);
    case 'mode':
      return mode(given, functions);
  }
}

function ofEip(name: 'renew' | 'unbind' | 'history', given: Arguments): Read {
  const eip = given.take('eip', readEip);
  return given.finish(eip && { name, eip });
}

function ofHash(name: 'approve' | 'reject', given: Arguments): Read {
  const hash = given.take('hash', ({ text }) => readHash(text));
  return given.finish(hash === null ? null : { name, hash });
}

function scale(given: Arguments): Read {
  const eip = given.take('eip', readEip);
  const toMbps = given.takeRest('mbps', readMbps);
  return given.finish(eip && toMbps !== null ? { name: 'scale', eip, toMbps } : null);
}

function bind(given: Arguments): Read {
  const eip = given.take('eip', readEip);
  const type = given.take('target-type', ({ text }) => readTargetType(text), TARGET_TYPES);
  const id = given.take('target-id', readId);
  const portId = given.more ? given.take('target-id', readId) : null;
  const target: BindTarget | null = type && id ? { type, id, portId } : null;
  return given.finish(eip && target && { name: 'bind', eip, target });
}

const readId = ({ text }: Token): string | undefined => /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.exec(text)?.[0];

function mode(given: Arguments, functions: readonly string[]): Read {
  const asked: { function: string | null; mode: Switch | null } = { function: null, mode: null };
  const isFunction = (text: string) => functions.find(each => each === folded(text));
  for (let count = 0; count < 2 && given.more; count += 1) {
    const read = ({ text }: Token) =>
      (asked.mode === null ? readMode(text) : undefined) ?? (asked.function === null ? isFunction(text) : undefined);
    const value = given.take('function-or-mode', read, [...functions, ...MODE_WORDS]);
    if (value === 'off' || value === 'plan' || value === 'apply') asked.mode = value;
    else asked.function ??= value;
  }
  return given.finish({ name: 'mode', ...asked });
}
