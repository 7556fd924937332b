/** What the relay asks about looks: who asks is found out first, then the look machine is told, one order after the other. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { ConsoleList } from '@nattfrid/shared/wire/console-list';
import type { LookCall, LookJoin, LookWish } from '@nattfrid/shared/wire/look-call';
import type { AskWho } from '../look/ask-who.ts';
import type { Asker } from '../look/asker.ts';
import type { OpenLook } from '../look/open-look.ts';
import type { Looks } from '../look/run-looks.ts';
import type { TrustedConsoles } from '../look/trusted-consoles.ts';
import { wishSigned } from '../look/wish-signed.ts';
import type { Circumstances } from '../plan/may.ts';
import type { Orders } from './obey.ts';

export interface LookOrderParts {
  readonly unit: UnitId;
  readonly looks: Pick<Looks, 'tell'>;
  /** The look for which the gate is open at this moment. */
  readonly looking: () => OpenLook | undefined;
  readonly askWho: AskWho;
  readonly trusted: Pick<TrustedConsoles, 'consider'>;
  readonly circumstances: () => Circumstances;
  readonly clock: Clock;
  readonly log: Logger;
  /** Owns what an order sets going, until it is done. */
  readonly task: (done: Promise<unknown>) => void;
}

export function lookOrders(
  parts: LookOrderParts,
): Pick<Orders, 'look-call' | 'look-join' | 'look-wish' | 'look-leave' | 'look-close' | 'console-list'> {
  const { unit, looks, looking, askWho, trusted, circumstances, clock, log, task } = parts;

  const called = async (call: LookCall) =>
    looks.tell({ type: 'call', call, asker: await askWho(call, clock.now()), now: circumstances() });
  const joined = async (join: LookJoin) => {
    const open = looking();
    const who: Asker = open
      ? await askWho({ ...join, reason: open.reason }, clock.now())
      : { by: 'refused', why: 'no-such-look' };
    return looks.tell({ type: 'join', join, asker: who, now: circumstances() });
  };
  const wished = async (wish: LookWish) => {
    const signed = await wishSigned(unit, looking(), wish, clock.now());
    return looks.tell({ type: 'wish', wish, signed, now: circumstances() });
  };

  const consolesTold = async (list: ConsoleList) => {
    try {
      const withdrawn = await trusted.consider(list, clock.now());
      const open = looking();
      if (open && withdrawn.some((one) => one.operator === open.operator && one.console === open.console))
        await looks.tell({ type: 'close', look: open.look, why: 'key-changed', at: clock.now() });
    } catch (error) {
      // Not written down, so not followed: the relay sends the list again when this unit says that it is here.
      log.error('A list of consoles could not be kept', { words: asFault(error).message });
    }
  };

  // A look that is closed while its console is still being checked must not open after that.
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = (next: () => Promise<void>) => {
    const mine = before.then(next);
    before = mine.catch(() => {});
    task(mine);
  };
  return {
    'look-call': (call) => inTurn(() => called(call)),
    'look-join': (join) => inTurn(() => joined(join)),
    'look-wish': (wish) => inTurn(() => wished(wish)),
    'look-leave': ({ look, operator }) => inTurn(() => looks.tell({ type: 'leave', look, operator, at: clock.now() })),
    'look-close': ({ look, operatorKey, why }) =>
      inTurn(() =>
        looks.tell(
          why === 'seen-elsewhere'
            ? { type: 'seen-elsewhere', look, operatorKey, now: circumstances() }
            : { type: 'close', look, operatorKey, why, at: clock.now() },
        ),
      ),
    'console-list': (list) => inTurn(() => consolesTold(list)),
  };
}
