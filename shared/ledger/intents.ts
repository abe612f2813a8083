import { type Intent, isFinal } from '../model/intent.ts';
import { decode, encode } from './codec.ts';
import { onVersion, type Row, type Table } from './table.ts';

const keyOf = (token: string) => ({ pk: `intent#${token}`, sk: 'intent' });
const openOf = (account: string): string => `intent#${account}`;

/** The intent of a token, as it is now. */
export async function findIntent(table: Table, token: string): Promise<Intent | undefined> {
  const row = await table.get(keyOf(token));
  return row && intentOf(row);
}

/** The intents of an account that are not final, oldest first. Eventually consistent: act on one only after `saveIntent`. */
export async function openIntents(table: Table, account: string): Promise<Intent[]> {
  return (await table.query('open', openOf(account))).map(intentOf);
}

/**
 * Writes an intent's next version. `version` 0 is its first.
 *
 * @returns the intent as it is now written, or undefined if somebody else wrote it first
 */
export async function saveIntent(table: Table, intent: Intent): Promise<Intent | undefined> {
  const next = { ...intent, version: intent.version + 1 };
  return (await table.put(rowOf(next), onVersion(intent.version))) ? next : undefined;
}

function rowOf(intent: Intent): Row {
  const { action, createdAt, version } = intent;
  const at = createdAt.toISOString();
  return {
    ...keyOf(intent.token),
    version,
    state: intent.state,
    eip: action.eipId,
    day: at.slice(0, 10),
    at,
    ...(isFinal(intent) ? {} : { open: openOf(action.account) }),
    body: encode(intent),
  };
}

export const intentOf = (row: Row): Intent => decode<Intent>(String(row.body));

/** What is to be done on an EIP, under the token that holds it. */
export type Lockable = Pick<Intent['action'], 'account' | 'region' | 'eipId' | 'token'>;

/**
 * Who may work on an EIP: at most one intent that is not final, also where two accounts see the same EIP. Their runs know
 * nothing of each other, and each would buy it, with a token of its own.
 */
const lockKey = ({ region, eipId }: Lockable) => ({
  pk: `eip#${region}/${eipId}`,
  sk: 'lock',
});

/**
 * Takes the EIP for an intent's token. A lock needs no release: it is free once its holder's intent is final, or was
 * never written and its time is over.
 *
 * @returns undefined if it is ours now, else the token that holds it
 */
export async function lockEip(table: Table, action: Lockable, until: Date, now: Date) {
  const key = lockKey(action);
  const row = { ...key, token: action.token, until: until.toISOString() };
  const fresh = { text: 'attribute_not_exists(pk) OR #token = :token', names: { '#token': 'token' } };
  if (await table.put(row, { ...fresh, values: { ':token': action.token } })) return undefined;
  const held = await table.get(key);
  if (!held) return lockedBy(await table.put(row, { text: 'attribute_not_exists(pk)' }), 'unknown');
  const holder = await findIntent(table, String(held.token));
  const busy = holder ? !isFinal(holder) : String(held.until) > now.toISOString();
  if (busy) return String(held.token);
  const unchanged = {
    text: '#token = :held AND #until = :until',
    names: { '#token': 'token', '#until': 'until' },
    values: { ':held': held.token, ':until': held.until },
  };
  return lockedBy(await table.put(row, unchanged), String(held.token));
}

const lockedBy = (ours: boolean, holder: string): string | undefined => (ours ? undefined : holder);

/** Frees an EIP whose holder has no intent, before its time is over. A lock that another has taken meanwhile stays. */
export const freeEip = (table: Table, held: Lockable): Promise<boolean> =>
  table.update(lockKey(held), 'SET #until = :over', {
    text: '#token = :token',
    names: { '#token': 'token', '#until': 'until' },
    values: { ':token': held.token, ':over': '' },
  });
