/** Runs the look machine: one event at a time, its effects in order. The only holder of the gate's key. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { ConfirmedBy } from '../store/consoles-table.ts';
import type { AccessLine } from './access-line.ts';
import type { GateKey } from './gate.ts';
import { type LookEffect, type LookEvent, looks } from './look.ts';

export interface Looks extends AsyncDisposable {
  /** Resolves when all that follows from the event is done. Never rejects: what cannot be done shuts the gate. */
  tell(event: LookEvent): Promise<void>;
}

export interface LookParts {
  readonly key: GateKey;
  /** Resolves when the line is on the disk; a rejection keeps the gate shut: no look without its line. */
  readonly writeAccessLine: (line: AccessLine) => Promise<void>;
  readonly answer: (answer: LookAnswer) => Promise<void>;
  /** @param confirmed by whose word; undefined: it is the first one of this operator */
  readonly knowConsole: (operator: OperatorAlias, key: string, at: Instant, confirmed: ConfirmedBy | undefined) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Ticks by itself. Disposing ends an open look with `unit-stopping`. */
export function runLooks({ key, writeAccessLine, answer, knowConsole, clock, log }: LookParts): Looks {
  let state = looks.initial;
  let before: Promise<void> = Promise.resolve();

  const executors: { [Type in LookEffect['type']]: (effect: Extract<LookEffect, { type: Type }>) => Promise<void> } = {
    'write-access-line': ({ line }) => writeAccessLine(line),
    'know-console': async ({ operator, key: pinned, at, confirmed }) => knowConsole(operator, pinned, at, confirmed),
    'open-gate': ({ look }) => key.open(look),
    admit: async ({ look, reader }) => key.admit(look, reader),
    dismiss: async ({ look, operator }) => key.dismiss(look, operator),
    'shut-gate': () => key.shut(),
    answer: ({ answer: said }) => answer(said),
  };
  const execute = <Type extends LookEffect['type']>(effect: Extract<LookEffect, { type: Type }>) =>
    executors[effect.type as Type](effect);

  const step = async (event: LookEvent): Promise<void> => {
    const [next, effects] = looks.step(state, event);
    state = next;
    const opening = effects.some(({ type }) => type === 'open-gate');
    const admitting = effects.find((effect) => effect.type === 'admit');
    for (const effect of effects) {
      try {
        await execute(effect);
      } catch (error) {
        log.error('A step of a look could not be done.', { step: effect.type, why: asFault(error).message });
        if (opening && state.name === 'open') {
          await key.shut();
          return step({ type: 'close', look: state.look.look, why: 'unit-failed', at: clock.now() });
        }
        // Nobody sees what was not written down: neither the rest of this step, nor this reader in the next.
        if (admitting && effect.type === 'write-access-line') {
          const { look, reader } = admitting;
          return step({ type: 'leave', look, operator: reader.operator, at: clock.now() });
        }
      }
    }
  };
  const tell = (event: LookEvent): Promise<void> => {
    before = before.then(() => step(event));
    return before;
  };
  const ticking = clock.every(seconds(1), () => void tell({ type: 'tick', at: clock.now() }));
  return {
    tell,
    async [Symbol.asyncDispose]() {
      ticking[Symbol.dispose]();
      await tell({ type: 'stopping', at: clock.now() });
    },
  };
}
