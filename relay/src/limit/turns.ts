/** So many at once: the others wait for their turn, and however many wait, whoever has done nothing wrong is not behind all of them. */

/** Of one who waits. */
interface Standing {
  /** Goes before everybody who is not. */
  readonly known: boolean;
  /** How much has been wrong under the names it goes by; what is not answered yet counts as wrong. */
  readonly wrong: number;
}

export interface Turns {
  /** @returns what `deed` returns; undefined: too many wait, it was the one to give way, and it was not begun */
  take<Out>(standing: Standing, deed: () => Promise<Out>): Promise<Out | undefined>;
}

interface Waiting extends Standing {
  /** @param turn false: it gives way */
  readonly go: (turn: boolean) => void;
}

/** Each strangers' turn goes to the next of these: no crowd can be in front in all three, and nobody waits for ever. */
const ways = [leastWrong, newest, oldest] as const;

/** @param atOnce how many @param mostWaiting one more, and the one that has waited longest of the most wrong gives way */
export function openTurns(atOnce: number, mostWaiting: number): Turns {
  /** As they came. */
  const waiting: Waiting[] = [];
  let busy = 0;
  let turn = 0;

  function next(): Waiting | undefined {
    const known = waiting.findIndex((one) => one.known);
    const at = known >= 0 ? known : ways[turn++ % ways.length]!(waiting);
    return waiting.splice(at, 1)[0];
  }
  function wait(standing: Standing): Promise<boolean> {
    return new Promise((resolve) => {
      waiting.push({ ...standing, go: resolve });
      if (waiting.length > mostWaiting) waiting.splice(mostWrong(waiting), 1)[0]?.go(false);
    });
  }

  return {
    async take(standing, deed) {
      // Its turn is handed on to whoever waits: `busy` stays as it is.
      if (busy < atOnce) busy++;
      else if (!(await wait(standing))) return undefined;
      try {
        return await deed();
      } finally {
        const one = next();
        if (one) one.go(true);
        else busy--;
      }
    },
  };
}

function leastWrong(waiting: readonly Waiting[]): number {
  const least = Math.min(...waiting.map(({ wrong }) => wrong));
  return waiting.findLastIndex(({ wrong }) => wrong === least);
}

function newest(waiting: readonly Waiting[]): number {
  return waiting.length - 1;
}

function oldest(): number {
  return 0;
}

function mostWrong(waiting: readonly Waiting[]): number {
  const strangers = waiting.some(({ known }) => !known);
  const may = waiting.filter(({ known }) => !(strangers && known));
  const most = Math.max(...may.map(({ wrong }) => wrong));
  return waiting.findIndex((one) => may.includes(one) && one.wrong === most);
}
