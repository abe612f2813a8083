import { resolve } from 'node:path';
import type { Replacement } from './replaced.ts';

const SMITHY = '@smithy/core/dist-es/submodules';

const nothing = (name: string, why: string): string =>
  `export class ${name} { constructor() { throw new Error('${name} is left out of the bundles: ${why}'); } }`;

/** The name of a file beside this one, as it stands in an import. */
const here = (file: string): string => JSON.stringify(resolve('local/bundle', file));

const endpoints =
  (service: string): Replacement =>
  () =>
    `import { endpointsOf } from ${here('endpoints.ts')}; export const defaultEndpointResolver = endpointsOf('${service}');`;

const plainJson =
  (name: string): Replacement =>
  () =>
    `export { PlainJson as ${name} } from ${here('plain-json.ts')};`;

/** Changes one place of a file. @throws Error where it is not there any more */
const instead =
  (old: string, now: string): Replacement =>
  source => {
    if (!source.includes(old)) throw new Error(`there is no ${JSON.stringify(old)} any more`);
    return source.replace(old, now);
  };

/**
 * Registers no error, and marks the shapes as what they are, values: by their computed names they look as if making one
 * did something, and all of them would stay.
 */
const callsOnly: Replacement = source => {
  const silent = source.replaceAll(/^n0_registry\.registerError\(.*$/gm, '');
  const left = silent.replaceAll(
    /^((?:export )?(?:var|const) \w+\$? = )(\[[^;]*\]);$/gm,
    '$1/* @__PURE__ */ (() => $2)();',
  );
  if (silent === source || left === silent) throw new Error('the schemas are written otherwise now');
  return left;
};

/** The version is all that a client asks of its package.json. */
const versionOnly: Replacement = source => {
  const { version } = JSON.parse(source) as { version: string };
  return JSON.stringify({ version });
};

/**
 * What of the SDK no call of these functions can reach on Lambda, file by file. Each is safe for the reason that stands
 * above it; where it were reached after all, it would throw, not go wrong. A file that no bundle has any more, or that has
 * lost what is changed in it, fails the build.
 */
export const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  // Node has always SHA-256 on Lambda; the one in JavaScript is for a Node that was built without.
  [`${SMITHY}/checksum/sha256/Sha256Js.js`]: () => nothing('Sha256Js', 'Node has its own'),
  // So with MD5, by which SQS says what it has received.
  [`${SMITHY}/checksum/md5/Md5Js.js`]: () => nothing('Md5Js', 'Node has its own'),

  // The standard retries are asked for; "adaptive" adds a rate limiter for clients that send all the time, and is these.
  [`${SMITHY}/retry/util-retry/AdaptiveRetryStrategy.js`]: () =>
    "export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy.js';",

  // Lambda sets AWS_REGION: nobody asks the metadata service of a virtual machine, which a Lambda does not have.
  [`${SMITHY}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`]: () =>
    'export const getInstanceMetadataRegion = async () => undefined;',

  // There is no ~/.aws on Lambda: what is not in the environment has its default, as where the files are missing.
  [`${SMITHY}/config/node-config-provider/fromSharedConfigFiles.js`]: () =>
    `import { CredentialsProviderError } from '../property-provider/CredentialsProviderError.js';
     export const fromSharedConfigFiles = () => async () => {
       throw new CredentialsProviderError('no files of settings in a bundle', {});
     };`,

  // These are of S3, which is not called.
  [`${SMITHY}/endpoints/middleware-endpoint/service-customizations/index.js`]: () =>
    "export const resolveParamsForS3 = () => { throw new Error('S3 is left out of the bundles'); };",

  // Hosts are found by a region's partition (endpoints.ts); the rule sets are for account ids, ARNs and other services.
  '@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js': endpoints('dynamodb'),
  '@aws-sdk/client-secrets-manager/dist-es/endpoint/endpointResolver.js': endpoints('secretsmanager'),
  '@aws-sdk/client-sqs/dist-es/endpoint/endpointResolver.js': endpoints('sqs'),

  '@aws-sdk/core/dist-es/submodules/client/util-endpoints/aws.js': () => 'export const awsEndpointFunctions = {};',

  '@aws-sdk/client-dynamodb/package.json': versionOnly,
  '@aws-sdk/client-secrets-manager/package.json': versionOnly,
  '@aws-sdk/client-sqs/package.json': versionOnly,

  // An error without a class of its own is the service's general one, with its name, message and status from the answer,
  // as the many are that have none anyway (AccessDeniedException). Retries and our own code go by name and status alone.
  '@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0.js': callsOnly,
  '@aws-sdk/client-secrets-manager/dist-es/schemas/schemas_0.js': callsOnly,
  '@aws-sdk/client-sqs/dist-es/schemas/schemas_0.js': callsOnly,

  // What is sent and read here is plain JSON (plain-json.ts).
  [`${SMITHY}/protocols/json/codec-v2/JsonCodec2.js`]: plainJson('JsonCodec2'),
  '@aws-sdk/dynamodb-codec/dist-es/codec-v2/DynamoDBJsonCodec2.js': plainJson('DynamoDBJsonCodec2'),

  // It tells a logger what was sent and read; none is given to any client, and secrets are better told to none.
  '@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js': () =>
    `export const loggerMiddleware = () => next => next;
     export const loggerMiddlewareOptions = {};
     export const getLoggerPlugin = () => ({ applyToStack: () => undefined });`,

  // Only event streams are signed with it.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': () =>
    "export class HeaderFormatter { format() { throw new Error('event streams are left out of the bundles'); } }",

  // AWS's JSON protocols bind nothing to paths, queries or headers; a call with a host of its own would be noticed.
  [`${SMITHY}/protocols/HttpBindingNormalizedSchema.js`]: () =>
    `import { translateTraits } from '@smithy/core/schema';
     ${nothing('HttpBindingNormalizedSchema', 'no call has HTTP bindings')}
     export const getHttpOperationBindings = ({ traits }) => {
       if (translateTraits(traits ?? {}).endpoint) throw new Error('a call with a host of its own');
       return [];
     };`,

  // A time is only read from the header Retry-After, where it may be a date; JavaScript reads that form as well.
  [`${SMITHY}/serde/date-utils.js`]: () =>
    `export const parseRfc7231DateTime = value => {
       const at = new Date(value);
       if (Number.isNaN(at.getTime())) throw new TypeError('not a time: ' + value);
       return at;
     };
     const none = () => { throw new Error('other times are left out of the bundles'); };
     export { none as dateToUtcString, none as parseEpochTimestamp };
     export { none as parseRfc3339DateTime, none as parseRfc3339DateTimeWithOffset };`,

  // By its name, as there: asking for the global itself makes Node load its streams for the web, 1 ms.
  [`${SMITHY}/serde/util-stream/stream-type-check.js`]: () =>
    `const named = name => stream => stream?.constructor?.name === name;
     export const isReadableStream = named('ReadableStream');
     export const isBlob = named('Blob');`,

  // A body is text or bytes here; the file also measures streams of files, for whose class Node loads its streams, 2 ms.
  [`${SMITHY}/serde/util-body-length/calculateBodyLength.js`]: () =>
    `export const calculateBodyLength = body => {
       if (!body) return 0;
       const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
       if (typeof length !== 'number') throw new Error('a body that is neither text nor bytes');
       return length;
     };`,

  // The global of the same name is the same class, and Node makes it when it is first used; the import takes 2 ms.
  '@middy/core/index.js': instead('import { ReadableStream } from "node:stream/web";', ''),
};
