/** Strangers cannot fill the audit log: of sign-ins that were refused only so many get a line of their own, the rest one together. */
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { openRate } from '../limit/rate.ts';
import type { Audit } from './audit.ts';

export interface SignInRefusals extends AsyncDisposable {
  /** @param address of the other end; it is not written down */
  write(address: string, why: FaultCode): Promise<void>;
}

/** Lines at once, and so many a minute: for each address, and for all of them together. */
const each = 5;
const all = 20;
const together = 'all';

export function openSignInRefusals({
  audit,
  clock,
  failed,
}: {
  readonly audit: Audit;
  readonly clock: Clock;
  readonly failed: (error: unknown) => void;
}): SignInRefusals {
  const byAddress = openRate(each, each);
  const inSum = openRate(all, all);
  let uncounted = 0;
  let writing = Promise.resolve();
  const tellRest = async () => {
    const count = uncounted;
    if (count === 0) return;
    uncounted = 0;
    await audit.write('nobody', 'sign-ins-refused', 'session', { count: String(count) });
  };
  const timer = clock.every(minutes(1), () => {
    writing = writing.then(tellRest).catch(failed);
  });
  return {
    async write(address, why) {
      const now = clock.now();
      if (byAddress.take(address, now) && inSum.take(together, now))
        await audit.write('nobody', 'sign-in-refused', 'session', { why });
      else uncounted++;
    },
    async [Symbol.asyncDispose]() {
      timer[Symbol.dispose]();
      await writing;
      await tellRest().catch(failed);
    },
  };
}
