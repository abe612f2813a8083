import type { DingtalkSecrets, Given } from '../channel.ts';
import type { Inbound } from '../inbound.ts';
import { bounded, own, type Received, sentBy } from '../received.ts';
import { judged, type Refusal } from '../refusal.ts';
import { judgeCard } from './card-callback.ts';
import { judgeEvent } from './event.ts';
import { judgeRobot } from './robot.ts';

/**
 * Judges a request of DingTalk's. Which of its three kinds it is, its own headers say; choosing a kind gains a forger
 * nothing, for each has a secret of its own and none is accepted without.
 * Source: open.dingtalk.com, "robot receives messages", "event subscription", "card callback" (HTTP mode).
 */
export function authenticDingtalk(received: Received, given: Given<DingtalkSecrets>): Inbound | Refusal {
  return judged(() => {
    bounded(received);
    sentBy(received, 'POST');
    if (own(received.headers, 'x-ddpaas-signature') !== undefined) return judgeCard(received, given);
    const inQuery = own(received.query, 'msg_signature') ?? own(received.query, 'signature');
    return inQuery === undefined ? judgeRobot(received, given) : judgeEvent(received, given);
  });
}
