/** Settings, secrets or permissions that a person must mend. `problems` names every one at once, `advice` what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  readonly advice: string;

  constructor(problems: readonly string[], advice: string, options?: ErrorOptions) {
    super(`${problems.join('; ')}. ${advice}`, options);
    this.problems = problems;
    this.advice = advice;
  }
}

/** The caller's request is wrong (an ask, an HTTP body): nothing was done. `problems` names every one at once. */
export class RejectedRequest extends Error {
  override readonly name = 'RejectedRequest';
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[]) {
    super(`${what} was refused, nothing was done: ${problems.join('; ')}`);
    this.problems = problems;
  }
}
