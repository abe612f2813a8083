/** The encryption that WeCom and DingTalk share; written from their documents and from nothing of ours. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

export const sealedSignature = (...parts: readonly string[]): string =>
  createHash('sha1').update(parts.toSorted().join(''), 'utf8').digest('hex');

const key = (key43: string): Buffer => Buffer.from(`${key43}=`, 'base64');

export function sealText(key43: string, random: Buffer, text: string, receiver: string): string {
  const body = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(20);
  random.copy(head, 0, 0, 16);
  head.writeUInt32BE(body.length, 16);
  const plain = Buffer.concat([head, body, Buffer.from(receiver)]);
  const missing = 32 - (plain.length % 32);
  const padded = Buffer.concat([plain, Buffer.alloc(missing, missing)]);
  const cipher = createCipheriv('aes-256-cbc', key(key43), key(key43).subarray(0, 16));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** For the provider's side of encrypted replies. */
export function unsealText(key43: string, sealed: string): { text: string; receiver: string } {
  const decipher = createDecipheriv('aes-256-cbc', key(key43), key(key43).subarray(0, 16));
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const length = plain.readUInt32BE(16);
  return { text: plain.subarray(20, 20 + length).toString(), receiver: plain.subarray(20 + length).toString() };
}
