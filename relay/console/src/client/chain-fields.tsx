/** The chain of one action card: who is told first, who next, within how many minutes each; then everybody, then the fallback. */
import { NativeSelect, TextInput } from '@mantine/core';
import { ActionStep } from '@nattfrid/shared/care/action-card';
import type { ToldTo } from '@nattfrid/shared/desk/alarm-view';
import type { TeamView } from '@nattfrid/shared/desk/night-view';
import { useTeams } from '../around/asking-night.ts';
import press from '../parts/press.module.css';
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import type { StepDraft } from './draft.ts';
import { lineClass, useForm } from './form.tsx';

/** As the schema of the card has it. */
const mostSteps = 5;

export function ChainFields({
  name,
  steps,
  put,
}: {
  name: string;
  steps: readonly StepDraft[];
  put: (steps: readonly StepDraft[]) => void;
}) {
  const { say } = useWords();
  const { closed } = useForm();
  const { data } = useTeams();
  const change = (at: number, changed: Partial<StepDraft>) =>
    put(steps.map((one, place) => (place === at ? { ...one, ...changed } : one)));
  return (
    <fieldset className={css['chain']} disabled={closed} data-testid={`${name}-chain`}>
      <legend>{say('client.chain')}</legend>
      <ol>
        {steps.map((step, at) => {
          const number = at + 1;
          const isLost = step.to !== 'everybody' && data !== undefined && !isAmong(step.to, data.teams);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
            <li key={at}>
              <NativeSelect
                label={say('client.chain.to', { number })}
                className={lineClass()}
                data={[
                  ...(isLost ? [{ value: step.to, label: say('client.chain.lost') }] : []),
                  ...(data?.teams ?? []).map(({ team, name: label }) => ({ value: team as string, label })),
                  // Until the teams are known, what stands there is not told to be gone.
                  ...(data === undefined && step.to !== 'everybody' ? [{ value: step.to, label: '…' }] : []),
                  { value: 'everybody', label: say('line.everybody') },
                ]}
                value={step.to}
                error={isLost ? say('client.lacks.no-such-team') : undefined}
                data-testid={`${name}-to-${number}`}
                onChange={({ currentTarget: { value } }) => change(at, { to: value as ToldTo })}
              />
              <TextInput
                label={say('client.chain.within')}
                className={lineClass('short')}
                inputMode="decimal"
                autoComplete="off"
                value={step.within}
                error={isMinutes(step.within) ? undefined : say('client.chain.minutes')}
                data-testid={`${name}-within-${number}`}
                onChange={({ currentTarget: { value } }) => change(at, { within: value })}
              />
              {steps.length > 1 && !closed ? (
                <button
                  type="button"
                  className={press['plain']}
                  aria-label={say('client.chain.remove', { number })}
                  data-testid={`${name}-remove-${number}`}
                  onClick={() => put(steps.filter((_, place) => place !== at))}
                >
                  {say('client.chain.remove.short')}
                </button>
              ) : null}
            </li>
          );
        })}
      </ol>
      <p>{say('client.chain.then')}</p>
      {closed || steps.length >= mostSteps ? null : (
        <button
          type="button"
          className={press['plain']}
          data-testid={`${name}-add-step`}
          onClick={() => put([...steps, { to: nextOf(steps, data?.teams ?? []), within: '3' }])}
        >
          {say('client.chain.add')}
        </button>
      )}
    </fieldset>
  );
}

const isAmong = (to: ToldTo, teams: readonly TeamView[]): boolean => teams.some(({ team }) => team === to);

const isMinutes = (typed: string): boolean =>
  ActionStep.unwrap().shape.withinMinutes.safeParse(Number(typed.trim() === '' ? Number.NaN : typed.replace(',', '.')))
    .success;

/** The first team that is not in the chain yet. */
const nextOf = (steps: readonly StepDraft[], teams: readonly TeamView[]): ToldTo =>
  teams.find(({ team }) => !steps.some(({ to }) => to === team))?.team ?? 'everybody';
