/** `npm run test:chaos:scale -- RUNS`: seeded schedules of trouble for scale-bandwidth, from seed 1 on. */
import { playScaleSeed } from './scale-scenario.ts';

const runs = Number(process.argv[2] ?? 500);
let [orders, failed] = [0, 0];
for (let seed = 1; seed <= runs; seed++) {
  const result = await playScaleSeed(seed);
  orders += result.orders;
  if (result.broken.length > 0) {
    failed += 1;
    console.log(`seed ${seed}:\n${result.broken.map(what => `  ${what}`).join('\n')}`);
  }
}
console.log(`${runs - failed} passed, ${failed} failed, ${orders} orders`);
process.exitCode = failed === 0 ? 0 : 1;
