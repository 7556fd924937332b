/** The page of software for units: how far each release has come, group by group, and the button that stops it. */
import { NativeSelect } from '@mantine/core';
import { type RolloutView, UpdateGroup, type Updates } from '@nattfrid/shared/desk/rollout-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useBeginUpdate, useSetGroup, useStopUpdate, useUpdates } from '../around/asking-updates.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import css from './serve.module.css';

export function UpdatesPage() {
  const { say } = useWords();
  const asked = useUpdates();
  const hours = asked.data?.soakHours ?? 24;
  return (
    <Page title={say('updates.title')} lead={say('updates.lead', { hours })} data-testid="updates">
      {asked.isPending ? <Loading /> : null}
      {asked.error && !asked.data ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <GivenOut updates={asked.data} /> : null}
    </Page>
  );
}

function GivenOut({ updates: { rollouts, units } }: { updates: Updates }) {
  const { say } = useWords();
  return (
    <>
      {rollouts.length === 0 ? <Empty>{say('updates.none')}</Empty> : null}
      <ul className={css['faults']}>
        {rollouts.map((one) => (
          <li key={one.version}>
            <Release rollout={one} />
          </li>
        ))}
      </ul>
      {units.length > 0 ? (
        <section className={css['part']} aria-labelledby="update-units">
          <h2 id="update-units">{say('updates.units')}</h2>
          <Listed
            id="units"
            title={say('updates.units')}
            columns={[
              { id: 'client', head: say('table.head.client'), value: ({ client }) => client },
              { id: 'unit', head: say('table.head.unit'), value: ({ unit }) => unit },
              { id: 'program', head: say('table.head.program'), value: ({ agent }) => agent },
              { id: 'group', head: say('table.head.group'), value: ({ group }) => say(`updates.group.${group}`) },
            ]}
            rows={units}
            keyOf={({ unit }) => unit}
            line="update-line"
            cards={(some) => (
              <ul className={css['faults']}>
                {some.map((unit) => (
                  <UnitGroup key={unit.unit} unit={unit} />
                ))}
              </ul>
            )}
          />
        </section>
      ) : null}
    </>
  );
}

function Release({ rollout }: { rollout: RolloutView }) {
  const { say } = useWords();
  const { version, state } = rollout;
  const begin = useBeginUpdate(version);
  const stop = useStopUpdate(version);
  return (
    <article className={parts['card']} data-testid="release" data-state={state}>
      <h2>{say('updates.release', { version })}</h2>
      <p className={state === 'halted' ? css['halted'] : css['sub']}>
        {say(`updates.state.${state}`, { who: rollout.by ?? '' })}
      </p>
      <ul className={css['groups']}>
        {rollout.groups.map((group) => (
          <li key={group.group} data-now={group.group === rollout.group && state === 'going'}>
            <b>{say(`updates.group.${group.group}`)}</b>
            <progress
              max={Math.max(1, group.all)}
              value={group.well}
              aria-label={say(`updates.group.${group.group}`)}
            />
            <span className={css['sub']}>{counts(group, say)}</span>
          </li>
        ))}
      </ul>
      {rollout.nextAt ? (
        <p className={css['sub']}>
          {say('updates.next')} <When at={rollout.nextAt} />
        </p>
      ) : null}
      {state === 'going' ? (
        <PressTwice
          tone="warm"
          sure={say('updates.stop.sure', { version })}
          press={() => stop.run(undefined)}
          data-testid="stop-update"
        >
          {say('updates.stop')}
        </PressTwice>
      ) : null}
      {state === 'ready' ? (
        <PressTwice
          sure={say('updates.begin.sure', { version, group: say('updates.group.bench') })}
          press={() => begin.run(undefined)}
          data-testid="begin-update"
        >
          {say('updates.begin')}
        </PressTwice>
      ) : null}
      {state === 'stopped' || state === 'halted' ? (
        <PressTwice sure={say('updates.go-on.sure', { version })} press={() => begin.run(undefined)}>
          {say('updates.go-on')}
        </PressTwice>
      ) : null}
      <FaultWords fault={begin.fault ?? stop.fault} />
    </article>
  );
}

const counts = ({ all, well, underWay, failed }: RolloutView['groups'][number], say: Say): string =>
  [
    say('updates.count', { well, all }),
    ...(underWay > 0 ? [say('updates.under-way', { count: underWay })] : []),
    ...(failed > 0 ? [say('updates.failed', { count: failed })] : []),
  ].join(' · ');

function UnitGroup({ unit }: { unit: Updates['units'][number] }) {
  const { say } = useWords();
  const set = useSetGroup(unit.unit);
  return (
    <li className={css['owner']}>
      <b>{unit.client}</b>
      <span>
        {unit.unit}
        {unit.agent ? ` · ${say('serve.program', { version: unit.agent })}` : ''}
      </span>
      <NativeSelect
        aria-label={say('updates.group.of', { unit: unit.unit })}
        value={unit.group}
        disabled={set.busy}
        onChange={(event) => set.run(UpdateGroup.parse(event.currentTarget.value))}
        data={UpdateGroup.options.map((group) => ({ value: group, label: say(`updates.group.${group}`) }))}
      />
      <FaultWords fault={set.fault} />
    </li>
  );
}
