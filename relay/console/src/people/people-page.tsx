/** The page of people, for coordinators: who can sign in, where they are signed in, and taking it back. */
import type { PersonView } from '@nattfrid/shared/desk/person-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useSelf } from '../around/around.tsx';
import { usePeople } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Loading, Page } from '../parts/page.tsx';
import type { ShownColumn } from '../parts/table.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { AddPerson } from './add-person.tsx';
import css from './people.module.css';
import { PersonActs } from './person-acts.tsx';
import { SessionEntry } from './session-entry.tsx';

export function PeoplePage() {
  const { say } = useWords();
  const people = usePeople();
  return (
    <Page title={say('people.title')} lead={say('people.lead')} data-testid="people">
      <AddPerson />
      {people.isPending ? <Loading /> : null}
      {people.error ? <FaultWords fault={asFault(people.error)} /> : null}
      <Listed
        id="people"
        title={say('people.title')}
        columns={columnsOf(say)}
        choices={[
          {
            id: 'signed-in',
            words: (count) => say('table.signedIn', { count }),
            holds: ({ sessions }) => sessions.length > 0,
          },
          {
            id: 'password-alone',
            words: (count) => say('table.passwordAlone', { count }),
            holds: ({ passkeys = 0, hasCodes = false }) => passkeys === 0 && !hasCodes,
          },
        ]}
        rows={people.data?.people ?? []}
        keyOf={({ person }) => person}
        line="person-line"
        cards={(some) => (
          <ul className={css['list']}>
            {some.map((person) => (
              <li key={person.person}>
                <Person person={person} />
              </li>
            ))}
          </ul>
        )}
      />
    </Page>
  );
}

const seenLast = ({ sessions }: PersonView): string | undefined =>
  sessions
    .map(({ seenAt, since }) => seenAt ?? since)
    .toSorted()
    .at(-1);

const columnsOf = (say: Say): readonly ShownColumn<PersonView>[] => [
  { id: 'name', head: say('table.head.name'), value: ({ name }) => name },
  { id: 'role', head: say('table.head.role'), value: ({ role }) => say(`role.${role}`) },
  { id: 'address', head: say('table.head.address'), value: ({ email }) => email },
  { id: 'sign-in', head: say('table.head.signIn'), value: (person) => factorsOf(person, say) },
  { id: 'signed-in', head: say('table.head.signedIn'), value: ({ sessions }) => sessions.length },
  timeColumn('seen', say('table.head.lastSeen'), seenLast),
];

/** What somebody has besides a password. */
function factorsOf({ passkeys = 0, hasCodes = false }: PersonView, say: Say): string {
  const some = [
    ...(passkeys > 0 ? [say('people.passkeys', { count: passkeys })] : []),
    ...(hasCodes ? [say('people.codes')] : []),
  ];
  return some.length > 0 ? some.join(' · ') : say('people.passwordAlone');
}

function Person({ person }: { person: PersonView }) {
  const { say } = useWords();
  const own = useSelf().email === person.email;
  return (
    <article className={css['person']} data-testid="person" data-email={person.email}>
      <header>
        <h2>
          {person.name}
          {own ? ` (${say('people.you')})` : ''}
        </h2>
        <p className={css['sub']}>
          {say(`role.${person.role}`)} · {person.email}
        </p>
        <p className={css['sub']} data-testid="factors">
          {factorsOf(person, say)}
        </p>
      </header>
      {person.sessions.length === 0 ? (
        <p className={css['sub']}>{say('people.none')}</p>
      ) : (
        <ul className={css['sessions']}>
          {person.sessions.map((session) => (
            <SessionEntry key={session.session} session={session} />
          ))}
        </ul>
      )}
      {own ? null : <PersonActs person={person} />}
    </article>
  );
}
