/** Looks at the unit's own state now and then, and tells the relay of it where something has changed; of the mains at once. */
import type { Check } from '@nattfrid/shared/domain/check';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';

/** How often the supply is asked: a unit without mains must have said so long before its battery is empty. */
const powerEvery = seconds(5);
const allEvery = minutes(10);

export function watchSelf(parts: {
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Logger;
  /** Told of it by itself, and not by the words of a check. */
  readonly power: () => Promise<Check | undefined>;
  readonly all: () => Promise<readonly Check[]>;
  /** @param changed what differs from what was told before @param first in front of everything that waits */
  readonly tell: (changed: readonly Check[], first: boolean) => void;
}): Disposable & { readonly told: (checks: readonly Check[]) => void } {
  const { clock, log, power, all, tell } = parts;
  const known = new Map<string, string>();
  const changedOf = (checks: readonly Check[]) => checks.filter((one) => known.get(one.name) !== word(one));
  const told = (checks: readonly Check[]) => {
    for (const one of checks) known.set(one.name, word(one));
  };
  const inTurn = (look: () => Promise<void>) => {
    let running = false;
    return () => {
      if (running) return;
      running = true;
      void look()
        .catch((error: unknown) => log.error('The unit could not look at itself', { words: asFault(error).message }))
        .finally(() => {
          running = false;
        });
    };
  };
  const lookAtPower = inTurn(async () => {
    const check = await power();
    const changed = check ? changedOf([check]) : [];
    if (changed.length === 0) return;
    told(changed);
    tell(changed, true);
  });
  const lookAtAll = inTurn(async () => {
    const checks = await all();
    const changed = changedOf(checks);
    told(checks);
    if (changed.length > 0) tell(changed, false);
  });
  lookAtPower();
  const [soon, later] = [clock.every(powerEvery, lookAtPower), clock.every(allEvery, lookAtAll)];
  return {
    told,
    [Symbol.dispose]() {
      soon[Symbol.dispose]();
      later[Symbol.dispose]();
    },
  };
}

const word = ({ state, code }: Check): string => `${state} ${code}`;
