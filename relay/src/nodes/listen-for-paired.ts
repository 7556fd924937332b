/** Units that were paired come in by their certificate, which the main node judges: what they say is passed on to it unread. */
import { connect, createServer } from 'node:net';
import type { Settings } from '../config/schema.ts';
import { listenOn } from '../socket/listen-on.ts';

/** @param main where its listener for them is; undefined: there is none now */
export async function listenForPaired(
  { unitHost, unitPort }: Pick<Settings, 'unitHost' | 'unitPort'>,
  main: () => { readonly at: string | undefined; readonly port: number | undefined },
): Promise<Disposable & { readonly port: number }> {
  const open = new Set<{ destroy(): unknown }>();
  const server = createServer((unit) => {
    const { at, port } = main();
    unit.on('error', () => unit.destroy());
    if (at === undefined || port === undefined) return void unit.destroy();
    const way = connect(port, new URL(at).hostname.replace(/^\[(.*)\]$/, '$1'));
    for (const [one, other] of [
      [unit, way],
      [way, unit],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const port = await listenOn(server, unitHost, unitPort, 'units');
  return {
    port,
    [Symbol.dispose]() {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
