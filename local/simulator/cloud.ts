import type { Answer } from './answers.ts';
import { SimClock, type SimTime } from './clock.ts';
import { expireAll, finishOrder } from './finish.ts';
import type { OrderRecord } from './records.ts';
import type { Row } from './resource-state.ts';
import { readState, type SimAccount, type SimEip, type State } from './state.ts';

const UNBOUND = { associationID: '', associationType: null, portID: '', privateIpAddress: '' };

/** The simulated cloud with its clock. Everything that takes time is brought up to date whenever it is looked at. */
export class Cloud {
  readonly clock: SimTime;
  orders: OrderRecord[] = [];
  /** What comes into being when an order ends, by the order's id. */
  readonly awaited = new Map<string, readonly Row[]>();
  /** What a token of a call that is no order was answered, by account and token. */
  readonly answered = new Map<string, { readonly asked: string; readonly answer: Answer }>();
  #state: State;
  #pending: { at: Date; change: () => void }[] = [];
  /** Counts what may have changed the rows; what is kept of them is good for one of these. */
  #generation = 0;
  #swept = { generation: -1, nextEnd: 0 };

  /** @param clock the simulator's own, unless a test brings one that stands still */
  constructor(state: unknown, clock: SimTime = new SimClock()) {
    this.clock = clock;
    this.#state = readState(state, this.clock);
  }

  load(state: unknown): void {
    this.#state = readState(state, this.clock);
    this.orders = [];
    this.awaited.clear();
    this.answered.clear();
    this.#pending = [];
    this.touch();
  }

  /** Says that rows may have changed. */
  touch(): void {
    this.#generation += 1;
  }

  get generation(): number {
    return this.#generation;
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

  /** The order that runs on a thing. */
  running(account: SimAccount, resourceID: string): OrderRecord | undefined {
    return this.orders.find(
      order => order.account === account.name && order.resourceID === resourceID && order.status === '14',
    );
  }

  later(seconds: number, change: () => void): void {
    this.#pending.push({ at: new Date(this.clock.now().getTime() + seconds * 1000), change });
  }

  /** Lets pass what the clock has passed: orders end, bindings change, terms run out. */
  settle(): void {
    const now = this.clock.now();
    for (const order of this.orders)
      if (order.status === '14' && order.endsAt && order.endsAt <= now) this.#finish(order, order.endsAt);
    const ripe = this.#pending.filter(({ at }) => at <= now);
    this.#pending = this.#pending.filter(({ at }) => at > now);
    for (const { change } of ripe) change();
    if (ripe.length > 0) this.touch();
    this.#sweep(now);
  }

  /** A hundred thousand terms are not looked through at every call, only when something has changed or one ends. */
  #sweep(now: Date): void {
    if (this.#swept.generation === this.#generation && now.getTime() < this.#swept.nextEnd) return;
    const ends = this.#state.accounts.map(account => expireAll(account, now));
    this.#swept = { generation: this.#generation, nextEnd: Math.min(...ends) };
  }

  #finish(order: OrderRecord, endsAt: Date): void {
    order.status = order.fails ? '5' : '3';
    order.finishedAt = endsAt;
    this.touch();
    const account = this.#state.accounts.find(({ name }) => name === order.account);
    if (account) finishOrder(order, account, this.awaited.get(order.masterOrderID) ?? [], endsAt);
  }
}

export const unbind = (eip: SimEip): void => void Object.assign(eip, UNBOUND, { status: 'DOWN' });
