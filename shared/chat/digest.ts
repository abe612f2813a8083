import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from './refusal.ts';

type Part = string | Buffer;

/** HMAC-SHA256 over the parts, one after the other. An empty key would let everybody sign: it is refused. */
export function hmacSha256(key: Part, ...parts: readonly Part[]): Buffer {
  if (key.length === 0) refuse('secret-missing');
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** A plain hash, not an HMAC, over the parts without separators, in hex. */
export function hashOf(algorithm: 'sha1' | 'sha256', ...parts: readonly Part[]): string {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Compares in constant time, after the lengths in bytes, which are no secret. */
export function same(given: string, expected: string): boolean {
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(given)];
  return ours.byteLength === theirs.byteLength && timingSafeEqual(ours, theirs);
}

export function mustMatch(given: string, expected: string): void {
  if (!same(given, expected)) refuse('signature-mismatch');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Base64 in its one canonical spelling: Node alone would skip over anything foreign in it. Undefined if it is not. */
export function strictBase64(text: string): Buffer | undefined {
  if (text === '' || !BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
