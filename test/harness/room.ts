/**
 * A room of processes on one virtual clock. Every call to the outside is a step: a process waits at it until the room lets
 * it pass. So the order of all steps is chosen, a process can be killed at any of them, and time passes only when nobody
 * has anything else to do.
 */
import { setImmediate as breathe } from 'node:timers/promises';

/** One process: dead ones take no further step, like a machine that lost its power. */
export type Process = { readonly name: string; dead: boolean };

type Waiting = { readonly process: Process; readonly label: string; readonly pass: () => Promise<void> };
type Sleeping = { readonly process: Process; readonly wakeAt: number; readonly wake: () => void };

/** What is done with a step: let it pass, or kill the process before or after it acts, or lose the way there or back. */
export type Fate = 'pass' | 'kill-before' | 'kill-after' | 'lost-before' | 'lost-after';

export class Room {
  #now: number;
  #waiting: Waiting[] = [];
  #sleeping: Sleeping[] = [];
  steps = 0;
  /** Decides on each step by its number. */
  fate: (step: number, label: string, process: Process) => Fate = () => 'pass';
  /** Which of the waiting steps is next; the first unless told. */
  choose: (count: number) => number = () => 0;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now = (): Date => new Date(this.#now);
  set = (instant: Date): void => {
    this.#now = instant.getTime();
  };
  advance = (seconds: number): void => {
    this.#now += seconds * 1000;
  };

  clockOf(process: Process) {
    return {
      now: this.now,
      sleep: (ms: number) =>
        new Promise<void>(wake => this.#sleeping.push({ process, wakeAt: this.#now + Math.max(1, ms), wake })),
    };
  }

  /**
   * One call to the outside.
   *
   * @param lost the error that the caller sees where the way there or back is lost
   */
  call<T>(process: Process, label: string, act: () => Promise<T>, lost: () => Error): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const pass = async (): Promise<void> => {
        const fate = this.fate(++this.steps, label, process);
        if (fate === 'kill-before') {
          process.dead = true;
          return;
        }
        if (fate === 'lost-before') return reject(lost());
        try {
          const answer = await act();
          if (fate === 'kill-after') process.dead = true;
          else if (fate === 'lost-after') reject(lost());
          else resolve(answer);
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ process, label, pass });
    });
  }

  /** Starts work in a new process. @returns the process; `over` once its work has ended or it is dead */
  start(name: string, work: (process: Process) => Promise<unknown>): { process: Process; ended: () => boolean } {
    const process: Process = { name, dead: false };
    let over = false;
    const end = (): void => {
      over = true;
    };
    work(process)
      .catch(error => void this.failures.push(error))
      .finally(end);
    return { process, ended: () => over || process.dead };
  }

  /** What processes threw. */
  readonly failures: unknown[] = [];

  /** Lets everybody go on until nobody can. */
  async run(): Promise<void> {
    for (;;) {
      await breathe();
      this.#waiting = this.#waiting.filter(({ process }) => !process.dead);
      this.#sleeping = this.#sleeping.filter(({ process }) => !process.dead);
      const [next] = this.#waiting.length > 0 ? this.#waiting.splice(this.choose(this.#waiting.length), 1) : [];
      if (next) await next.pass();
      else if (!this.#wakeNext()) return;
    }
  }

  #wakeNext(): boolean {
    const [first] = this.#sleeping.toSorted((a, b) => a.wakeAt - b.wakeAt);
    if (!first) return false;
    this.#sleeping.splice(this.#sleeping.indexOf(first), 1);
    this.#now = Math.max(this.#now, first.wakeAt);
    first.wake();
    return true;
  }
}
