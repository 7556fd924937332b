/** Which units watch this home, and what each has of the plan. */
import { NativeSelect } from '@mantine/core';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import { useDesk } from '../around/around.tsx';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { lineClass, Part } from './form.tsx';

export function UnitsPart({
  view,
  alias,
  choose,
  lacking,
}: {
  view: ClientView | undefined;
  alias: string;
  choose: (alias: string) => void;
  lacking: string | undefined;
}) {
  const { say, language } = useWords();
  const all = [...useDesk().units.values()];
  const homes = [...new Set(all.map(({ client }) => client))].sort((a, b) => a.localeCompare(b, language));
  const units = view?.plan?.units ?? [];
  return (
    <Part id="units" title={say('client.units')} lacking={lacking}>
      {view ? (
        <ul className={css['given']}>
          {units.map(({ unit, place, has, why }) => {
            const words = why === undefined ? undefined : known('planRefused', why);
            return (
              <li key={unit} data-testid="client-unit" data-has={has}>
                <b>{[place, unit].filter(Boolean).join(' · ')}</b>
                <span>
                  {say(`client.has.${has}`)}
                  {words ? `: ${say(words)}` : ''}
                </span>
              </li>
            );
          })}
          {units.length === 0
            ? all
                .filter(({ client }) => client === view.alias)
                .map(({ unit, place }) => (
                  <li key={unit}>
                    <b>{[place, unit].filter(Boolean).join(' · ')}</b>
                  </li>
                ))
            : null}
        </ul>
      ) : (
        <NativeSelect
          label={say('client.units.home')}
          description={say('client.units.home.words')}
          value={alias}
          data-testid="client-home"
          className={lineClass()}
          onChange={({ currentTarget: { value } }) => choose(value)}
          data={[
            { value: '', label: say('client.units.none') },
            ...homes.map((home) => ({ value: home, label: home })),
          ]}
        />
      )}
    </Part>
  );
}
