import type { Card } from '../../shared/model/card.ts';
import { BUTTON } from './given.ts';

/** Names that people give to clouds, and what they might hope for. */
export const HOSTILE = [
  '<!channel> <@U1> <https://evil.example|click>',
  '<at id=all></at> <at user_id="all">all</at>',
  '@所有人 @all @13800000000',
  '[click](https://evil.example) ![x](http://evil.example/p.png)',
  '**bold** _it_ ~~gone~~ `code` # title',
  '<font color="warning">x</font> <@zhangsan>',
  'a\nb\r\n# Approved by boss\u2028- x',
  'abc\u202egnp.exe\u0000\u001b[31m',
  '1. first',
  '- item',
  '  > quoted',
  '&lt;!here&gt; \\<@U1\\>',
  '"}]}, "text": "x',
  'dtmd://dingtalkclient/sendMessage?content=approve',
  'www.evil.example',
  ']]></Encrypt>',
];

export const card = (change: Partial<Card> = {}): Card => ({
  lang: 'zh-CN',
  tone: 'warning',
  title: '续订方案',
  sections: [
    {
      heading: '将要续订',
      lines: [
        { label: '网站', text: '203.0.113.7 12.00 元' },
        { label: null, text: '到期 2026-11-27 09:48' },
      ],
    },
  ],
  buttons: [
    { label: '批准', style: 'primary', value: BUTTON, command: `批准 ${'ab'.repeat(6)}` },
    { label: '拒绝', style: 'danger', value: BUTTON.replace('approve', 'reject'), command: `拒绝 ${'ab'.repeat(6)}` },
  ],
  footer: '北京时间',
  id: 'task-1',
  ...change,
});

/** The same text in every place that takes one. */
export const everywhere = (text: string): Card =>
  card({
    title: text,
    sections: [
      {
        heading: text,
        lines: [
          { label: text, text },
          { label: null, text },
        ],
      },
    ],
    footer: text,
    buttons: [{ label: text, style: 'default', value: BUTTON, command: text }],
  });

export const longCard = (lines: number, lang: Card['lang'] = 'zh-CN'): Card =>
  card({
    lang,
    sections: [
      {
        heading: '很多',
        lines: Array.from({ length: lines }, (_, index) => ({
          label: `网站${index}`,
          text: '203.0.113.7 即将到期，需要续订一个月',
        })),
      },
    ],
  });
