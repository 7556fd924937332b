/** The last word in a home: the certificate of the wipe, on its way before anything is erased; then everything is. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { beginWipe } from '../pairing/wipe.ts';
import { bootOf } from '../ready/readiness.ts';
import type { Outbox } from '../report/outbox.ts';
import type { Database } from '../store/database.ts';
import { unitIdentity } from '../store/identity.ts';
import type { Power } from '../trust/power.ts';
import type { Deeds } from './deed.ts';

/** Seconds: the relay has acknowledged it by then, or the home counts more than its certificate, which a person then gives. */
const patience = 600;

export const wipeDeed = (parts: {
  /** As its relay knows it: one that was registered by hand has a name that does not come from its key. */
  readonly unit: UnitId;
  readonly data: string;
  readonly database: Database;
  readonly outbox: Pick<Outbox, 'depth'>;
  readonly clock: Clock;
  readonly power: Pick<Power, 'boot'>;
  readonly task: (done: Promise<unknown>) => void;
  /** Ends this run of the agent, and erases. */
  readonly erase: () => void;
}): Pick<Deeds, 'wipe'> => ({
  async wipe() {
    const { unit, data, database, outbox, clock, power, task, erase } = parts;
    const { at, signature } = await beginWipe(data, { ...(await unitIdentity(database)), unit }, clock, bootOf(power));
    const told = async () => {
      for (let second = 0; second < patience && (second === 0 || outbox.depth > 0); second++)
        await clock.sleep(seconds(1));
      erase();
    };
    task(told());
    return { type: 'wiping', at, signature };
  },
});
