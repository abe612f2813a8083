import type { Sentence } from './words.ts';

/** The reason codes of bind-on-webhook as sentences of their facts. */
export const chineseBindReasons: Readonly<Record<string, Sentence>> = {
  bound: () => '已按请求绑定',
  already: () => '已是请求的状态',
  overtaken: () => '同一弹性 IP 有更晚的请求',
  'bound-elsewhere': ({ type, id }) => `已绑定在 ${type} ${id}；写 "onConflict": "move" 可从那里移走`,
  'cannot-go-back': ({ type, id }) => `已绑定在 ${type} ${id}，若移动失败无法恢复`,
  'no-targets-allowed': () => '设置（BIND_TARGETS，聊天为 bindTargets）不允许绑定任何目标',
  'target-not-allowed': ({ account, region, name }) =>
    `设置（BIND_TARGETS，聊天为 bindTargets）未列出 ${[account, region, name].filter(Boolean).join(' / ')}`,
  'target-not-found': ({ type, id }) => `不存在 ${type} ${id}`,
  'port-not-supported': ({ type }) => `${type} 只能整体绑定，不能指定网卡`,
  'eip-not-found': () => '没有这个弹性 IP',
  'eip-ambiguous': ({ found }) => `有 ${found} 个同名弹性 IP；请用 id 指定`,
  'moved-since': () => '绑定对象与生成方案时不同，请重新请求',
  'no-effect': ({ deed }) => `${deed}：天翼云已受理，但没有生效`,
  'not-restored': ({ message }) => `弹性 IP 处于未绑定状态：既未能按请求绑定，也未能恢复（${message ?? '无应答'}）`,
  stuck: ({ status }) => `天翼云一直停留在状态 ${status}`,
  unseen: () => '数小时无法查询天翼云',
  'switched-off': ({ mode }) => `开关为 ${mode}`,
  busy: () => '十分钟内该弹性 IP 一直被其他操作占用',
  would: ({ deeds }) => `将执行：${deeds}`,
};
