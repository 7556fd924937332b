/**
 * Whether somebody stands beside the unit: its plug was pulled, and once more while it had just come back. A relay can have the machine
 * started again, and waits for the next power cut in the street; it cannot do this.
 */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, minutes, seconds } from '@nattfrid/shared/time/duration';
import { z } from 'zod';
import type { ServeTable } from '../store/serve-table.ts';
import type { Power } from '../trust/power.ts';

export interface PlugState {
  /** Names the start of the machine; undefined: it does not say, and nobody is ever believed to stand there. */
  readonly boot: string | undefined;
  /** This program, or the machine, was stopped as it should be: what comes after is no plug that was pulled. */
  readonly inOrder: boolean;
  /** It has had power for longer than anybody waits who pulls its plug twice. */
  readonly settled: boolean;
  /** How many times in a row its power was cut while it had just come back. */
  readonly cuts: number;
}

export type PlugEvent =
  | { readonly type: 'started'; readonly boot: string | undefined }
  /** Also where the machine is about to be started again. */
  | { readonly type: 'stopped' }
  | { readonly type: 'settled' };

/** Long enough for a unit to start and be seen by its relay, and shorter than two power cuts of a storm are apart. */
const settledAfter = minutes(10);
/** So long after the second time what is asked for counts as asked by whoever stands there; as for a pairing. */
const freshFor = minutes(15);
const pulse: Duration = seconds(10);

export const plug: Machine<PlugState, PlugEvent, never> = {
  initial: { boot: undefined, inOrder: true, settled: true, cuts: 0 },
  step(state, event) {
    switch (event.type) {
      case 'started': {
        const { boot } = event;
        if (boot === state.boot) return [{ ...state, inOrder: false }, []];
        const wasCut = boot !== undefined && state.boot !== undefined && !state.inOrder;
        const cuts = wasCut ? (state.settled ? 1 : state.cuts + 1) : 0;
        return [{ boot, inOrder: false, settled: false, cuts }, []];
      }
      case 'stopped':
        return [{ ...state, inOrder: true }, []];
      case 'settled':
        return [{ ...state, settled: true }, []];
    }
  },
};

const Kept = z.object({
  boot: z.string().optional(),
  inOrder: z.boolean(),
  settled: z.boolean(),
  cuts: z.int().min(0),
});

export interface SomebodyThere extends Disposable {
  readonly now: boolean;
  /** The machine is about to be started again by what was asked from afar. */
  startingAgain(): void;
}

/** @param power of the machine @param boot names this start of it */
export function somebodyThere(parts: {
  readonly table: Pick<ServeTable, 'load' | 'save'>;
  readonly power: Pick<Power, 'since'>;
  readonly boot: string | undefined;
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Logger;
}): SomebodyThere {
  const { table, power, boot, clock, log } = parts;
  let state = read(table.load('plug'));
  function step(event: PlugEvent): void {
    const [next] = plug.step(state, event);
    // What is not on the disk has not happened: nobody is believed to stand there because of it.
    try {
      table.save('plug', JSON.stringify(next));
      state = next;
    } catch (error) {
      state = { ...next, cuts: 0 };
      log.error('How the unit was given power could not be written down', { words: String(error) });
    }
  }
  step({ type: 'started', boot });
  const settle = () => {
    if (!state.settled && power.since() >= settledAfter) step({ type: 'settled' });
  };
  settle();
  const watch = clock.every(pulse, settle);
  return {
    get now() {
      return state.cuts >= 2 && power.since() <= freshFor;
    },
    startingAgain: () => step({ type: 'stopped' }),
    [Symbol.dispose]() {
      watch[Symbol.dispose]();
      step({ type: 'stopped' });
    },
  };
}

function read(body: string | undefined): PlugState {
  try {
    const { data } = Kept.safeParse(JSON.parse(body ?? 'null'));
    if (data) return { ...data, boot: data.boot };
  } catch {
    // What cannot be read says nothing.
  }
  return plug.initial;
}
