import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LedgerError } from './errors.ts';
import { createTable, type Table } from './table.ts';

const NO_TABLE = 'LEDGER_TABLE is not set; without a ledger nothing is changed';

/** Stands for a ledger that nobody has named: a plan can be made without one, nothing can be done. */
const noTable: Table = {
  get: () => Promise.reject(new LedgerError('NO_TABLE', NO_TABLE)),
  put: () => Promise.reject(new LedgerError('NO_TABLE', NO_TABLE)),
  update: () => Promise.reject(new LedgerError('NO_TABLE', NO_TABLE)),
  query: () => Promise.reject(new LedgerError('NO_TABLE', NO_TABLE)),
};

/**
 * The ledger in DynamoDB; the SDK's standard variables (`AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB`) apply.
 *
 * @param tableName of the one table
 * @param newId a fresh id for each write
 */
export function dynamoLedger(tableName: string | undefined, newId: () => string): Table {
  if (tableName === undefined) return noTable;
  // Without times of its own the SDK would wait for ever on a connection that is dead.
  const client = new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_500, requestTimeout: 4_000 },
  });
  return createTable(client, tableName, newId);
}
