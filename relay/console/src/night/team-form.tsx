/** The form of one team, or of a new one: its name, what it is, its telephone, and when it looks and goes to homes. */
import { NativeSelect, TextInput } from '@mantine/core';
import { type Duty, TeamAsked, type TeamView } from '@nattfrid/shared/desk/night-view';
import { useState } from 'react';
import { useRemoveTeam, useSaveTeam } from '../around/asking-night.ts';
import { Adding } from '../parts/adding.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { useFields } from '../parts/fields.ts';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './night.module.css';

const nothing = {
  name: '',
  kind: 'desk',
  crew: 'single',
  telephone: '',
  looks: 'always',
  looksFrom: '21:00',
  looksTo: '07:00',
  visits: 'never',
  visitsFrom: '21:00',
  visitsTo: '07:00',
};

/** @param named how many clients' action cards name the team */
export function TeamForm({ team, named = 0 }: { team?: TeamView; named?: number }) {
  const { say } = useWords();
  const form = team ? `team-${team.name}` : 'add-team';
  const { given, clear, field } = useFields(form, team ? fieldsOf(team) : nothing, ['name']);
  const [lacking, setLacking] = useState(false);
  const save = useSaveTeam(team?.team, () => team ?? clear());
  const add = () => {
    const asked = TeamAsked.safeParse(askedOf(given));
    setLacking(!asked.success);
    if (asked.success) save.run(asked.data);
  };
  const kinds = (['desk', 'car'] as const).map((value) => ({ value, label: say(`team.kind.${value}`) }));
  const crews = (['single', 'double'] as const).map((value) => ({ value, label: say(`team.crew.${value}`) }));
  const duties = (['always', 'hours', 'never'] as const).map((value) => ({ value, label: say(`team.duty.${value}`) }));
  return (
    <Adding
      name={form}
      title={team ? say('teams.change', { name: team.name }) : say('teams.add')}
      words={say('teams.add.words')}
      submit={say('teams.save')}
      busy={save.busy}
      add={add}
      lacking={lacking ? say('teams.lacking') : undefined}
      fault={save.fault}
      shown={team ? <Removing team={team} named={named} /> : null}
    >
      <TextInput label={say('teams.name')} autoComplete="off" maxLength={40} {...field('name')} />
      <NativeSelect label={say('teams.kind')} data={kinds} {...field('kind')} />
      <NativeSelect label={say('teams.crew')} data={crews} {...field('crew')} />
      <TextInput
        label={say('teams.telephone')}
        description={say('teams.telephone.words')}
        type="tel"
        autoComplete="off"
        {...field('telephone')}
      />
      {(['looks', 'visits'] as const).map((duty) => (
        <div key={duty} className={css['duty']}>
          <NativeSelect label={say(`teams.${duty}`)} data={duties} {...field(duty)} />
          {given[duty] === 'hours' ? (
            <>
              <TextInput label={say('team.duty.from')} {...field(`${duty}From`)} />
              <TextInput label={say('team.duty.to')} {...field(`${duty}To`)} />
            </>
          ) : null}
        </div>
      ))}
    </Adding>
  );
}

function Removing({ team, named }: { team: TeamView; named: number }) {
  const { say } = useWords();
  const remove = useRemoveTeam(team.team);
  return (
    <>
      {named > 0 ? <p data-testid="team-named">{say('teams.named', { count: named })}</p> : null}
      <PressTwice
        sure={say('teams.remove.sure', { name: team.name })}
        busy={remove.busy}
        press={() => remove.run(undefined)}
      >
        {say('teams.remove')}
      </PressTwice>
      <FaultWords fault={remove.fault} />
    </>
  );
}

type Fields = typeof nothing;

const dutyOf = (kind: string, from: string, to: string) => (kind === 'hours' ? { from, to } : kind);

const askedOf = ({ telephone, looks, looksFrom, looksTo, visits, visitsFrom, visitsTo, ...rest }: Fields) => ({
  ...rest,
  ...(telephone.trim() && { telephone }),
  looks: dutyOf(looks, looksFrom, looksTo),
  visits: dutyOf(visits, visitsFrom, visitsTo),
});

function fieldsOf({ name, kind, crew, telephone = '', looks, visits }: TeamView): Fields {
  const hours = (duty: Duty) => (typeof duty === 'string' ? { from: '21:00', to: '07:00' } : duty);
  const word = (duty: Duty) => (typeof duty === 'string' ? duty : 'hours');
  return {
    name,
    kind,
    crew,
    telephone,
    looks: word(looks),
    looksFrom: hours(looks).from,
    looksTo: hours(looks).to,
    visits: word(visits),
    visitsFrom: hours(visits).from,
    visitsTo: hours(visits).to,
  };
}
