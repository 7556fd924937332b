/** What can be found: what the desk holds, the pages of this role, and, for whoever may read them, people and clients. */

import { may } from '@nattfrid/shared/desk/permissions';
import { useMemo } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { usePeople } from '../around/asking.ts';
import { useClients } from '../around/asking-care.ts';
import { mainEntries, moreEntries } from '../frame/entries.tsx';
import { kindKey } from '../state/alarm-name.ts';
import type { SayKey } from '../words/say.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import type { Sought } from './find.ts';

/** @param asked something has been written: only then registers are read, which is written in the log */
export function useThings(asked: boolean): readonly Sought[] {
  const { say, language } = useWords();
  const { role } = useSelf();
  const desk = useDesk();
  const people = usePeople(asked && may(role, 'manage-people')).data?.people;
  const clients = useClients(asked && may(role, 'read-clients')).data?.clients;
  return useMemo(() => {
    const alarms = [...desk.alarms.values()]
      .filter(({ state }) => state !== 'closed')
      .map((alarm): Sought => {
        const time = clockTime(readTime(alarm.at), language);
        const name = `${say(kindKey(alarm))} · ${alarm.client}`;
        return { id: alarm.alarm, kind: 'alarm', name, about: time, to: { page: 'alarm', id: alarm.alarm } };
      });
    const names = new Intl.Collator(language, { numeric: true });
    const homes = [...desk.units.values()]
      .toSorted((a, b) => names.compare(a.client, b.client))
      .map(
        ({ unit, client, place }): Sought => ({
          id: unit,
          kind: 'home',
          name: client,
          about: place ? `${place} · ${unit}` : unit,
          to: { page: 'units', id: unit },
        }),
      );
    const known = (clients ?? []).map(
      ({ client, name, alias }): Sought => ({
        id: client,
        kind: 'client',
        name,
        about: alias,
        to: { page: 'client', id: client },
      }),
    );
    const staff = (people ?? []).map(
      ({ person, name, role: has }): Sought => ({
        id: person,
        kind: 'person',
        name,
        about: say(`role.${has}`),
        to: { page: 'people' },
      }),
    );
    const pages = [...mainEntries, ...moreEntries]
      .filter(({ action, only }) => may(role, action) && (!only || only === role))
      .map(
        ({ to, words, about }): Sought => ({
          id: to.page,
          kind: 'page',
          name: say(words),
          about: say(about ?? (words as SayKey)),
          to,
        }),
      );
    return [...alarms, ...homes, ...known, ...staff, ...pages];
  }, [desk.alarms, desk.units, people, clients, role, say, language]);
}
