import { hashOf } from '../digest.ts';

/**
 * SHA-1 in hex of timestamp, nonce, Verification Token and the raw body: the signature of card callbacks in the old
 * format. We send cards whose clicks come as `card.action.trigger`, signed with the Encrypt Key; this is for apps that
 * were set up before.
 */
export const feishuLegacyCardSignature = (
  timestamp: string,
  nonce: string,
  verificationToken: string,
  body: Buffer,
): string => hashOf('sha1', timestamp, nonce, verificationToken, body);
