/** Whoever writes waits for whoever wrote before; in an outage all who wait are told of it at once, and not one after the other. */

interface Waiting {
  run(): Promise<void>;
  refuse(error: unknown): void;
}

/**
 * Every node takes the same lock in PostgreSQL. Waiting for it there would keep a connection for each who waits, and none would be
 * left for those who read.
 *
 * @param isOutage of an error that the next writer would meet as well
 */
export function openOneWriter(isOutage: (error: unknown) => boolean): <Out>(write: () => Promise<Out>) => Promise<Out> {
  const waiting: Waiting[] = [];
  let writing = false;
  async function goOn(): Promise<void> {
    if (writing) return;
    writing = true;
    for (let one = waiting.shift(); one; one = waiting.shift()) await one.run();
    writing = false;
  }
  return (write) =>
    new Promise((resolve, reject) => {
      waiting.push({
        async run() {
          try {
            resolve(await write());
          } catch (error) {
            reject(error);
            if (isOutage(error)) for (const other of waiting.splice(0)) other.refuse(error);
          }
        },
        refuse: reject,
      });
      void goOn();
    });
}
