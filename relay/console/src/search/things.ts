/** What can be found: what the desk holds, the pages of this role, and, for whoever may read them, people and clients. */

import { type Action, may } from '@nattfrid/shared/desk/permissions';
import type { Role } from '@nattfrid/shared/desk/role';
import { useMemo } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { usePeople } from '../around/asking.ts';
import { useClients } from '../around/asking-care.ts';
import type { Address } from '../parts/way.tsx';
import { kindKey } from '../state/alarm-name.ts';
import type { SayKey } from '../words/say.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import type { Sought } from './find.ts';

/** A page that one can go to: with the action that leads there. */
export interface PageEntry {
  readonly to: Address;
  readonly action: Action;
  readonly only?: Role;
  readonly words: SayKey;
  readonly about?: SayKey;
}

/**
 * @param entries of all pages, whoever may go there
 * @param asked something has been written: only then registers are read, which is written in the log
 */
export function useThings(entries: readonly PageEntry[], asked: boolean): readonly Sought<Address>[] {
  const { say, language } = useWords();
  const { role } = useSelf();
  const desk = useDesk();
  const people = usePeople(asked && may(role, 'manage-people')).data?.people;
  const clients = useClients(asked && may(role, 'read-clients')).data?.clients;
  return useMemo(() => {
    const alarms = [...desk.alarms.values()]
      .filter(({ state }) => state !== 'closed')
      .map((alarm): Sought<Address> => {
        const time = clockTime(readTime(alarm.at), language);
        const name = `${say(kindKey(alarm))} · ${alarm.client}`;
        return { id: alarm.alarm, kind: 'alarm', name, about: time, to: { page: 'alarm', id: alarm.alarm } };
      });
    const names = new Intl.Collator(language, { numeric: true });
    const homes = [...desk.units.values()]
      .toSorted((a, b) => names.compare(a.client, b.client))
      .map(
        ({ unit, client, place }): Sought<Address> => ({
          id: unit,
          kind: 'home',
          name: client,
          about: place ? `${place} · ${unit}` : unit,
          to: { page: 'units', id: unit },
        }),
      );
    const known = (clients ?? []).map(
      ({ client, name, alias }): Sought<Address> => ({
        id: client,
        kind: 'client',
        name,
        about: alias,
        to: { page: 'client', id: client },
      }),
    );
    const staff = (people ?? []).map(
      ({ person, name, role: has }): Sought<Address> => ({
        id: person,
        kind: 'person',
        name,
        about: say(`role.${has}`),
        to: { page: 'people' },
      }),
    );
    const pages = entries
      .filter(({ action, only }) => may(role, action) && (!only || only === role))
      .map(
        ({ to, words, about }): Sought<Address> => ({
          id: to.page,
          kind: 'page',
          name: say(words),
          about: say(about ?? (words as SayKey)),
          to,
        }),
      );
    return [...alarms, ...homes, ...known, ...staff, ...pages];
  }, [desk.alarms, desk.units, people, clients, entries, role, say, language]);
}
