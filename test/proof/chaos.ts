/**
 * `npm run test:chaos -- --runs N --seed S`: N seeded schedules of trouble from seed S on; after each, the promises of the
 * money path are checked. A seed that breaks one is printed; `--runs 1 --seed S --trace` plays it again, step by step.
 */
import { parseArgs } from 'node:util';
import { playSeed } from './scenario.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const first = Number(values.seed);
const trace = values.trace ? (line: string) => console.log(line) : undefined;
const began = Date.now();
let [steps, orders, failed] = [0, 0, 0];
for (let seed = first; seed < first + runs; seed++) {
  const result = await playSeed(seed, trace);
  steps += result.steps;
  orders += result.orders;
  if (result.broken.length > 0) {
    failed += 1;
    console.log(`seed ${seed}:\n${result.broken.map(what => `  ${what}`).join('\n')}`);
  }
  if ((seed - first + 1) % 1000 === 0) console.log(`… ${seed - first + 1} runs, ${failed} failed`);
}
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`seeds ${first} to ${first + runs - 1}: ${steps} steps, ${orders} orders, ${seconds} s`);
console.log(`${runs - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
