import { beijingTime } from './format.ts';
import type { Facts, Sentence } from './words.ts';

const load = ({ peakPercent, peakMbps, currentMbps }: Facts): string =>
  peakMbps === undefined ? `${currentMbps} Mbps` : `峰值 ${peakMbps}，当前 ${currentMbps} Mbps（${peakPercent}%）`;

/** 按流量计费: the bandwidth is only a limit. */
const free = ({ byTraffic }: Facts): string => (byTraffic ? '；按流量计费，调整上限本身不收费' : '');

/** The reason codes of scale-bandwidth. */
export const chineseScaleReasons: Readonly<Record<string, Sentence>> = {
  'not-named': () => '告警未提及',
  'in-shared-bandwidth': ({ bandwidthId }) => `已加入共享带宽 ${bandwidthId}`,
  periodic: () => '包年包月，除非设置 "periodic": "up"，否则不变',
  'in-range': facts => `带宽合适：${load(facts)}`,
  'at-ceiling': facts => `需要的带宽超过上限 ${facts.ceilingMbps} Mbps：${load(facts)}`,
  cooldown: ({ until }) => `刚变更过，${beijingTime(until)} 前不再变更`,
  'changed-by-a-person': ({ currentMbps }) => `已由人工设为 ${currentMbps} Mbps，以此为准`,
  'bandwidth-unreadable': () => '带宽无法识别',
  'metrics-missing': () => '没有监控数据',
  'metrics-unavailable': ({ why }) => `监控数据读取失败：${why}`,
  'metrics-stale': ({ ageSeconds }) => `最新的监控数据已过去 ${ageSeconds} 秒`,
  'metrics-unreadable': () => '监控数据中有非数字或没有时间的点',
  'metrics-implausible': ({ percent }) => `使用率 ${percent}% 不合常理，单位可能不同`,
  'too-few-points': ({ points, asked }) => `需要 ${asked} 个监控点，只有 ${points} 个`,
  'load-high': facts => `接近带宽上限：${load(facts)}${free(facts)}`,
  'load-low': facts => `需求已过：${load(facts)}${free(facts)}`,
  'window-open': facts => `时间窗口要求 ${facts.toMbps} Mbps${free(facts)}`,
};
