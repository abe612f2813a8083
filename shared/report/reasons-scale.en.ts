import { beijingTime } from './format.ts';
import type { Facts, Sentence } from './words.ts';

const load = ({ peakPercent, peakMbps, currentMbps }: Facts): string =>
  peakMbps === undefined ? `${currentMbps} Mbps` : `peak ${peakMbps} of ${currentMbps} Mbps (${peakPercent}%)`;

/** With 按流量计费 the bandwidth is only a limit. */
const free = ({ byTraffic }: Facts): string => (byTraffic ? '; paid by traffic: the limit itself costs nothing' : '');

/** The reason codes of scale-bandwidth. */
export const englishScaleReasons: Readonly<Record<string, Sentence>> = {
  'not-named': () => 'not named by the alarm',
  'in-shared-bandwidth': ({ bandwidthId }) => `in the shared bandwidth ${bandwidthId}`,
  periodic: () => 'periodic: left alone unless "periodic": "up" is said',
  'in-range': facts => `fits: ${load(facts)}`,
  'at-ceiling': facts => `needs more than the ceiling of ${facts.ceilingMbps} Mbps: ${load(facts)}`,
  cooldown: ({ until }) => `changed a short while ago; rests until ${beijingTime(until)}`,
  'changed-by-a-person': ({ currentMbps }) => `a person has set ${currentMbps} Mbps: that counts`,
  'bandwidth-unreadable': () => 'its bandwidth cannot be read',
  'metrics-missing': () => 'no metrics',
  'metrics-unavailable': ({ why }) => `the metrics could not be read: ${why}`,
  'metrics-stale': ({ ageSeconds }) => `the newest metric is ${ageSeconds} seconds old`,
  'metrics-unreadable': () => 'a metric is no number, or has no time',
  'metrics-implausible': ({ percent }) => `${percent}% of the bandwidth cannot be: is the unit another?`,
  'too-few-points': ({ points, asked }) => `only ${points} of ${asked} points`,
  'load-high': facts => `runs near its limit: ${load(facts)}${free(facts)}`,
  'load-low': facts => `the need is over: ${load(facts)}${free(facts)}`,
  'window-open': facts => `a time window asks for ${facts.toMbps} Mbps${free(facts)}`,
};
