/** What a schedule costs in a month at AWS's public prices. */

/** AWS Lambda, arm64, on-demand, first tier, us-east-1: https://aws.amazon.com/lambda/pricing/, as of November 2026. */
const USD_PER_GB_SECOND = 0.0000133334;
const USD_PER_REQUEST = 0.2 / 1_000_000;
const MEMORY_GB = 0.5;
const DAYS = 30;
const SCHEDULES = [
  { name: 'every 10 minutes', runs: 6 * 24 * DAYS },
  { name: 'daily', runs: DAYS },
] as const;

export type Run = {
  readonly run: string;
  readonly eips: number;
  readonly regions: number;
  readonly rate: number;
  readonly wallMs: number;
};

/** USD in a month of 30 days, without the free tier. */
export const monthly = (wallMs: number, runs: number): number =>
  runs * (USD_PER_REQUEST + (wallMs / 1000) * MEMORY_GB * USD_PER_GB_SECOND);

/** Lines to print: the price of each size, of the accounts with ten regions. */
export function costs(runs: readonly Run[]): string {
  const lines = runs
    .filter(({ regions }) => regions === 10)
    .map(({ run, eips, rate, wallMs }) => {
      const each = SCHEDULES.map(schedule => `${schedule.name} $${monthly(wallMs, schedule.runs).toFixed(4)}`);
      return `  ${run}, ${eips} EIPs, ${rate} calls/s: ${each.join(', ')}`;
    });
  const head = `USD a month on Lambda (arm64, ${MEMORY_GB * 1024} MB, $${USD_PER_GB_SECOND}/GB-s and $0.20 per million requests, us-east-1, November 2026, no free tier):`;
  return [head, ...lines].join('\n');
}
