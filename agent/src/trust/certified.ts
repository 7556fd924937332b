/** Pure. What a unit that was paired shows to the listener for units instead of a token, and whom it believes there. */

/** PEM. Asked for at each connection, because it is renewed. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
  /** The relay's own authority for units: no other is believed there. */
  readonly ca: string;
}

/** @returns what a socket of the unit's is opened with; nothing where it has a token */
export const tlsOf = (certified: (() => Certified) | undefined) => {
  if (!certified) return {};
  const { key, cert, ca } = certified();
  return { client: { key, cert }, ca };
};
