import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Wire, type WireAnswer, WireError, type WireRequest } from '../ctyun/wire.ts';

// Kept for the life of the process: a warm Lambda saves the TLS handshake. `fetch` would cost 30 ms of cold start.
const agents = { https: new HttpsAgent({ keepAlive: true }), http: new HttpAgent({ keepAlive: true }) };

/** Sends one request over HTTP(S): TLS verified, connections kept alive, time and size bounded. @throws WireError */
export const sendOverHttp: Wire = request =>
  new Promise<WireAnswer>((resolve, reject) => {
    const secure = request.url.startsWith('https:');
    const options = { method: request.method, headers: headersOf(request), agent: secure ? agents.https : agents.http };
    const outgoing = (secure ? httpsRequest : httpRequest)(request.url, options);
    const state = { connected: false };
    const fail = (code: string, message: string, cause?: unknown): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(new WireError(code, message, state.connected, { cause }));
    };
    const timer = setTimeout(() => fail('TIMEOUT', `no answer within ${request.timeoutMs} ms`), request.timeoutMs);
    watchConnection(outgoing, secure, state);
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK', brief(error), error));
    outgoing.on('response', incoming =>
      collect(incoming, request.maxBytes, fail, body => {
        clearTimeout(timer);
        resolve({ status: incoming.statusCode ?? 0, headers: flat(incoming), body });
      }),
    );
    outgoing.end(request.body);
  });

const headersOf = ({ headers, body }: WireRequest): Record<string, string | number> =>
  body ? { ...headers, 'Content-Length': body.byteLength } : { ...headers };

/** Until the connection stands (with TLS: until the server is who it says) no byte of the request has left. */
function watchConnection(outgoing: ClientRequest, secure: boolean, state: { connected: boolean }): void {
  outgoing.once('socket', socket => {
    if (outgoing.reusedSocket || !socket.connecting) state.connected = true;
    else socket.once(secure ? 'secureConnect' : 'connect', () => (state.connected = true));
  });
}

function collect(
  incoming: IncomingMessage,
  maxBytes: number,
  fail: (code: string, message: string, cause?: unknown) => void,
  done: (body: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > maxBytes) fail('ANSWER_TOO_LARGE', `the answer is larger than ${maxBytes} bytes`);
    else chunks.push(chunk);
  });
  incoming.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK', brief(error), error));
  incoming.on('end', () => {
    if (incoming.complete) done(Buffer.concat(chunks));
    else fail('TRUNCATED', 'the connection closed in the middle of the answer');
  });
}

const flat = ({ headers }: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));

// An AggregateError (several addresses tried) has an empty message of its own.
const brief = (error: NodeJS.ErrnoException): string => error.message || error.code || 'the network failed';
