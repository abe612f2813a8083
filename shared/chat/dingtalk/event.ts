import type { CallbackSecret, Channel, DingtalkSecrets, Given, Salt } from '../channel.ts';
import { mustMatch } from '../digest.ts';
import type { Inbound, Reply } from '../inbound.ts';
import { type Json, jsonObject, textAt, utf8 } from '../json.ts';
import { own, parameter, type Received } from '../received.ts';
import { firstAccepted, refuse } from '../refusal.ts';
import { jsonReply } from '../reply.ts';
import { openSealed, seal, sealSignature } from '../sealed.ts';
import { freshInstant } from '../timestamp.ts';

/** Asked when the callback's address is registered. */
const CHECKS: ReadonlySet<string> = new Set(['check_url', 'check_create_suite_url', 'check_update_suite_url']);

/**
 * An event of the subscription. No command comes this way: the address check is answered, all else is acknowledged,
 * both by the encrypted word `success` within 1500 ms, or DingTalk would try again and in the end give the address up.
 */
export function judgeEvent(received: Received, { channel, secrets, now, salt }: Given<DingtalkSecrets>): Inbound {
  const signature = own(received.query, 'msg_signature') || parameter(received, 'signature');
  const timestamp = parameter(received, 'timestamp');
  const nonce = parameter(received, 'nonce');
  freshInstant(timestamp, 'ms', now, channel.windowSeconds);
  const encrypted = textAt(jsonObject(utf8(received.body)), 'encrypt') || refuse('plain-body');
  return firstAccepted(secrets.callbacks, secret => {
    mustMatch(signature, sealSignature(secret.token, timestamp, nonce, encrypted));
    const { event, receiver } = opened(secret, encrypted, channel);
    const reply = success(secret, receiver, now, salt);
    return { kind: CHECKS.has(textAt(event, 'EventType')) ? 'handshake' : 'nothing', reply };
  });
}

/** The trailing id must be our corpId, appKey or suiteKey. */
function opened({ aesKey }: CallbackSecret, encrypted: string, { tenants, apps }: Channel) {
  const { text, receiver } = openSealed(aesKey, encrypted);
  if (![...tenants, ...apps].includes(receiver)) refuse('wrong-receiver');
  const event: Json = jsonObject(utf8(text));
  return { event, receiver };
}

/** The encrypted word `success`, signed as the request was. */
export function success({ token, aesKey }: CallbackSecret, receiver: string, now: Date, salt: Salt): Reply {
  const timeStamp = String(now.getTime());
  const encrypt = seal(aesKey, salt.random, 'success', receiver);
  const msg_signature = sealSignature(token, timeStamp, salt.nonce, encrypt);
  return jsonReply({ msg_signature, timeStamp, nonce: salt.nonce, encrypt });
}
