import { createDecipheriv } from 'node:crypto';
import { hashOf, strictBase64 } from '../digest.ts';
import { refuse } from '../refusal.ts';

const BLOCK = 16;

/**
 * Opens Feishu's `encrypt`: AES-256-CBC with the SHA-256 of the Encrypt Key as key, the first 16 bytes as IV, PKCS7.
 * Source: open.feishu.cn, "Configure Encrypt Key".
 */
export function feishuDecrypt(encryptKey: string, encrypted: string): Buffer {
  if (encryptKey === '') refuse('secret-missing');
  const bytes = strictBase64(encrypted);
  if (bytes === undefined || bytes.byteLength < 2 * BLOCK || bytes.byteLength % BLOCK !== 0) {
    return refuse('undecryptable');
  }
  const key = Buffer.from(hashOf('sha256', encryptKey), 'hex');
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, BLOCK));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()]);
  } catch {
    return refuse('undecryptable');
  }
}
