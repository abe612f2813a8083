/** A whole stage in a room: CTyun's simulator, the ledger on dynalite, and the product's own handlers as processes. */
import { LEDGER_TABLE } from '../../local/ledger/server.ts';
import type { OrderRecord } from '../../local/simulator/records.ts';
import { type WireAnswer, WireError } from '../../shared/ctyun/wire.ts';
import { RunFailed, scheduled } from '../../shared/edge/scheduled.ts';
import { surroundings, worldOf } from '../../shared/edge/world.ts';
import { ALL_DEEDS } from '../../shared/flow/all-deeds.ts';
import type { Job } from '../../shared/flow/jobs.ts';
import type { Round } from '../../shared/flow/round.ts';
import type { World } from '../../shared/flow/world.ts';
import { createTable, type Sender, type Table } from '../../shared/ledger/table.ts';
import { type CloudHere, cloudHere } from './cloud.ts';
import { freshLedger } from './dynamo.ts';
import { type Process, Room } from './room.ts';

export const KEY = { accessKey: 'a'.repeat(32), secretKey: 's'.repeat(32) };
export const REGION = 'region-1';
export const START = new Date('2026-11-24T02:00:00Z');

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type Stage = {
  readonly room: Room;
  readonly here: CloudHere;
  /** The ledger as a test reads it, without steps. */
  readonly ledger: Table;
  /** What the secrets store holds. */
  secret: string;
  /** What stands for CTyun's answer; it has acted all the same where the original is given. */
  weather: (path: string, answer: () => WireAnswer) => WireAnswer;
  /** Starts a function in a process of its own, as part of a round where one is given. */
  readonly start: <P>(job: Job<P>, ask: unknown, name?: string, round?: Round) => ReturnType<Room['start']>;
  /** Starts any work of a person in a process of its own. */
  readonly startWork: (
    name: string,
    who: string,
    work: (world: World) => Promise<unknown>,
  ) => ReturnType<Room['start']>;
  readonly orders: () => readonly OrderRecord[];
};

/** @param random decides jitter and ids; [0, 1) */
export async function openStage(state: object, random: () => number): Promise<Stage> {
  const room = new Room(START);
  const here = cloudHere({ now: START.toISOString(), ...state }, room);
  const client = await freshLedger();
  let ids = 0;
  const newId = (): string => `id-${String(++ids).padStart(8, '0')}`;
  const quit = (error: unknown): void => {
    if (!(error instanceof RunFailed)) throw error;
  };
  const around = (process: Process) =>
    surroundings({ CTYUN_ENDPOINT: 'http://ctyun.invalid', CTYUN_ACCOUNTS: 'nobody' }, () => async () => stage.secret, {
      clock: room.clockOf(process),
      ledger: createTable(throughRoom(client, room, process), LEDGER_TABLE, newId),
      wire: request => {
        const path = new URL(request.url).pathname;
        return room.call(process, path, async () => stage.weather(path, () => here.act(request)), lostCall);
      },
      newId,
      random,
    });
  const stage: Stage = {
    room,
    here,
    ledger: createTable(client, LEDGER_TABLE, newId),
    secret: JSON.stringify(KEY),
    weather: (_path, answer) => answer(),
    start: (job, ask, name = job.name, round = undefined) =>
      room.start(name, process => {
        const doorway = { surroundings: () => around(process), log: QUIET, ...(round ? { round: () => round } : {}) };
        return scheduled(job, doorway)(ask, {} as never).catch(quit);
      }),
    startWork: (name, who, work) =>
      room.start(name, process => {
        const deadline = new Date(room.now().getTime() + 15 * 60_000);
        return work(
          worldOf(
            around(process),
            { deadline, who, deeds: ALL_DEEDS },
            () => undefined,
            () => undefined,
          ),
        );
      }),
    orders: () => {
      here.cloud.settle();
      return here.cloud.orders;
    },
  };
  return stage;
}

const lostCall = (): Error => new WireError('ECONNRESET', 'the connection broke', true);
const lostWrite = (): Error => Object.assign(new Error('no answer'), { name: 'TimeoutError' });

/** As the SDK does it: what is not answered is sent once more; then it gives up. */
function throughRoom(client: Sender, room: Room, process: Process): Sender {
  const send = async (command: object): Promise<unknown> => {
    const label = command.constructor.name;
    const once = () => room.call(process, label, () => client.send(command as never), lostWrite);
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
      return once();
    }
  };
  return { send: send as Sender['send'] };
}

/** A small generator of chance (mulberry32): the same seed, the same sequence. */
export function chance(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
