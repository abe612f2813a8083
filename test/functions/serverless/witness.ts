/** Stands between a bundle and the stand-ins of AWS's services, and writes down what it asks of whom. */
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An action as IAM names it, and the last part of what it is done to: `table/T`, `table/T/index/I`, a queue, `secret:S`. */
export type Call = { readonly action: string; readonly on: string };

export type Witness = {
  readonly url: string;
  /** What was asked since the last time this was read. */
  readonly taken: () => readonly Call[];
  readonly close: () => Promise<void>;
};

type Services = { readonly dynamodb: string; readonly secretsmanager: string; readonly sqs: string };
const SERVICES: Readonly<Record<string, keyof Services>> = {
  DynamoDB_20120810: 'dynamodb',
  secretsmanager: 'secretsmanager',
  AmazonSQS: 'sqs',
};

/** @param services where each is answered */
export async function startWitness(services: Services): Promise<Witness> {
  let calls: Call[] = [];
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then(body => {
      const [target = '', operation = ''] = String(incoming.headers['x-amz-target']).split('.');
      const service = SERVICES[target] ?? 'sqs';
      calls.push({ action: `${service}:${operation}`, on: thingOf(service, JSON.parse(body.toString())) });
      // The headers as they came: what is signed is signed for this address.
      const { method, url, headers } = incoming;
      const onward = request(new URL(url ?? '/', services[service]), { method, headers }, answer => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => calls.splice(0),
    close: () => {
      calls = [];
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function thingOf(service: keyof Services, asked: Record<string, string>): string {
  if (service === 'secretsmanager') return `secret:${asked.SecretId}`;
  if (service === 'sqs') return String(asked.QueueUrl?.split('/').at(-1));
  return `table/${asked.TableName}${asked.IndexName ? `/index/${asked.IndexName}` : ''}`;
}

const BARE = `
  const { handler } = await import(process.cwd() + '/dist/' + process.env.BUNDLE + '/index.mjs');
  const context = { awsRequestId: '1', functionName: process.env.BUNDLE, getRemainingTimeInMillis: () => 60000 };
  const say = value => process.stderr.write('RESULT ' + JSON.stringify(value));
  try { say({ answer: await handler(JSON.parse(process.env.EVENT), context) }); }
  catch (error) { say({ threw: error.name, message: error.message }); }
  process.exit(0);
`;

export type Invoked = { readonly answer?: unknown; readonly threw?: string; readonly message?: string };

/** One invocation of a bundle, in a process with nothing in it but Node and this environment. */
export function invoke(bundle: string, event: unknown, environment: Record<string, string>): Promise<Invoked> {
  const env = { PATH: process.env.PATH ?? '', BUNDLE: bundle, EVENT: JSON.stringify(event), ...environment };
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', BARE], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', chunk => (said += chunk));
    child.on('close', () => resolve(JSON.parse(said.split('RESULT ')[1] ?? '{}') as Invoked));
  });
}
