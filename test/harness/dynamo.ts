/**
 * Dynalite without its socket: the same server code, called in the process and given the SDK's commands as they are on the
 * wire, so that a hundred thousand runs are possible. What the SDK itself does is tested elsewhere, over HTTP.
 */
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { createLedgerTable } from '../../local/ledger/server.ts';
import type { Sender } from '../../shared/ledger/table.ts';

type Command = { readonly constructor: { readonly name: string }; readonly input: object };
type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=test';

/** What sends commands to a fresh, empty ledger. */
export async function freshLedger(): Promise<Sender> {
  const [handler] = dynalite({ createTableMs: 0 }).listeners('request') as Handler[];
  const send = async (command: Command): Promise<unknown> => {
    const { status, body } = await answerOf(handler!, command);
    if (status === 200) return body;
    const name = String(body.__type).replace(/.*#/, '');
    throw Object.assign(new Error(String(body.message ?? body.Message ?? name)), { name });
  };
  const sender = { send } as unknown as Sender;
  await createLedgerTable(sender);
  return sender;
}

function answerOf(handler: Handler, { constructor: { name }, input }: Command): Promise<Answer> {
  return new Promise(resolve => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${name.replace(/Command$/, '')}`,
      'x-amz-date': '20261124T020000Z',
      authorization: AUTHORIZATION,
    };
    const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
    const response = {
      statusCode: 200,
      setHeader: () => undefined,
      end(text: string) {
        resolve({ status: this.statusCode, body: JSON.parse(text) as Answer['body'] });
      },
    };
    handler(request as unknown as IncomingMessage, response as unknown as ServerResponse);
    request.emit('data', Buffer.from(JSON.stringify(input)));
    request.emit('end');
  });
}
