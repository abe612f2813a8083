/** Checks AWS Signature Version 4 of a received request, from AWS's specification, so that the stand-in is no open door. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type AwsKey = { readonly accessKeyId: string; readonly secretAccessKey: string };

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const WINDOW_MS = 5 * 60_000;

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** @returns what is wrong with the request's signature, in AWS's words, or undefined if it is right */
export function sigV4Problem(request: IncomingMessage, body: Buffer, key: AwsKey, now: Date): string | undefined {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '');
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', given = ''] = match ?? [];
  if (!match) return 'MissingAuthenticationTokenException';
  if (accessKeyId !== key.accessKeyId) return 'UnrecognizedClientException';
  const date = String(request.headers['x-amz-date'] ?? '');
  if (!date.startsWith(day) || Math.abs(instantOf(date) - now.getTime()) > WINDOW_MS)
    return 'InvalidSignatureException';
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonicalRequest(request, body, signedHeaders))].join('\n');
  const signingKey = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${key.secretAccessKey}`, day));
  const right = timingSafeEqual(Buffer.from(hmac(signingKey, text).toString('hex')), Buffer.from(given));
  return right ? undefined : 'InvalidSignatureException';
}

function canonicalRequest(request: IncomingMessage, body: Buffer, signedHeaders: string): string {
  const headers = signedHeaders.split(';').map(
    name =>
      `${name}:${String(request.headers[name] ?? '')
        .trim()
        .replaceAll(/ +/g, ' ')}\n`,
  );
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  return [request.method, path, query, headers.join(''), signedHeaders, sha256(body)].join('\n');
}

const instantOf = (amzDate: string): number =>
  Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
