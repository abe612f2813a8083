import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AwsKey, sigV4Problem } from './sigv4.ts';

/** A Secrets Manager for one machine: `GetSecretValue` over HTTP, signed requests only, nothing stored on disk. */
export type SecretsStandIn = {
  readonly url: string;
  /** Sets or replaces a secret's text; undefined removes it. */
  readonly put: (name: string, text: string | undefined) => void;
  /** Answers the next `times` requests with an error of AWS's, for instance `InternalServiceError`. */
  readonly fail: (type: string, times: number) => void;
  /** Names asked for, in order. */
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
};

type State = { secrets: Map<string, string>; asked: string[]; failures: string[] };

export async function startSecretsManager(
  key: AwsKey,
  secrets: Readonly<Record<string, string>> = {},
): Promise<SecretsStandIn> {
  const state: State = { secrets: new Map(Object.entries(secrets)), asked: [], failures: [] };
  const server = createServer((request, response) => void answer(request, response, key, state));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (name, text) => void (text === undefined ? state.secrets.delete(name) : state.secrets.set(name, text)),
    fail: (type, times) => void state.failures.push(...Array<string>(times).fill(type)),
    asked: () => state.asked,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, key: AwsKey, state: State): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const wrong = sigV4Problem(request, body, key, new Date()) ?? state.failures.shift();
  if (wrong) return reply(response, wrong.startsWith('Internal') ? 500 : 400, { __type: wrong, Message: wrong });
  if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') {
    return reply(response, 400, { __type: 'UnknownOperationException', Message: 'only GetSecretValue is here' });
  }
  const { SecretId: name } = JSON.parse(body.toString()) as { SecretId: string };
  state.asked.push(name);
  const text = state.secrets.get(name);
  if (text === undefined) {
    const Message = "Secrets Manager can't find the specified secret.";
    return reply(response, 400, { __type: 'ResourceNotFoundException', Message });
  }
  const ARN = `arn:aws:secretsmanager:local:000000000000:secret:${name}`;
  reply(response, 200, { ARN, Name: name, SecretString: text, VersionId: '1', VersionStages: ['AWSCURRENT'] });
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value));
}
