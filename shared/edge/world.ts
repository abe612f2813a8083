import { randomUUID } from 'node:crypto';
import { CredentialStore, type FetchSecret } from '../config/credentials.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { type CtyunClient, createClient, type Tried } from '../ctyun/client.ts';
import { endpointOf } from '../ctyun/hosts.ts';
import { PATIENT } from '../ctyun/retry.ts';
import type { Wire } from '../ctyun/wire.ts';
import type { Progress, Resolver, World } from '../flow/world.ts';
import { dynamoLedger } from '../ledger/client.ts';
import type { Table } from '../ledger/table.ts';
import type { Clock } from '../model/clock.ts';
import { sendOverHttp } from './network.ts';
import { systemResolver } from './resolver.ts';
import { systemClock } from './system.ts';

/** What lives as long as the process: settings, and the credentials that are fetched while it starts. */
export type Surroundings = {
  readonly settings: Settings;
  readonly credentials: CredentialStore;
  /** Any secret's text, by its name after the prefix. */
  readonly fetchSecret: FetchSecret;
  readonly clock: Clock;
  readonly ledger: Table;
  readonly wire: Wire;
  readonly resolver: Resolver;
  /** A fresh UUID. */
  readonly newId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
};

/**
 * Reads the settings and starts fetching the accounts' credentials.
 *
 * @param machine what stands for the machine's clock, network and chance, and for the ledger
 * @throws ConfigError naming every wrong setting
 */
export function surroundings(
  environment: Readonly<Record<string, string | undefined>>,
  secretsOf: (settings: Settings) => FetchSecret,
  machine: Partial<Omit<Surroundings, 'settings' | 'credentials' | 'fetchSecret'>> = {},
): Surroundings {
  const settings = readSettings(environment);
  const { clock = systemClock, wire = sendOverHttp, resolver = systemResolver } = machine;
  const { newId = randomUUID, random = Math.random } = machine;
  const fetchSecret = secretsOf(settings);
  const credentials = new CredentialStore(fetchSecret, clock, settings.credentialsTtlSeconds);
  credentials.prefetch(settings.accounts);
  const ledger = machine.ledger ?? dynamoLedger(settings.ledgerTable, newId);
  return { settings, credentials, fetchSecret, clock, ledger, wire, resolver, newId, random };
}

/** What one run sees of the outside: one client per account, one deadline. */
export function worldOf(
  { settings, credentials, clock, ledger, wire, resolver, newId, random }: Surroundings,
  { deadline, who, deeds, runId = newId() }: Pick<World, 'deadline' | 'who' | 'deeds'> & Partial<Pick<World, 'runId'>>,
  onProgress: (progress: Progress) => void,
  onTry: (account: string, tried: Tried) => void,
): World {
  const clients = new Map<string, CtyunClient>();
  const clientOf = (account: string): CtyunClient => {
    const client =
      clients.get(account) ??
      createClient({
        credentials: credentials.sourceOf(account),
        endpoint: endpointOf(settings.endpoint),
        wire,
        clock,
        newId,
        random,
        concurrency: settings.concurrency,
        timeoutMs: settings.timeoutMs,
        retry: PATIENT,
        deadline,
        onTry: tried => onTry(account, tried),
      });
    clients.set(account, client);
    return client;
  };
  const { applyAllowed } = settings;
  return { clock, deadline, applyAllowed, clientOf, ledger, resolver, runId, who, deeds, onProgress };
}
