/**
 * `npm run test:chaos -- --of renewals --runs N --seed S`: N seeded schedules of trouble from seed S on; after each, the
 * promises are checked. `--of`: renewals (the money path), sizes (scale-bandwidth), releases (release-orphans, where CTyun
 * refuses no delete). A seed that breaks one is printed; `--runs 1 --seed S --trace` plays it again; of renewals step by
 * step.
 */
import { parseArgs } from 'node:util';
import { playOrphanSeed } from './orphan-scenario.ts';
import { playScaleSeed } from './scale-scenario.ts';
import { playSeed } from './scenario.ts';

type Play = (seed: number, trace?: (line: string) => void) => Promise<{ readonly broken: readonly string[] }>;

const PLAYS: Readonly<Record<string, Play>> = { renewals: playSeed, sizes: playScaleSeed, releases: playOrphanSeed };

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'renewals' },
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
});
const play = PLAYS[values.of];
if (!play) throw new Error(`--of must be one of ${Object.keys(PLAYS).join(', ')}`);
const runs = Number(values.runs);
const first = Number(values.seed);
const trace = values.trace ? (line: string) => console.log(line) : undefined;
const began = Date.now();
const sums = new Map<string, number>();
let failed = 0;
for (let seed = first; seed < first + runs; seed++) {
  const { broken, ...counts } = await play(seed, trace);
  for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + Number(count));
  if (broken.length > 0) {
    failed += 1;
    console.log(`seed ${seed}:\n${broken.map(what => `  ${what}`).join('\n')}`);
  }
  if ((seed - first + 1) % 1000 === 0) console.log(`… ${seed - first + 1} runs, ${failed} failed`);
}
const seconds = Math.round((Date.now() - began) / 1000);
const counted = [...sums].map(([name, sum]) => `${sum} ${name}`).join(', ');
console.log(`${values.of}, seeds ${first} to ${first + runs - 1}: ${counted}, ${seconds} s`);
console.log(`${runs - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
