/** Agreements made and taken back: each written in the audit log of both organisations, in the transaction that does it. */
import type { Agreement, NewAgreement } from '@nattfrid/shared/desk/agreement';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import {
  allAgreements,
  allOrganisations,
  endAgreement,
  findAgreement,
  insertAgreement,
} from '../store/agreements-table.ts';
import type { Store } from '../store/database.ts';

interface By {
  readonly id: string;
  readonly name: string;
  readonly organisation: Organisation;
}

export interface Agreements {
  /** Those that the organisation has made, and those that others have made with it; the newest last. */
  of(organisation: Organisation): Promise<readonly Agreement[]>;
  add(by: By, asked: NewAgreement): Promise<Agreement | Fault>;
  end(by: By, agreement: string): Promise<Agreement | Fault>;
}

export function openAgreements(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly newId: () => string;
}): Agreements {
  const { store, clock, audit, newId } = parts;
  return {
    async of(organisation) {
      const all = await allAgreements(store.db);
      return all.filter((one) => one.municipality === organisation || one.operator === organisation);
    },
    async add(by, asked) {
      if (asked.operator === by.organisation)
        return new Fault('request-invalid', 'An agreement is with another organisation than the own.');
      if (asked.until !== undefined && parseInstant(asked.until) <= parseInstant(asked.from))
        return new Fault('request-invalid', 'The agreement is over before it begins: give a later date.');
      if (asked.hours && asked.hours.from === asked.hours.to)
        return new Fault('request-invalid', 'These hours begin and end at one time. Leave them out for the whole day.');
      const known = (await allOrganisations(store.db)).some(({ organisation }) => organisation === asked.operator);
      if (!known) return new Fault('not-found', `This relay knows no organisation ${asked.operator}.`);
      const one: Agreement = { agreement: newId(), municipality: by.organisation, ...asked };
      await store.write(async (tx) => {
        await audit.append(tx, by.name, 'agreement-made', one.agreement, {
          with: one.operator,
          what: one.what.join(' '),
          hours: one.hours ? `${one.hours.from}-${one.hours.to}` : 'always',
          from: one.from,
          ...(one.until && { until: one.until }),
          operator: by.id,
          organisation: one.operator,
        });
        await insertAgreement(tx.db, one);
      });
      return one;
    },
    async end(by, agreement) {
      return store.write(async (tx) => {
        const one = await findAgreement(tx.db, agreement);
        if (!one) return new Fault('not-found', 'There is no such agreement.');
        if (one.endedAt !== undefined) return new Fault('not-now', 'This agreement has been taken back already.');
        const at = clock.now();
        await audit.append(tx, by.name, 'agreement-ended', agreement, {
          with: one.operator,
          operator: by.id,
          organisation: one.operator,
        });
        await endAgreement(tx.db, agreement, at);
        return { ...one, endedAt: printInstant(at) };
      });
    },
  };
}
