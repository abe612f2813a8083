import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it came over the wire. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** `silence`: never answers. `hang-up`: closes the connection instead of answering. `half`: stops within the answer. */
export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | 'silence'
  | 'hang-up'
  | 'half';

/** What to answer to the nth request (from 1). */
export type Script = (seen: Seen, nth: number) => Reply | Promise<Reply>;

export type ScriptedServer = { readonly url: string; readonly seen: readonly Seen[] };

/** A real HTTP server on this machine that does as the script says, until the test is over. It tells no `Date`. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const one = await received(request);
    seen.push(one);
    reply(response, await script(one, seen.length));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function received(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? '', path, query, headers: request.headers, body };
}

function reply(response: ServerResponse, answer: Reply): void {
  if (answer === 'silence') return;
  if (answer === 'hang-up') {
    response.destroy();
    return;
  }
  response.sendDate = false;
  if (answer === 'half') {
    response.writeHead(200, { 'content-length': '1000' }).write('{"statusCode":800', () => response.destroy());
    return;
  }
  const { status = 200, headers = {}, body = '' } = answer;
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  response.writeHead(status, headers).end(raw ? body : JSON.stringify(body));
}
