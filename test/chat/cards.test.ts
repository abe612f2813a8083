import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttonValue, readButton } from '../../shared/chat/decision.ts';
import { dingtalkCard } from '../../shared/chat/dingtalk/card.ts';
import { feishuCard } from '../../shared/chat/feishu/card.ts';
import { helpCard } from '../../shared/chat/help.ts';
import { neutral, plain } from '../../shared/chat/plain-text.ts';
import { slackCard } from '../../shared/chat/slack/card.ts';
import { wecomMarkdown, wecomTemplateCard } from '../../shared/chat/wecom/card.ts';
import type { Card } from '../../shared/model/card.ts';
import { BUTTON, DECISION, HASH, TOKEN } from './given.ts';
import { card, everywhere, HOSTILE, longCard } from './samples.ts';

const wecomTemplate = (each: Card): string => JSON.stringify(wecomTemplateCard(each));
const RENDERERS = { slack: slackCard, feishu: feishuCard, dingtalk: dingtalkCard, wecomMarkdown, wecomTemplate };
const LIMITS = { slack: 12_000, feishu: 20_000, dingtalk: 20_000, wecomMarkdown: 4096, wecomTemplate: 4096 };
const names = Object.keys(RENDERERS) as (keyof typeof RENDERERS)[];

/** Every text in a JSON value, and the objects that hold it. */
function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const each of Object.values(value)) yield* nodes(each);
}
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'<>@*_~`[]()#!|&\\:/-. ab网\n\u202e'), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('a card', () => {
  it('is what Slack takes', () => {
    const message = JSON.parse(slackCard(card()));
    expect(message.blocks.map((block: { type: string }) => block.type)).toEqual([
      'header',
      'rich_text',
      'actions',
      'context',
    ]);
    expect(message.blocks[2].elements[0]).toMatchObject({ type: 'button', style: 'primary', value: BUTTON });
    expect(message.text).toBe('续订方案');
  });
  it('is what Feishu takes', () => {
    const message = JSON.parse(feishuCard(card()));
    expect(message.header).toEqual({ template: 'orange', title: { tag: 'plain_text', content: '续订方案' } });
    expect(message.elements.map(({ tag }: { tag: string }) => tag)).toEqual(['div', 'action', 'note']);
    expect(message.elements[0].text.content).toBe('【将要续订】\n网站: 203.0.113.7 12.00 元\n到期 2026-11-27 09:48');
    expect(message.elements[1].actions[0].value).toEqual({ decision: BUTTON });
  });
  it('tells a custom bot of Feishu, which gets no clicks, the commands', () => {
    const { elements } = JSON.parse(feishuCard(card(), 'written'));
    expect(elements[1]).toEqual({
      tag: 'div',
      text: { tag: 'plain_text', content: '批准: 批准 abababababab\n拒绝: 拒绝 abababababab' },
    });
  });
  it('is what DingTalk takes, with commands for buttons', () => {
    expect(JSON.parse(dingtalkCard(card()))).toEqual({
      msgtype: 'markdown',
      markdown: {
        title: '续订方案',
        text: [
          '### 🟠 续订方案',
          '**将要续订**',
          '- **网站** 203.0.113.7 12.00 元',
          '- 到期 2026-11-27 09:48',
          '- **批准** 批准 abababababab',
          '- **拒绝** 拒绝 abababababab',
          '> 北京时间',
        ].join('\n\n'),
      },
    });
  });
  it('is what WeCom takes: Markdown with commands, or a card with buttons', () => {
    expect(wecomMarkdown(card())).toContain('> 批准: 批准 abababababab');
    expect(wecomTemplateCard(card())).toMatchObject({
      card_type: 'button_interaction',
      main_title: { title: '续订方案', desc: '北京时间' },
      horizontal_content_list: [{ keyname: '网站', value: '203.0.113.7 12.00 元' }],
      button_list: [
        { text: '批准', style: 1, key: BUTTON },
        { text: '拒绝', style: 2 },
      ],
      task_id: 'task-1',
    });
  });
  it.each(names)('without anything in it is still a card: %s', name => {
    expect(RENDERERS[name](card({ sections: [], buttons: [], footer: null })).length).toBeGreaterThan(10);
  });
  it.each(names.flatMap(name => [1, 50, 500, 5000].map(lines => [name, lines] as const)))(
    'for %s stays within its bytes with %i lines, and says how many are left out',
    (name, lines) => {
      const text = RENDERERS[name](longCard(lines));
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMITS[name]);
      if (lines === 5000 && name !== 'wecomTemplate') expect(text).toMatch(/另有 \d+ 行，详见日志/);
      expect(text).toContain('批准');
    },
  );
  it('of many sections loses none of them at Slack', () => {
    const sections = Array.from({ length: 60 }, (_, index) => ({
      heading: `H${index}`,
      lines: [{ label: null, text: `L${index}` }],
    }));
    const message = JSON.parse(slackCard(card({ sections })));
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    for (const { heading, lines } of sections) {
      expect(JSON.stringify(message)).toMatch(new RegExp(`${heading}\\b[^]*${lines[0]!.text}\\b`));
    }
  });
  it('of many lines says on a WeCom template how many it does not show', () => {
    expect(wecomTemplateCard(longCard(9)).sub_title_text).toBe('……另有 3 行，详见日志');
    expect(wecomTemplateCard(longCard(6)).sub_title_text).toBe('');
  });
  it('counts exactly what it leaves out', () => {
    const text = wecomMarkdown(longCard(500, 'en'));
    const left = Number(/and (\d+) more lines/.exec(text)![1]);
    expect(text.match(/203\.0\.113\.7/g)).toHaveLength(500 - left);
  });
  it.each(['zh-CN', 'en'] as const)('of help has every command: %s', lang => {
    expect(helpCard(lang).sections[0]!.lines).toHaveLength(13);
  });
});

