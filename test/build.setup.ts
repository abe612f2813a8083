import { execFileSync } from 'node:child_process';

/** Builds the bundles once, before any test: two builds at a time would write over each other. */
export function setup(): void {
  execFileSync('node_modules/.bin/tsx', ['local/build.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
