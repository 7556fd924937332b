/** A browser on its way to an organisation's provider and back: bounded, written in the audit log, and back where one was. */
import { Organisation } from '@nattfrid/shared/desk/organisation';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import type { SignInRefusals } from '../audit/sign-in-refusals.ts';
import { openRate } from '../limit/rate.ts';
import type { SingleSignOnDoor } from '../operators/single-sign-on.ts';

interface Come {
  readonly organisation: string;
  /** As the browser sees us. */
  readonly origin: string;
  readonly query: string;
  readonly cookie: string;
  /** Of the other end, for the limits. */
  readonly address: string;
}

/** Where the browser goes, and what it keeps. */
interface Sent {
  readonly to: string;
  readonly cookies: readonly string[];
}

export interface SignInElsewhere {
  start(come: Come): Promise<Sent>;
  callback(come: Come): Promise<Sent>;
}

/** So many at once of one address, and so many a minute: a whole office stands behind one. */
const atOnce = 60;

export function openSignInElsewhere(parts: {
  readonly door: SingleSignOnDoor;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly signInRefusals: SignInRefusals;
}): SignInElsewhere {
  const { door, audit, clock, signInRefusals } = parts;
  const rate = openRate(atOnce, atOnce);

  async function asked<Out>(
    come: Come,
    run: (organisation: Organisation) => Promise<Out | Fault>,
  ): Promise<Out | Fault> {
    const organisation = Organisation.safeParse(come.organisation);
    if (!organisation.success) return new Fault('not-found', 'There is no such organisation.');
    if (!rate.take(come.address, clock.now())) return new Fault('too-many-requests', 'Too many sign-ins. Try again.');
    return run(organisation.data);
  }
  async function refused(come: Come, fault: Fault): Promise<Sent> {
    await signInRefusals.write(come.address, fault.code);
    return { to: `/?refused=${fault.code}`, cookies: [] };
  }
  return {
    async start(come) {
      const back = safePath(new URLSearchParams(come.query).get('back'));
      const sent = await asked(come, (organisation) => door.start(organisation, come.origin, back));
      return sent instanceof Fault ? refused(come, sent) : sent;
    },
    async callback(come) {
      const entered = await asked(come, (organisation) =>
        door.finish(organisation, come.origin, come.query, come.cookie),
      );
      if (entered instanceof Fault) return refused(come, entered);
      const { who, to, cookies } = entered;
      await audit.write(who.name, 'signed-in', 'session', {
        role: who.role,
        operator: who.id,
        by: 'provider',
        assurance: String(entered.assurance),
      });
      return { to: safePath(to), cookies };
    },
  };
}

/** A page of this console, and of nobody else's. */
const safePath = (path: string | null): string => (path && /^\/(?![/\\])[\w\-/.]*$/.test(path) ? path : '/');
