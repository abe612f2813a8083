import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { LedgerError } from './errors.ts';
import { INDEXES, type Index } from './schema.ts';

export type Key = { readonly pk: string; readonly sk: string };
/** Any record: its key and its attributes (text, whole numbers, maps of these). */
export type Row = Key & Readonly<Record<string, unknown>>;

/** An expression of DynamoDB's with the names (`#x`) and values (`:x`) that it uses. */
export type Expression = {
  readonly text: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
};

/** Which records of an index, in the order of its range key. */
export type Range = { readonly from?: string; readonly limit?: number };

/** Strongly consistent reads of single records, conditional writes of single records, and sparse indexes. No transactions. */
export type Table = {
  get(key: Key): Promise<Row | undefined>;
  /** @returns false where the condition does not hold; true also where an earlier, unanswered try of this write succeeded */
  put(row: Row, condition?: Expression): Promise<boolean>;
  /** @param change what is set or removed. @returns false where the condition does not hold */
  update(key: Key, change: string, condition: Expression): Promise<boolean>;
  /** Eventually consistent. */
  query(index: Index, value: string, range?: Range): Promise<Row[]>;
};

/** Holds where the record is still of the version that was read; 0: where there is none yet. */
export const onVersion = (version: number): Expression =>
  version === 0
    ? { text: 'attribute_not_exists(pk)' }
    : { text: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } };

/** What the table needs of DynamoDB's client. */
export type Sender = Pick<DynamoDBClient, 'send'>;

/**
 * The ledger's table. Every method throws LedgerError when DynamoDB does not answer or refuses.
 *
 * @param newId a fresh id: marks each write, so that one whose answer was lost is recognised when it is sent again
 */
export function createTable(client: Sender, name: string, newId: () => string): Table {
  const get = async ({ pk, sk }: Key): Promise<Row | undefined> => {
    const command = new GetItemCommand({ TableName: name, Key: marshall({ pk, sk }), ConsistentRead: true });
    const { Item } = await answered(client.send(command));
    return Item && (unmarshall(Item) as Row);
  };
  return {
    get,
    put: async (row, condition) => {
      const write = newId();
      const Item = marshall({ ...row, write }, { removeUndefinedValues: true });
      const command = new PutItemCommand({ TableName: name, Item, ...conditionOf(condition) });
      if (await accepted(client.send(command))) return true;
      return (await get(row))?.write === write;
    },
    update: (key, change, condition) => {
      const UpdateExpression = change;
      const Key = marshall({ pk: key.pk, sk: key.sk });
      return accepted(
        client.send(new UpdateItemCommand({ TableName: name, Key, UpdateExpression, ...conditionOf(condition) })),
      );
    },
    query: (index, value, range = {}) => queryAll(client, name, index, value, range),
  };
}

async function queryAll(client: Sender, name: string, index: Index, value: string, { from = '', limit }: Range) {
  const [hash, sort] = INDEXES[index];
  const rows: Row[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const command: QueryCommand = new QueryCommand({
      TableName: name,
      IndexName: index,
      KeyConditionExpression: '#hash = :hash AND #sort >= :from',
      ExpressionAttributeNames: { '#hash': hash, '#sort': sort },
      // A key must not be empty; a space sorts before every time and name.
      ExpressionAttributeValues: marshall({ ':hash': value, ':from': from || ' ' }),
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    const page = await answered(client.send(command));
    rows.push(...(page.Items ?? []).map(item => unmarshall(item) as Row));
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey && (limit === undefined || rows.length < limit));
  return rows.slice(0, limit);
}

const conditionOf = (condition: Expression | undefined) =>
  condition
    ? {
        ConditionExpression: condition.text,
        ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
        ...(condition.values ? { ExpressionAttributeValues: marshall(condition.values) } : {}),
      }
    : {};

async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new LedgerError(name, message, { cause: error });
  }
}

async function accepted(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    return answered(Promise.reject(error));
  }
}
