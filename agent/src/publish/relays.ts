/** Pure. The addresses of one relay that has several nodes: one is used until it is lost, and then the next. */

export interface Relays {
  /** The one that is used now: http(s)://…, without a path. */
  readonly here: string;
  /** It is lost, or was not reached: from now on the next is, and after the last the first. */
  next(): void;
}

/** @param addresses one at least */
export function openRelays(addresses: readonly [string, ...string[]]): Relays {
  let at = 0;
  return {
    get here() {
      return addresses[at] ?? addresses[0];
    },
    next() {
      at = (at + 1) % addresses.length;
    },
  };
}
