import { describe, expect, it } from 'vitest';
import type { CommandProblem, SlotName } from '../../shared/chat/commands.ts';
import { parseCommand } from '../../shared/chat/commands.ts';
import { COMMAND_NAMES } from '../../shared/chat/commands-keywords.ts';
import { firstAccepted, judged, refuse } from '../../shared/chat/refusal.ts';
import { chatWords, problemText } from '../../shared/chat/words.ts';

const LANGS = ['zh-CN', 'en'] as const;
const SLOTS: readonly SlotName[] = ['eip', 'mbps', 'days', 'hash', 'target-type', 'target-id', 'function-or-mode'];
const PROBLEMS: readonly CommandProblem[] = [
  { code: 'empty' },
  { code: 'too-long' },
  { code: 'unknown-command', given: 'x', meant: null },
  { code: 'unknown-command', given: 'x', meant: 'help' },
  { code: 'extra', given: 'x' },
  ...SLOTS.flatMap((slot): CommandProblem[] => [
    { code: 'missing', slot },
    { code: 'wrong', slot, given: 'x', meant: 'y' },
  ]),
];

describe('words of the chat', () => {
  it.each(LANGS.flatMap(lang => PROBLEMS.map(problem => [lang, problem] as const)))(
    '%s: %j has a sentence',
    (lang, problem) => {
      const text = problemText(problem, chatWords(lang));
      expect(text).not.toMatch(/undefined|null/);
      expect(text).toMatch(lang === 'en' ? /^["A-Z].*[.?]$/ : /\p{Script=Han}.*[。？]$/u);
    },
  );
  it('the two languages have words for the same things', () => {
    const keys = (lang: (typeof LANGS)[number]) =>
      Object.entries(chatWords(lang)).map(([name, value]) => [
        name,
        typeof value === 'object' ? Object.keys(value).toSorted() : '',
      ]);
    expect(keys('zh-CN')).toEqual(keys('en'));
  });
  it.each(LANGS.flatMap(lang => COMMAND_NAMES.map(name => [lang, name] as const)))(
    '%s: help shows "%s" as it can be typed',
    (lang, name) => {
      const [syntax] = chatWords(lang).help[name];
      const parsed = parseCommand(syntax.split(/[ [<]/)[0]!, []);
      const known = parsed.ok ? parsed.command.name === name : parsed.problems.every(({ code }) => code === 'missing');
      expect(known).toBe(true);
    },
  );
  it.each(LANGS)('%s: says who decided', lang => {
    const { approvedBy, rejectedBy } = chatWords(lang);
    expect(approvedBy('U1')).toContain('U1');
    expect(rejectedBy('U1')).toContain('U1');
  });
});

describe('judging', () => {
  const bug = () => {
    throw new TypeError('a bug');
  };
  it('is no place to hide a bug', () => {
    expect(() => judged(bug)).toThrow(TypeError);
    expect(() => judged(() => firstAccepted(['a'], bug))).toThrow(TypeError);
  });
  it('tells of several secrets the refusal that got furthest', () => {
    const codes = { a: 'signature-mismatch', b: 'undecryptable', c: 'secret-missing' } as const;
    const judge = (...list: (keyof typeof codes)[]) => judged(() => firstAccepted(list, each => refuse(codes[each])));
    expect(judge('a', 'b', 'c')).toMatchObject({ code: 'undecryptable' });
    expect(judge('c', 'a')).toMatchObject({ code: 'signature-mismatch' });
    expect(judge('c')).toMatchObject({ code: 'secret-missing' });
    expect(judge()).toMatchObject({ code: 'secret-missing' });
  });
});
