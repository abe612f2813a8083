import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, type CommandProblem, parseCommand } from '../../shared/chat/commands.ts';
import { COMMAND_NAMES, KEYWORDS } from '../../shared/chat/commands-keywords.ts';
import { nearest } from '../../shared/chat/commands-near.ts';
import { chatWords, problemText } from '../../shared/chat/words.ts';

const FUNCTIONS = ['auto-renew', 'scale-bandwidth', 'release-orphans', 'bind-on-webhook'];
const parse = (text: string) => parseCommand(text, FUNCTIONS);
const problemsOf = (text: string): readonly CommandProblem[] => {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.problems;
};
const HASH = '0123456789abcdef'.repeat(4);
const address = (value: string) => ({ by: 'address', value });
const id = (value: string) => ({ by: 'id', value });
const name = (value: string) => ({ by: 'name', value });
const vm = (target: string, portId: string | null = null) => ({ type: 'vm', id: target, portId });

const COMMANDS: [string, Command | object][] = [
  ['help', { name: 'help' }],
  ['HELP', { name: 'help' }],
  ['帮助', { name: 'help' }],
  ['帮助！', { name: 'help' }],
  ['?', { name: 'help' }],
  ['？', { name: 'help' }],
  ['help renew', { name: 'help' }],
  ['status', { name: 'status', pattern: null }],
  ['status web-*', { name: 'status', pattern: 'web-*' }],
  ['ｓｔａｔｕｓ　ｗｅｂ-*', { name: 'status', pattern: 'ｗｅｂ-*' }],
  ['状态 网站＊？', { name: 'status', pattern: '网站*?' }],
  ['状态 网站?', { name: 'status', pattern: '网站?' }],
  ['status "web one"', { name: 'status', pattern: 'web one' }],
  ['status “help”', { name: 'status', pattern: 'help' }],
  ['expiring', { name: 'expiring', days: null }],
  ['expiring 7', { name: 'expiring', days: 7 }],
  ['expiring 7d', { name: 'expiring', days: 7 }],
  ['expiring within 7 days', { name: 'expiring', days: 7 }],
  ['到期 ７ 天', { name: 'expiring', days: 7 }],
  ['到期30天内', { name: 'expiring', days: 30 }],
  ['即将到期', { name: 'expiring', days: null }],
  ['idle', { name: 'idle' }],
  ['闲置', { name: 'idle' }],
  ['renew 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['renew ２０３．０．１１３．７', { name: 'renew', eip: address('203.0.113.7') }],
  ['续订203。0。113。7', { name: 'renew', eip: address('203.0.113.7') }],
  ['请续订 eip-abc123def0', { name: 'renew', eip: id('eip-abc123def0') }],
  ['please renew EIP-ABC123DEF0', { name: 'renew', eip: id('eip-abc123def0') }],
  ['续费：网站一号', { name: 'renew', eip: name('网站一号') }],
  ['renew "203.0.113.7"', { name: 'renew', eip: name('203.0.113.7') }],
  ['renew 2001:DB8::1', { name: 'renew', eip: address('2001:db8::1') }],
  ["renew '我的 EIP'", { name: 'renew', eip: name('我的 EIP') }],
  ['<@U1|eip> renew 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['@_user_1 renew 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['@机器人\u2005续订 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['＠机器人 @另一个 续订 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['<at user_id="ou_1">EIP</at> renew 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['/eip renew 203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['\u200brenew\u200b 203.0.113.7\ufeff', { name: 'renew', eip: address('203.0.113.7') }],
  ['renew\n203.0.113.7', { name: 'renew', eip: address('203.0.113.7') }],
  ['scale web 10', { name: 'scale', eip: name('web'), toMbps: 10 }],
  ['Scale web to 10 Mbps', { name: 'scale', eip: name('web'), toMbps: 10 }],
  ['扩容 web 到 100M', { name: 'scale', eip: name('web'), toMbps: 100 }],
  ['带宽 web １００兆', { name: 'scale', eip: name('web'), toMbps: 100 }],
  ['bind web vm ins-1', { name: 'bind', eip: name('web'), target: vm('ins-1') }],
  ['bind web to vm ins-1 port-2', { name: 'bind', eip: name('web'), target: vm('ins-1', 'port-2') }],
  ['绑定 web 到 云主机 ins-1', { name: 'bind', eip: name('web'), target: vm('ins-1') }],
  ['绑定 web 物理机 pm-1', { name: 'bind', eip: name('web'), target: { type: 'baremetal', id: 'pm-1', portId: null } }],
  ['unbind 203.0.113.7', { name: 'unbind', eip: address('203.0.113.7') }],
  ['解除绑定203.0.113.7', { name: 'unbind', eip: address('203.0.113.7') }],
  ['plans', { name: 'plans' }],
  ['待审批', { name: 'plans' }],
  [`approve ${HASH}`, { name: 'approve', hash: HASH }],
  [`批准 #${HASH.slice(0, 12).toUpperCase()}`, { name: 'approve', hash: HASH.slice(0, 12) }],
  [`拒绝${HASH}`, { name: 'reject', hash: HASH }],
  ['mode', { name: 'mode', function: null, mode: null }],
  ['mode off', { name: 'mode', function: null, mode: 'off' }],
  ['mode auto-renew', { name: 'mode', function: 'auto-renew', mode: null }],
  ['mode Auto-Renew APPLY', { name: 'mode', function: 'auto-renew', mode: 'apply' }],
  ['mode plan scale-bandwidth', { name: 'mode', function: 'scale-bandwidth', mode: 'plan' }],
  ['模式 auto-renew 关闭', { name: 'mode', function: 'auto-renew', mode: 'off' }],
  ['history web', { name: 'history', eip: name('web') }],
  ['历史 web', { name: 'history', eip: name('web') }],
];

describe('commands', () => {
  it.each(COMMANDS)('%s', (text, command) => {
    expect(parse(text)).toEqual({ ok: true, command });
  });
  it.each<[string, readonly object[]]>([
    ['', [{ code: 'empty' }]],
    ['  \n ', [{ code: 'empty' }]],
    ['@机器人', [{ code: 'empty' }]],
    ['please', [{ code: 'empty' }]],
    ['x'.repeat(501), [{ code: 'too-long' }]],
    ['stauts', [{ code: 'unknown-command', given: 'stauts', meant: 'status' }]],
    ['状太', [{ code: 'unknown-command', given: '状太', meant: '状态' }]],
    ['delete everything', [{ code: 'unknown-command', given: 'delete', meant: null }]],
    ['constructor', [{ code: 'unknown-command', given: 'constructor', meant: null }]],
    [
      'renw',
      [
        { code: 'unknown-command', given: 'renw', meant: 'renew' },
        { code: 'missing', slot: 'eip' },
      ],
    ],
    ['renew', [{ code: 'missing', slot: 'eip' }]],
    ['renew 203.0.113.256', [{ code: 'wrong', slot: 'eip', given: '203.0.113.256', meant: null }]],
    ['renew 203.0.113.07', [{ code: 'wrong', slot: 'eip', given: '203.0.113.07', meant: null }]],
    [
      'renew a b c',
      [
        { code: 'extra', given: 'b' },
        { code: 'extra', given: 'c' },
      ],
    ],
    [
      'scale',
      [
        { code: 'missing', slot: 'eip' },
        { code: 'missing', slot: 'mbps' },
      ],
    ],
    [
      'scale 1.2.3 fast',
      [
        { code: 'wrong', slot: 'eip', given: '1.2.3', meant: null },
        { code: 'wrong', slot: 'mbps', given: 'fast', meant: null },
      ],
    ],
    ['scale web 0', [{ code: 'wrong', slot: 'mbps', given: '0', meant: null }]],
    ['scale web 1.5', [{ code: 'wrong', slot: 'mbps', given: '1.5', meant: null }]],
    ['scale web -5', [{ code: 'wrong', slot: 'mbps', given: '-5', meant: null }]],
    ['scale web 10001', [{ code: 'wrong', slot: 'mbps', given: '10001', meant: null }]],
    ['expiring soon', [{ code: 'wrong', slot: 'days', given: 'soon', meant: null }]],
    ['expiring 367', [{ code: 'wrong', slot: 'days', given: '367', meant: null }]],
    [
      'bind web vn ins/1',
      [
        { code: 'wrong', slot: 'target-type', given: 'vn', meant: 'vm' },
        { code: 'wrong', slot: 'target-id', given: 'ins/1', meant: null },
      ],
    ],
    [
      'bind',
      [
        { code: 'missing', slot: 'eip' },
        { code: 'missing', slot: 'target-type' },
        { code: 'missing', slot: 'target-id' },
      ],
    ],
    ['approve', [{ code: 'missing', slot: 'hash' }]],
    ['approve 0123456789a', [{ code: 'wrong', slot: 'hash', given: '0123456789a', meant: null }]],
    ['approve all', [{ code: 'wrong', slot: 'hash', given: 'all', meant: null }]],
    [`approve ${HASH}0`, [{ code: 'wrong', slot: 'hash', given: `${HASH}0`, meant: null }]],
    [
      'mode auto-renw aply',
      [
        { code: 'wrong', slot: 'function-or-mode', given: 'auto-renw', meant: 'auto-renew' },
        { code: 'wrong', slot: 'function-or-mode', given: 'aply', meant: 'apply' },
      ],
    ],
    ['mode off plan', [{ code: 'wrong', slot: 'function-or-mode', given: 'plan', meant: null }]],
    ['idle now', [{ code: 'extra', given: 'now' }]],
  ])('"%s" is refused with all that is wrong', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
  it.each(COMMAND_NAMES.flatMap(each => KEYWORDS[each].map(word => [word, each])))('"%s" means %s', (word, command) => {
    const parsed = parse(word);
    const known = parsed.ok ? parsed.command.name === command : parsed.problems.every(({ code }) => code === 'missing');
    expect(known).toBe(true);
  });
});

describe('what holds for every text', () => {
  it('it is a command or has problems, each with words in both languages', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...Object.values(KEYWORDS).flat(),
        ...FUNCTIONS,
        'off',
        'vm',
        '203.0.113.7',
        '10M',
        HASH,
        '@x',
        '"',
        '“',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), pieces => {
        const parsed = parse(pieces.join(' '));
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const problem of parsed.problems) {
          for (const lang of ['zh-CN', 'en'] as const)
            expect(problemText(problem, chatWords(lang))).not.toMatch(/undefined|null/);
        }
      }),
      { numRuns: 1000 },
    );
  });
  it('case, width, blanks and mentions of a keyword change nothing', () => {
    const wide = (text: string) => text.replaceAll(/[!-~]/g, sign => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));
    const change = fc.constantFrom<(text: string) => string>(
      text => text.toUpperCase(),
      wide,
      text => `  ${text}`,
      text => `<@U1> ${text}`,
      text => `@机器人　${text}`,
      text => `/eip ${text}`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(KEYWORDS).flat()),
        fc.array(change, { maxLength: 1 }),
        (word, changes) => {
          const said = changes.reduce((text, apply) => apply(text), word);
          const codes = (text: string) => {
            const parsed = parse(text);
            return parsed.ok ? parsed.command.name : parsed.problems.map(({ code }) => code);
          };
          expect(codes(said)).toEqual(codes(word));
        },
      ),
    );
  });
  it('an EIP in quotes is a name, letter for letter', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019._-（）网站ＡＢ '), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        text.filter(each => each.trim() !== ''),
        said => {
          expect(parse(`renew "${said}"`)).toEqual({
            ok: true,
            command: { name: 'renew', eip: name(said.trim().normalize('NFC')) },
          });
        },
      ),
    );
  });
  it('a command of money is never guessed: a mistyped word is refused', () => {
    const typo = fc.tuple(
      fc.constantFrom('approve', 'renew', 'scale', 'unbind', 'mode'),
      fc.nat(6),
      fc.constantFrom('x', 'q', ''),
    );
    fc.assert(
      fc.property(typo, ([word, position, sign]) => {
        const at = position % word.length;
        const mistyped = word.slice(0, at) + sign + word.slice(at + 1);
        if (Object.values(KEYWORDS).flat().includes(mistyped)) return;
        expect(parse(`${mistyped} web 10`).ok).toBe(false);
      }),
    );
  });
});

describe('did you mean', () => {
  it.each([
    ['stats', 'status'],
    ['hlep', 'help'],
    ['expirng', 'expiring'],
    ['aprove', 'approve'],
    ['histroy', 'history'],
    ['续定', '续订'],
    ['x', null],
    ['', null],
    ['teapot', null],
  ])('%s: %s', (word, meant) => {
    expect(nearest(word, Object.values(KEYWORDS).flat())).toBe(meant);
  });
  it('is quick for the longest words', () => {
    expect(nearest('a'.repeat(100_000), ['status'])).toBeNull();
  });
});
