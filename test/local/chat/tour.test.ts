import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { chatTour } from '../../../local/tour/chat.ts';
import { readable } from '../../../local/tour/chat-text.ts';

describe('npm start -- --chat', () => {
  it.each(['zh-CN', 'en'] as const)('plays the whole dialogue on four chats, in %s', async lang => {
    let told = '';
    const well = await chatTour((title, text) => {
      told += `${title}\n${text}\n`;
    }, lang);
    expect(well).toBe(true);
    expect(told).toMatch(lang === 'en' ? /Decided by: slack:T1\/li-na/ : /审批人: slack:T1\/li-na/);
    expect(told.match(/✓ .*(Feishu|DingTalk|WeCom)/g)).toHaveLength(3);
    expect(told).not.toMatch(/✗|\{"|<font/);
  });
  it('ends with 0 where it went well', { timeout: 60_000 }, () => {
    const env = { PATH: process.env.PATH ?? '', LANG: 'zh_CN.UTF-8' };
    const told = execFileSync('node_modules/.bin/tsx', ['local/start.ts', '--chat'], { env, encoding: 'utf8' });
    expect(told).toContain('④ 李娜点击“批准”');
  });
});

describe('a posted message as a person reads it', () => {
  it.each([
    [
      'slack',
      {
        text: 'twice',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Title' } },
          { type: 'actions', elements: [{ type: 'button', text: { text: 'Approve' }, value: 'v' }] },
        ],
      },
      'Title\n[ Approve ]',
    ],
    ['feishu', { card: { header: { title: { tag: 'plain_text', content: 'Title' } } } }, 'Title'],
    [
      'dingtalk',
      { msgtype: 'markdown', markdown: { title: 'Title', text: '### Title\n\n- line' } },
      '### Title\n- line',
    ],
    ['wecom', { msgtype: 'markdown', markdown: { content: '<font color="info">Title</font>' } }, 'Title'],
  ] as const)('%s', (provider, body, text) => {
    expect(readable({ provider, path: '/', body, taken: true })).toBe(text);
  });
});
