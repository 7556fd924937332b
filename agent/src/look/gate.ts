/**
 * The one valve that every picture passes: shut by default, opened by a key that exists once, shut when the time is up
 * whatever else happens. The lamp hangs on the same switch.
 */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cleared } from '../anonymise/cleared.ts';
import type { Lamp } from './lamp.ts';
import type { OpenLook } from './open-look.ts';
import type { Reader, Readers } from './readers.ts';

export interface Gate {
  /** Passes what was taken while the gate is open and is drawn as the look may show it; all else is dropped. Nothing is kept: an old picture cannot come again. */
  through(cleared: AsyncIterable<Cleared>): AsyncIterable<Cleared>;
  /** The look for which it is open at this moment: nobody works on a picture that nobody will see. */
  looking(): OpenLook | undefined;
  /** The look that a picture taken then may be shown to. One taken before it was opened is never shown, so nobody draws it. */
  showing(taken: Instant): OpenLook | undefined;
  /** Told each time it opens (with the look) or shuts (with nothing). */
  onChange(told: (look: OpenLook | undefined) => void): Disposable;
  /** For whom it is open at this moment; nobody while it is shut. */
  readonly readers: Readers;
}

/** Whoever holds it can open the gate: only the executor of `look.ts`'s effects is given it. */
export interface GateKey {
  /**
   * Lights the lamp first. For a look that is open already it only brings the end nearer, or shows another way what is taken from
   * now on. Rejects, and stays shut, without a lamp.
   */
  open(look: OpenLook): Promise<void>;
  /** Lets one more see what passes; nothing while it is shut. One who is there already is replaced: with another key. */
  admit(look: LookId, reader: Reader): void;
  /** The other way round. */
  dismiss(look: LookId, reader: OperatorAlias): void;
  /** Shuts at once; the lamp goes out after. */
  shut(): Promise<void>;
}

type State =
  | { readonly name: 'shut' }
  | { readonly name: 'lighting'; readonly look: LookId }
  | { readonly name: 'open'; readonly look: OpenLook; readonly readers: readonly Reader[]; readonly since: Instant };

export function makeGate({ lamp, clock, log }: { readonly lamp: Lamp; readonly clock: Clock; readonly log: Logger }): {
  readonly gate: Gate;
  readonly key: GateKey;
} {
  let state: State = { name: 'shut' };
  const listeners = new Set<(look: OpenLook | undefined) => void>();
  const readersChanged = new Set<() => void>();
  const tell = (look: OpenLook | undefined) => {
    for (const told of listeners) told(look);
  };
  const open = () => (state.name === 'open' && clock.now() < state.look.until ? state : undefined);
  const showing = (taken: Instant) => {
    const now = open();
    return now && taken >= now.since ? now.look : undefined;
  };

  const isShut = () => state.name === 'shut';
  const dark = () =>
    lamp.light(false).catch((error: unknown) => log.error('The lamp cannot be put out.', { why: String(error) }));

  const setReaders = (look: LookId, change: (readers: readonly Reader[]) => readonly Reader[]) => {
    if (state.name !== 'open' || state.look.look !== look) return;
    const [opener, ...joined] = state.readers;
    // Whoever opened it sees it for as long as it is open.
    state = { ...state, readers: [...(opener ? [opener] : []), ...change(joined)] };
    for (const told of readersChanged) told();
  };

  const key: GateKey = {
    async open(look) {
      if (state.name === 'open' && state.look.look === look.look) {
        const until = look.until < state.look.until ? look.until : state.look.until;
        state = { ...state, look: { ...look, until } };
        return;
      }
      const lighting: State = { name: 'lighting', look: look.look };
      state = lighting;
      try {
        await lamp.light(true);
      } catch (error) {
        if (state === lighting) state = { name: 'shut' };
        throw error;
      }
      // Shut, or opened for another look, while the lamp was being lit: that stands.
      if (state !== lighting) return isShut() ? dark() : undefined;
      const { operator, operatorKey } = look;
      state = { name: 'open', look, readers: [{ operator, operatorKey }], since: clock.now() };
      tell(look);
    },
    admit(look, reader) {
      setReaders(look, (readers) => [...readers.filter(({ operator }) => operator !== reader.operator), reader]);
    },
    dismiss(look, reader) {
      setReaders(look, (readers) => readers.filter(({ operator }) => operator !== reader));
    },
    async shut() {
      if (state.name === 'shut') return;
      state = { name: 'shut' };
      tell(undefined);
      await dark();
    },
  };

  const gate: Gate = {
    async *through(cleared) {
      for await (const one of cleared) {
        const look = showing(one.at);
        // Drawn another way than it may be shown now: it was on its way when that changed.
        if (look && (one.type !== 'picture' || one.mode === look.mode)) yield one;
      }
    },
    looking: () => open()?.look,
    showing,
    onChange(told) {
      listeners.add(told);
      return { [Symbol.dispose]: () => void listeners.delete(told) };
    },
    readers: {
      all: () => open()?.readers ?? [],
      onChange(told) {
        readersChanged.add(told);
        return { [Symbol.dispose]: () => void readersChanged.delete(told) };
      },
    },
  };
  return { gate, key };
}
