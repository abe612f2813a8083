/**
 * Time as an argument: only the edge reads the machine's clock, so that rules, retries and tests can be given any instant.
 */
export type Clock = {
  now(): Date;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
};
