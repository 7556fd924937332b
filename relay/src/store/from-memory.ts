/** The last answer of a reading, for when the database does not answer any more. */

/** @returns the reading's answer, or where it fails the one before; @throws where there has been none. */
export function fromMemory<Out>(read: () => Promise<Out>): () => Promise<Out> {
  let last: { readonly answer: Out } | undefined;
  return async () => {
    try {
      last = { answer: await read() };
    } catch (error) {
      if (!last) throw error;
    }
    return last.answer;
  };
}
