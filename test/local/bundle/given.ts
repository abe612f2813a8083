import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE } from '../../../local/bundle/options.ts';
import { sigV4Problem } from '../../../local/secrets/sigv4.ts';

export const KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'bundle-test-secret' };

/** The SDK as it is in the bundles. */
export async function bundledSdk(): Promise<typeof import('./everything.ts')> {
  const outdir = mkdtempSync(join(tmpdir(), 'bundled-'));
  try {
    await build({ ...BUNDLE, sourcemap: false, entryPoints: ['test/local/bundle/everything.ts'], outdir });
    return (await import(join(outdir, 'everything.mjs'))) as typeof import('./everything.ts');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export type Received = {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What is wrong with its signature. */
  readonly problem: string | undefined;
};
/** Status and body; or silence. */
export type Answer = readonly [status: number, body: object] | 'none';

/** A service of AWS's that keeps what it is asked and answers as it is told; the last answer is repeated. */
export async function awsService() {
  const received: Received[] = [];
  let answers: readonly Answer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const problem = sigV4Problem(request, body, KEY, new Date());
    received.push({ headers: request.headers, body: body.toString(), problem });
    const answer = answers[Math.min(received.length, answers.length) - 1];
    if (answer === undefined || answer === 'none') return;
    response.writeHead(answer[0], { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer[1]));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (...next: readonly Answer[]) => {
      received.length = 0;
      answers = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(resolve));
    },
  };
}
