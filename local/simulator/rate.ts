/** How fast a gateway lets calls through: a bucket that fills at a steady rate, in real time. */
export class Rate {
  #left: number;
  #filledAt: number;
  readonly #perSecond: number;
  readonly #most: number;

  /** @param nowMs of a clock that never goes back */
  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    // A fifth of a second's calls may come at once: no caller spaces its calls to the millisecond.
    this.#most = Math.max(1, perSecond / 5);
    this.#left = this.#most;
    this.#filledAt = nowMs;
  }

  /** @returns false for a call that is too many; it takes nothing */
  lets(nowMs: number): boolean {
    this.#left = Math.min(this.#most, this.#left + ((nowMs - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
