import { createCipheriv, createDecipheriv } from 'node:crypto';
import { hashOf, strictBase64 } from './digest.ts';
import { refuse } from './refusal.ts';

/** WeCom and DingTalk pad to 32 bytes; Node's own padding knows only 16 and would throw. */
const BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** What was sealed: the text, and the id of whom it was sealed for. */
export type Opened = { readonly text: Buffer; readonly receiver: string };

/** SHA-1 in hex of the four, sorted by code units and joined. */
export const sealSignature = (token: string, timestamp: string, nonce: string, encrypted: string): string =>
  token === '' ? refuse('secret-missing') : hashOf('sha1', [token, timestamp, nonce, encrypted].toSorted().join(''));

function keyOf(aesKey: string): Buffer {
  if (!/^[A-Za-z0-9+/]{43}$/.test(aesKey)) refuse('secret-missing');
  return Buffer.from(`${aesKey}=`, 'base64');
}

/**
 * Opens what WeCom and DingTalk encrypt: AES-256-CBC, IV = the key's first 16 bytes; inside 16 random bytes, the text's
 * length (4 bytes, big-endian), the text and the receiver's id. The caller compares the receiver.
 *
 * @param aesKey 43 characters of base64
 * Source: developer.work.weixin.qq.com, document 90968 (encryption scheme); open.dingtalk.com, event subscription.
 */
export function openSealed(aesKey: string, encrypted: string): Opened {
  const key = keyOf(aesKey);
  const bytes = strictBase64(encrypted);
  if (bytes === undefined || bytes.byteLength % BLOCK !== 0) return refuse('undecryptable');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const content = unpadded(Buffer.concat([decipher.update(bytes), decipher.final()]));
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (content.byteLength < start) return refuse('undecryptable');
  const end = start + content.readUInt32BE(RANDOM_BYTES);
  if (end > content.byteLength) return refuse('undecryptable');
  return { text: content.subarray(start, end), receiver: content.subarray(end).toString() };
}

function unpadded(padded: Buffer): Buffer {
  const pad = padded.at(-1) ?? 0;
  const tail = padded.subarray(padded.byteLength - pad);
  const right = pad >= 1 && pad <= BLOCK && tail.every(byte => byte === pad);
  return right ? padded.subarray(0, padded.byteLength - pad) : refuse('undecryptable');
}

/** The reverse of `openSealed`. @param random 16 bytes that nobody can foresee */
export function seal(aesKey: string, random: Buffer, text: string, receiver: string): string {
  if (random.byteLength !== RANDOM_BYTES) throw new RangeError('sealing takes 16 random bytes');
  const key = keyOf(aesKey);
  const body = Buffer.from(text);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.byteLength);
  const content = Buffer.concat([random, length, body, Buffer.from(receiver)]);
  const pad = BLOCK - (content.byteLength % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    'base64',
  );
}
