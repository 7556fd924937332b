/** Makes the gate, and the machine of looks, which alone holds the gate's key and writes an access line before it opens the gate. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { AccessTable } from '../store/access-table.ts';
import type { ConsolesTable } from '../store/consoles-table.ts';
import { accessLog } from './access-log.ts';
import { type Gate, makeGate } from './gate.ts';
import type { Lamp } from './lamp.ts';
import { type Looks, runLooks } from './run-looks.ts';

export function openLooks(parts: {
  readonly lamp: Lamp;
  readonly access: AccessTable;
  readonly consoles: Pick<ConsolesTable, 'add' | 'confirm'>;
  readonly answer: (answer: LookAnswer) => void;
  readonly clock: Clock;
  readonly log: Logger;
}): { readonly gate: Gate; readonly looks: Looks } {
  const { lamp, access, consoles, clock, log } = parts;
  const { gate, key } = makeGate({ lamp, clock, log });
  const looks = runLooks({
    key,
    writeAccessLine: accessLog(access, log),
    answer: async (said) => parts.answer(said),
    knowConsole: (operator, known, at, confirmed) =>
      confirmed ? consoles.confirm(operator, known, confirmed) : consoles.add(operator, known, at),
    clock,
    log,
  });
  return { gate, looks };
}
