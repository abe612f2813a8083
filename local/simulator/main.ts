/** `npm run simulator -- --port N --state FILE`: prints `{"url": …}` when it listens. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sampleState } from '../sample.ts';
import { startSimulator } from './server.ts';
import { BadInput } from './state.ts';

function problems(error: unknown): readonly string[] {
  if (error instanceof BadInput) return error.problems;
  return [error instanceof Error ? error.message : String(error)];
}

try {
  const { values } = parseArgs({ options: { port: { type: 'string' }, state: { type: 'string' } } });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new BadInput(['--port must be 0 to 65535']);
  const state: unknown = values.state === undefined ? sampleState : JSON.parse(readFileSync(values.state, 'utf8'));
  const simulator = await startSimulator({ port, state });
  process.stdout.write(`${JSON.stringify({ url: simulator.url })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
} catch (error) {
  process.stderr.write(
    `the simulator cannot start:\n${problems(error)
      .map(problem => `  - ${problem}\n`)
      .join('')}`,
  );
  process.exitCode = 2;
}
