/**
 * The one table: any record by `pk` and `sk`, and three sparse indexes. serverless.yml creates the same; a test compares.
 */
export const INDEXES = {
  /** Intents that are not final, plans that wait and memos that are read together, by what they belong to. */
  open: ['open', 'at'],
  /** What was decided on one EIP, by time. */
  'by-eip': ['eip', 'at'],
  /** What was decided on one day (UTC), by time. */
  'by-day': ['day', 'at'],
} as const;

export type Index = keyof typeof INDEXES;

const ATTRIBUTES = ['pk', 'sk', 'open', 'eip', 'day', 'at'] as const;

const keySchema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

/** The table's definition, as CreateTable and CloudFormation take it. */
export const TABLE = {
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: ATTRIBUTES.map(AttributeName => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: keySchema('pk', 'sk'),
  GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, [hash, range]]) => ({
    IndexName,
    KeySchema: keySchema(hash, range),
    Projection: { ProjectionType: 'ALL' as const },
  })),
};

/** The attribute by which DynamoDB forgets a record, in epoch seconds. */
export const TTL_ATTRIBUTE = 'ttl';
