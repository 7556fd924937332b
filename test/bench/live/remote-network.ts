/** Remote control of the network: the measuring program runs inside of it, and reaches the forwarder through its parent. */
import type { ChildProcess } from 'node:child_process';
import type { Count, Network } from './network.ts';
import type { Shape } from './profile.ts';

type Asked =
  | { readonly do: 'shape'; readonly shape: Shape }
  | { readonly do: 'outage'; readonly on: boolean }
  | { readonly do: 'count' };

export type RemoteNetwork = Pick<Network, 'shape' | 'outage' | 'count'>;

/** The parent's side. */
export function serveNetwork(child: ChildProcess, network: Network): void {
  child.on('message', async ({ number, asked }: { number: number; asked: Asked }) => {
    const answer = await answerTo(asked, network).catch((error: unknown) => ({ error: String(error) }));
    if (child.connected) child.send({ number, answer });
  });
}

function answerTo(asked: Asked, network: Network): Promise<Count> {
  switch (asked.do) {
    case 'shape':
      return network.shape(asked.shape);
    case 'outage':
      return network.outage(asked.on);
    case 'count':
      return network.count();
  }
}

/** The child's side. */
export function remoteNetwork(): RemoteNetwork & Disposable {
  const waiting = new Map<number, (answer: Count) => void>();
  let last = 0;
  process.on('message', ({ number, answer }: { number: number; answer: Count & { error?: string } }) => {
    if (answer.error) throw new Error(`the link: ${answer.error}`);
    waiting.get(number)?.(answer);
    waiting.delete(number);
  });
  const ask = (asked: Asked) =>
    new Promise<Count>((resolve) => {
      waiting.set(++last, resolve);
      process.send?.({ number: last, asked });
    });
  return {
    shape: (shape) => ask({ do: 'shape', shape }),
    outage: (on) => ask({ do: 'outage', on }),
    count: () => ask({ do: 'count' }),
    [Symbol.dispose]() {
      process.removeAllListeners('disconnect');
      if (process.connected) process.disconnect();
    },
  };
}
