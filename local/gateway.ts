/** API Gateway in a few lines: a real HTTP server that hands requests to a handler as HTTP API events (payload 2.0). */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Gateway = { readonly url: string; readonly threw: unknown[]; readonly close: () => Promise<void> };

type Answer = { statusCode?: number; headers?: Record<string, unknown>; body?: string };

export async function startGateway(handler: (event: unknown) => Promise<unknown>): Promise<Gateway> {
  const threw: unknown[] = [];
  const server = createServer(async (request, response) => {
    try {
      const { statusCode = 200, headers = {}, body } = (await handler(await eventOf(request))) as Answer;
      response.writeHead(statusCode, headers as Record<string, string>).end(body);
    } catch (error) {
      threw.push(error);
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    threw,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function eventOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split('?');
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers: request.headers,
    requestContext: { http: { method: request.method, path: rawPath } },
    ...(body.byteLength === 0 ? {} : { body: body.toString('base64') }),
    isBase64Encoded: body.byteLength > 0,
  };
}
