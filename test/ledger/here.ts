import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { createLedgerTable, type LedgerServer, ledgerClient, startLedger } from '../../local/ledger/server.ts';
import { createTable, type Sender, type Table } from '../../shared/ledger/table.ts';

/** A fresh table: on dynalite, or on the DynamoDB that `LEDGER_TEST_ENDPOINT` names (`npm run test:dynamodb-local`). */
export async function freshTable(): Promise<Table> {
  const { client, name } = await freshClient();
  return createTable(client, name, randomUUID);
}

let server: LedgerServer | undefined;

export async function freshClient(): Promise<{ client: Sender; name: string }> {
  const other = process.env.LEDGER_TEST_ENDPOINT;
  if (!other) server ??= await startLedger();
  const client = ledgerClient(other ?? server?.url ?? '');
  const name = `test-${randomUUID()}`;
  await createLedgerTable(client, name);
  return { client, name };
}

/** Loses answers: what is sent acts, and the caller is told that nobody answered. */
export function losing(client: Sender, lose: (command: string) => boolean): Sender {
  const send = async (command: object): Promise<unknown> => {
    const answer = await client.send(command as never);
    if (!lose(command.constructor.name)) return answer;
    // As the SDK does after a time-out: the same once more.
    return client.send(command as never);
  };
  return { send: send as Sender['send'] };
}

afterAll(async () => {
  await server?.close();
  server = undefined;
});
