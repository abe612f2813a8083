import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to a server on this machine that counts its connections and can be cut. */
export type CuttableWire = {
  readonly url: string;
  /** Connections made so far. */
  readonly made: () => number;
  /** Closes all that are open, as a server or a NAT gateway does with idle ones. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

export async function startWire(to: string): Promise<CuttableWire> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let made = 0;
  const server = createServer(near => {
    made += 1;
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    made: () => made,
    cut,
    close: () => {
      cut();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
