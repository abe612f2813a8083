import { addCycle, isoSeconds, SimClock, type SimTime } from './clock.ts';
import type { OrderRecord } from './records.ts';
import { readState, type SimAccount, type SimEip, type State } from './state.ts';

const UNBOUND = { associationID: '', associationType: null, portID: '', privateIpAddress: '' };

/** The simulated cloud with its clock. Everything that takes time is brought up to date whenever it is looked at. */
export class Cloud {
  readonly clock: SimTime;
  orders: OrderRecord[] = [];
  /** EIPs that come into being when their order ends, by its id. */
  readonly awaited = new Map<string, SimEip>();
  #state: State;
  #pending: { at: Date; change: () => void }[] = [];

  /** @param clock the simulator's own, unless a test brings one that stands still */
  constructor(state: unknown, clock: SimTime = new SimClock()) {
    this.clock = clock;
    this.#state = readState(state, this.clock);
  }

  load(state: unknown): void {
    this.#state = readState(state, this.clock);
    this.orders = [];
    this.awaited.clear();
    this.#pending = [];
  }

  get state(): State {
    return this.#state;
  }

  account(accessKey: string): SimAccount | undefined {
    return this.#state.accounts.find(account => account.accessKey === accessKey);
  }

  eip(account: SimAccount, regionID: unknown, eipID: unknown): SimEip | undefined {
    return account.eips.find(eip => eip.regionID === regionID && eip.ID === eipID);
  }

  /** The order that runs on an EIP. */
  running(account: SimAccount, eipID: string): OrderRecord | undefined {
    return this.orders.find(order => order.account === account.name && order.eipID === eipID && order.status === '14');
  }

  later(seconds: number, change: () => void): void {
    this.#pending.push({ at: new Date(this.clock.now().getTime() + seconds * 1000), change });
  }

  /** Lets pass what the clock has passed: orders end, bindings change, terms run out. */
  settle(): void {
    const now = this.clock.now();
    for (const order of this.orders)
      if (order.status === '14' && order.endsAt && order.endsAt <= now) this.#finish(order);
    const ripe = this.#pending.filter(({ at }) => at <= now);
    this.#pending = this.#pending.filter(({ at }) => at > now);
    for (const { change } of ripe) change();
    for (const { eips } of this.#state.accounts) for (const eip of eips) expire(eip, now);
  }

  #finish(order: OrderRecord): void {
    order.status = order.fails ? '5' : '3';
    order.finishedAt = order.endsAt;
    const account = this.#state.accounts.find(({ name }) => name === order.account);
    const created = order.fails ? undefined : this.awaited.get(order.masterOrderID);
    if (created) account?.eips.push(created);
    const eip = account?.eips.find(({ ID, regionID }) => ID === order.eipID && regionID === order.regionID);
    if (!account || !eip) return;
    if (eip.status === 'UPDATING' || eip.status === 'DELETING') eip.status = restingStatus(eip);
    if (order.fails) return;
    eip.updatedAt = isoSeconds(order.endsAt ?? this.clock.now());
    if (order.kind === 'modify-spec') eip.bandwidth = order.params.bandwidth;
    if (order.kind === 'delete') account.eips.splice(account.eips.indexOf(eip), 1);
    if (order.kind === 'renew') renewTerm(eip, order);
  }
}

/** Bound is ACTIVE, unbound DOWN. */
export const restingStatus = (eip: SimEip): string => (eip.associationID ? 'ACTIVE' : 'DOWN');

export const unbind = (eip: SimEip): void => void Object.assign(eip, UNBOUND, { status: 'DOWN' });

function renewTerm(eip: SimEip, { params, createdAt }: OrderRecord): void {
  const old = new Date(String(eip.expiredAt));
  const from = Number.isNaN(old.getTime()) || old < createdAt ? createdAt : old;
  eip.expiredAt = isoSeconds(addCycle(from, String(params.cycleType), Number(params.cycleCount)));
  eip.status = restingStatus(eip);
}

function expire(eip: SimEip, now: Date): void {
  const ends = typeof eip.expiredAt === 'string' ? Date.parse(eip.expiredAt) : Number.NaN;
  if (ends <= now.getTime() && (eip.status === 'ACTIVE' || eip.status === 'DOWN')) eip.status = 'EXPIRED';
}
