/** Behind the gate: for each look that opens, a branch of the river that ends with it. */

import type { LookId } from '@nattfrid/shared/domain/ids';
import { asFault, isAbort } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Cleared } from '../anonymise/cleared.ts';
import { type Mailbox, mailbox } from '../flow/mailbox.ts';
import { clientShown } from './client-shown.ts';
import type { Gate } from './gate.ts';
import type { OpenLook } from './open-look.ts';
import type { Readers } from './readers.ts';

export type ShowOne = (
  look: OpenLook,
  readers: Readers,
  cleared: AsyncIterable<Cleared>,
  signal: AbortSignal,
) => Promise<void>;

export interface ShowLooks extends AsyncDisposable {
  /** Takes what has passed the gate; never waits. */
  take(cleared: Cleared): void;
}

/** Two pictures may wait for the encoder: more would only be older. */
const waitingPictures = 2;

export function showLooks(given: {
  readonly gate: Gate;
  /** Encodes, seals and sends one look's pictures until they end or the signal says so. */
  readonly show: ShowOne;
  /** Told of each look in which a person has been shown for long enough. */
  readonly clientSeen: (look: LookId) => void;
  readonly log: Logger;
}): ShowLooks {
  const { gate, show, log } = given;
  const shown = clientShown();
  let branch:
    | { readonly box: Mailbox<Cleared>; readonly stop: AbortController; readonly done: Promise<void> }
    | undefined;
  const end = () => {
    branch?.box.close();
    branch?.stop.abort();
  };
  const listening = gate.onChange((look) => {
    end();
    const before = branch?.done ?? Promise.resolve();
    branch = undefined;
    if (!look) return;
    const stop = new AbortController();
    const box = mailbox<Cleared>(waitingPictures);
    const done = before
      .then(() => show(look, gate.readers, box, stop.signal))
      .catch((error: unknown) => {
        if (!stop.signal.aborted || !isAbort(error))
          log.error('A look could not be shown', { words: asFault(error).message });
      });
    branch = { box, stop, done };
  });
  return {
    take(cleared) {
      branch?.box.put(cleared);
      const look = gate.looking()?.look;
      const seen = look && shown.passed(cleared, look);
      if (seen) given.clientSeen(seen);
    },
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]();
      end();
      await branch?.done;
    },
  };
}
