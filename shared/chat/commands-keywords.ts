import type { Command } from './commands.ts';
import type { Token } from './commands-tokens.ts';

export type CommandName = Command['name'];

/** The words for each command; the first of each language is the one that help shows. */
export const KEYWORDS: Readonly<Record<CommandName, readonly string[]>> = {
  help: ['help', '帮助', '?', '怎么用', '菜单'],
  status: ['status', '状态', '查看', '查询'],
  expiring: ['expiring', '到期', '即将到期', '快到期'],
  idle: ['idle', '闲置', '空闲', '未绑定'],
  renew: ['renew', '续订', '续费'],
  scale: ['scale', '调整带宽', '带宽', '扩容', '缩容', 'resize'],
  bind: ['bind', '绑定'],
  unbind: ['unbind', '解绑', '解除绑定'],
  plans: ['plans', '方案', '计划', '待审批', 'plan'],
  approve: ['approve', '批准', '同意', '通过'],
  reject: ['reject', '拒绝', '驳回'],
  mode: ['mode', '模式'],
  history: ['history', '历史', '记录'],
};

const isName = (name: string): name is CommandName => Object.hasOwn(KEYWORDS, name);

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(KEYWORDS).filter(isName);

/** The command that a folded word stands for. */
export const aliasOf = (word: string): CommandName | undefined =>
  COMMAND_NAMES.find(name => KEYWORDS[name].includes(word));

const CHINESE = COMMAND_NAMES.flatMap(name => KEYWORDS[name].map(word => ({ name, word })))
  .filter(({ word }) => /^\p{Script=Han}+$/u.test(word))
  // The longest first: 解除绑定 before 绑定.
  .toSorted((a, b) => b.word.length - a.word.length);

/** A Chinese word with its first argument grown onto it. */
export function gluedAlias(text: string): { name: CommandName | undefined; glued: readonly Token[] } {
  const found = CHINESE.find(({ word }) => text.startsWith(word));
  const rest = text.slice(found?.word.length ?? 0).replace(/^[:：,，]/, '');
  return { name: found?.name, glued: found && rest !== '' ? [{ text: rest, quoted: false }] : [] };
}
