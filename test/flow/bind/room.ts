/** bind-on-webhook in a room of processes: one EIP, two VMs, a queue that survives every process. */

import { bindByWebhook, continueBinding, type Incoming, type NotTaken } from '../../../shared/flow/bind/request.ts';
import type { BindWorld } from '../../../shared/flow/bind/world.ts';
import type { World } from '../../../shared/flow/world.ts';
import { findBinding } from '../../../shared/ledger/bindings.ts';
import type { BindRequest } from '../../../shared/model/bind-request.ts';
import type { Binding } from '../../../shared/model/binding.ts';
import { chance, KEY, openStage, REGION, START, type Stage } from '../../harness/stage.ts';

const vm = (id: string) => ({
  regionID: REGION,
  instanceID: id,
  displayName: `名-${id}`,
  networkCardList: [{ networkCardID: `port-${id}`, isMaster: true }],
});

export type BindRoom = {
  readonly stage: Stage;
  /** Who was answered what, in the order of the answers. */
  readonly answers: { name: string; answer: Binding | NotTaken }[];
  readonly messages: { id: string; at: number }[];
  readonly worldOf: (world: World) => BindWorld;
  readonly send: (name: string, incoming: Incoming) => void;
  /** Delivers the queue until it is empty, in processes of their own; time passes. */
  readonly drain: () => Promise<void>;
  readonly where: () => string;
  readonly stored: (id: string) => Promise<Binding | undefined>;
};

/** @param at what the EIP is bound to in the beginning; null for nothing */
export async function bindRoom(at: string | null = 'vm-a', settings: object = {}): Promise<BindRoom> {
  const bound =
    at === null ? {} : { status: 'ACTIVE', associationID: at, associationType: 'INSTANCE', portID: `port-${at}` };
  const eip = { regionID: REGION, ID: 'eip-1', name: '入口', eipAddress: '203.0.113.1', ...bound };
  const instances = ['vm-a', 'vm-b', 'vm-c'].map(vm);
  const accounts = [{ name: 'main', ...KEY, eips: [eip], instances }];
  const stage = await openStage(
    { accounts, regions: [{ regionID: REGION }], settings: { bindSeconds: 3, ...settings } },
    chance(1),
  );
  const answers: BindRoom['answers'] = [];
  const messages: BindRoom['messages'] = [];
  const worldOf = (world: World): BindWorld => ({
    ...world,
    enqueue: async ({ id }, delaySeconds) =>
      void messages.push({ id, at: stage.room.now().getTime() + delaySeconds * 1000 }),
    targets: [{ account: 'main', region: '*', name: '名-vm-?' }],
  });
  const work = (name: string, what: (world: BindWorld) => Promise<unknown>) =>
    stage.startWork(name, 'webhook', world => what(worldOf(world)));
  const drain = async (): Promise<void> => {
    for (let round = 0; messages.length > 0 && round < 200; round++) {
      const [next] = messages.toSorted((a, b) => a.at - b.at);
      messages.splice(messages.indexOf(next!), 1);
      stage.room.set(new Date(Math.max(next!.at, stage.room.now().getTime())));
      const { ended, process } = work('queue', world => continueBinding(next!.id, world));
      await stage.room.run();
      // SQS gives a message again whose reader has died.
      if (process.dead || !ended()) messages.push({ ...next!, at: stage.room.now().getTime() + 60_000 });
    }
  };
  return {
    stage,
    answers,
    messages,
    worldOf,
    drain,
    send: (name, incoming) =>
      void work(name, async world => answers.push({ name, answer: await bindByWebhook(incoming, world) })),
    where: () => {
      stage.here.cloud.settle();
      const { status, associationID } = stage.here.cloud.state.accounts[0]!.eips[0]!;
      return status === 'ACTIVE' ? String(associationID) : String(status);
    },
    stored: async id => (await findBinding(stage.ledger, id))?.value,
  };
}

export const bindTo = (
  id: string,
  target: string,
  change: Partial<BindRequest> = {},
  sentAt: Date | null = START,
): Incoming => ({
  id,
  sentAt,
  order: {
    kind: 'bind',
    request: {
      account: 'main',
      region: REGION,
      eip: { by: 'id', value: 'eip-1' },
      target: { type: 'vm', id: target, portId: null },
      onConflict: 'move',
      waitSeconds: 20,
      ...change,
    },
  },
});

export const unbinding = (id: string, sentAt: Date | null = START): Incoming => ({
  id,
  sentAt,
  order: {
    kind: 'unbind',
    request: { account: 'main', region: REGION, eip: { by: 'id', value: 'eip-1' }, waitSeconds: 20 },
  },
});

/** An ended request as outcome and code. */
export const told = (answer: Binding | NotTaken | undefined): string =>
  answer === undefined || typeof answer === 'string'
    ? String(answer)
    : answer.end
      ? `${answer.end.outcome}: ${answer.end.reason.code}`
      : 'goes on';
