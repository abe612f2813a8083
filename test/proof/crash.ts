/** `npm run test:crash`: every scenario, struck in every way at every one of its steps. Prints how many. */
import { BLOWS, everyStep, SCENARIOS } from '../harness/crash-points.ts';
import { ROUND_SCENARIOS } from '../harness/round-points.ts';
import { SCALE_SCENARIOS } from '../harness/scale-points.ts';

let plays = 0;
let failed = 0;
for (const [name, scenario] of Object.entries({ ...SCENARIOS, ...SCALE_SCENARIOS, ...ROUND_SCENARIOS })) {
  for (const [words, blow] of BLOWS) {
    const { steps, broken } = await everyStep(scenario, blow);
    plays += steps;
    failed += broken.length;
    console.log(`${broken.length === 0 ? 'ok    ' : 'BROKEN'} ${String(steps).padStart(4)} steps  ${name}, ${words}`);
    for (const what of broken) console.log(`       ${what}`);
  }
}
console.log(`${plays - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
