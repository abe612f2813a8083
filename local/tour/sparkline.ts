const BARS = '▁▂▃▄▅▆▇█';

/** Percentages as a line of bars; `top` percent and more is the highest. */
export const sparkline = (percents: readonly number[], top: number): string =>
  percents.map(percent => BARS[Math.max(0, Math.min(7, Math.round((7 * percent) / top)))]).join('');
