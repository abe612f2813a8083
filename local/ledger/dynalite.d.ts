declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB for one machine: in memory, or in a LevelDB folder. */
  function dynalite(options?: { path?: string; createTableMs?: number }): Server;
  export = dynalite;
}
