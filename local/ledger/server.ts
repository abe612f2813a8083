import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { TABLE } from '../../shared/ledger/schema.ts';
import type { Sender } from '../../shared/ledger/table.ts';

/** The table's name on one machine. */
export const LEDGER_TABLE = 'eip-autopilot';

/** A DynamoDB for one machine, with the ledger's table. */
export type LedgerServer = { readonly url: string; readonly server: Server; readonly close: () => Promise<void> };

/** @param folder where it is kept; without one, in memory */
export async function startLedger(folder?: string): Promise<LedgerServer> {
  const server = dynalite({ createTableMs: 0, ...(folder === undefined ? {} : { path: folder }) });
  // A caller keeps its connection for as long as it lives, and may be silent for long while it waits for an order.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = ledgerClient(url);
  await createLedgerTable(client);
  client.destroy();
  return {
    url,
    server,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

/** What a process needs in its environment to find the ledger; the key opens nothing else. */
export const ledgerEnvironment = (url: string) => ({ LEDGER_TABLE, AWS_ENDPOINT_URL_DYNAMODB: url });

/** The SDK's settings for a ledger on this machine. */
export const ledgerClient = (url: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: url,
    region: 'local',
    credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' },
  });

/** Makes the ledger's table where it is not there, and waits until it can be used. */
export async function createLedgerTable(client: Sender, name = LEDGER_TABLE): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ TableName: name, ...TABLE }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceInUseException')) throw error;
  }
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await pause(5);
  }
}
