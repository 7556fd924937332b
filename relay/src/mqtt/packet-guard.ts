/** Pure. Reads how long each MQTT packet says it is (MQTT 3.1.1 §2.2.3), so that one that is too long is refused before it is kept. */

interface PacketGuard {
  /** @returns false at the first packet that is longer than allowed, or whose length is no length */
  allows(chunk: Uint8Array): boolean;
}

type State =
  | { readonly name: 'start' }
  | { readonly name: 'length'; readonly sum: number; readonly shift: number }
  | { readonly name: 'rest'; readonly left: number };

const start: State = { name: 'start' };

/** @param longest bytes after the header */
export function packetGuard(longest: number): PacketGuard {
  let state: State = start;
  return {
    allows(chunk) {
      for (let at = 0; at < chunk.length; ) {
        if (state.name === 'rest') {
          const skip = Math.min(state.left, chunk.length - at);
          at += skip;
          state = state.left === skip ? start : { name: 'rest', left: state.left - skip };
          continue;
        }
        const next = header(state, chunk[at++]!);
        if (!next || (next.name === 'rest' && next.left > longest)) return false;
        state = next.name === 'rest' && next.left === 0 ? start : next;
      }
      return true;
    },
  };
}

function header(state: Exclude<State, { name: 'rest' }>, byte: number): State | undefined {
  if (state.name === 'start') return { name: 'length', sum: 0, shift: 0 };
  const sum = state.sum + (byte & 0x7f) * 2 ** state.shift;
  if (byte < 0x80) return { name: 'rest', left: sum };
  return state.shift >= 21 ? undefined : { name: 'length', sum, shift: state.shift + 7 };
}
