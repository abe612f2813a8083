import { statSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each([
  ['auto-renew', 260],
  ['scale-bandwidth', 260],
  ['release-orphans', 260],
  ['settle-orders', 260],
  ['bind-on-webhook', 260],
  ['chat-ops', 450],
])('%s is less than %d KB to load', (name, most) => {
  expect(statSync(`dist/${name}/index.mjs`).size).toBeLessThan(most * 1024);
});
