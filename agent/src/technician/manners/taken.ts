/** Counts what is taken out of a recording, by kind, so that whoever passes it on can be told. */
export interface Taken {
  readonly counts: Readonly<Record<string, number>>;
  /** @returns what stands in its place */
  out(what: string, mark: string): string;
}

export function openTaken(): Taken {
  const counts: Record<string, number> = {};
  return {
    counts,
    out(what, mark) {
      counts[what] = (counts[what] ?? 0) + 1;
      return mark;
    },
  };
}
