/** Everything that bundles take from packages, for the tests to ask: built like a bundle, nothing of it is a mock. */
export {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
export { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
export { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
export { default as middy } from '@middy/core';