describe('names from the cloud', () => {
  it('are never parsed by Slack: they stand in fields without markup, and the one that is parsed is escaped', () => {
    fc.assert(
      fc.property(hostile, text => {
        const message = JSON.parse(slackCard(everywhere(text)));
        expect(message.text).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/);
        for (const node of nodes(message)) {
          expect(['mrkdwn', 'link', 'user', 'usergroup', 'broadcast', 'emoji', 'channel']).not.toContain(node.type);
        }
      }),
    );
  });
  it('are never parsed by Feishu: they stand in plain_text alone', () => {
    fc.assert(
      fc.property(hostile, text => {
        const message = JSON.parse(feishuCard(everywhere(text)));
        for (const node of nodes(message)) {
          expect(['lark_md', 'markdown', 'at', 'a', 'text']).not.toContain(node.tag);
          if (typeof node.content === 'string') expect(node.tag).toBe('plain_text');
        }
      }),
    );
  });
  it("leave no sign in DingTalk's Markdown that could mean anything", () => {
    fc.assert(
      fc.property(hostile, text => {
        const { markdown } = JSON.parse(dingtalkCard(everywhere(text)));
        const ours = markdown.text.replaceAll(/^(?:### |- |> )|\*\*/gm, '');
        expect(ours).not.toMatch(/[[\]()<>@`#*_~\\|!&]|:\/\//);
        expect(ours.split('\n\n')).toHaveLength(6);
      }),
    );
  });
  it("leave no sign in WeCom's Markdown that could mean anything", () => {
    fc.assert(
      fc.property(hostile, text => {
        const ours = wecomMarkdown(everywhere(text)).replaceAll(/^(?:### |> )|\*\*|<\/?font(?: color="\w+")?>/gm, '');
        expect(ours).not.toMatch(/[[\]()<>@`#*_~\\|!&]|:\/\//);
        expect(ours.split('\n')).toHaveLength(6);
      }),
    );
  });
  it.each(names)('never add a line or hide one, nor turn the writing around: %s', name => {
    for (const text of HOSTILE) {
      const rendered = RENDERERS[name](everywhere(text));
      expect(rendered).not.toMatch(/\p{Cf}|[\u2028\u2029]|\\u202e|\\r|\\u0000|\\u001b/u);
    }
  });
  it('are cut at whole characters', () => {
    for (const name of names) expect(RENDERERS[name](everywhere('𠮷'.repeat(5000)))).not.toMatch(/\\ud8|\\ud9|\ufffd/i);
  });
});

describe('text', () => {
  it.each([
    ['a*b_c', 'a＊b＿c'],
    ['- a', '－ a'],
    ['  1. a', '  1． a'],
    ['eip-1 1.2.3.4', 'eip-1 1.2.3.4'],
    ['http://x', 'http：//x'],
    ['www.x', 'www．x'],
    ['a\nb', 'a＼u｛a｝b'],
  ])('%j becomes %j in Markdown', (text, expected) => {
    expect(neutral(text)).toBe(expected);
  });
  it('shows what cannot be seen', () => {
    expect(plain('a\u200bb\u202ec\ud800')).toBe('a\\u{200b}b\\u{202e}c\ufffd');
  });
});

describe("a button's value", () => {
  it('is read back', () => {
    expect(readButton(buttonValue({ decision: 'approve', planHash: HASH, token: TOKEN }))).toEqual(DECISION);
    expect(Buffer.byteLength(BUTTON)).toBeLessThan(1024);
  });
  it.each([
    '',
    'approve',
    `approve.${HASH}`,
    `approve.${HASH}.short`,
    `approve.${HASH.toUpperCase()}.${TOKEN}`,
    `delete.${HASH}.${TOKEN}`,
    `${BUTTON}\n`,
    ` ${BUTTON}`,
    `approve.${HASH}.${TOKEN}.x`,
  ])('%j is none of ours', value => {
    expect(readButton(value)).toBeUndefined();
  });
});
