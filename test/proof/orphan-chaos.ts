/**
 * `npm run test:chaos-orphans -- --runs N --seed S`: N seeded schedules of trouble for release-orphans. CTyun refuses no
 * delete; nothing that the last look could see in use is ever deleted, and what happens after it is counted.
 */
import { parseArgs } from 'node:util';
import { playOrphanSeed } from './orphan-scenario.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
const sum = { steps: 0, deletes: 0, inWindow: 0, failed: 0 };
for (let seed = first; seed < first + runs; seed++) {
  const { steps, deletes, inWindow, broken } = await playOrphanSeed(seed);
  sum.steps += steps;
  sum.deletes += deletes;
  sum.inWindow += inWindow;
  if (broken.length === 0) continue;
  sum.failed += 1;
  console.log(`seed ${seed}:\n${broken.map(what => `  ${what}`).join('\n')}`);
}
console.log(`${sum.steps} steps, ${sum.deletes} deletes, ${sum.inWindow} of them of what was used after the last look`);
console.log(`${runs - sum.failed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;
