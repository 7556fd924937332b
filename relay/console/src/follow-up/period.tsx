/** The time that is looked back at: the last week, the last month, or days of one's own. */
import { TextInput } from '@mantine/core';
import type { Period } from '@nattfrid/shared/desk/follow-up-routes';
import { dayOf } from '@nattfrid/shared/domain/window';
import { days, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './follow-up.module.css';

/** Up to today, which is not over and is left out. */
export const lastDays = (many: number, now: Instant): Period => ({
  from: dayOf(after(now, milliseconds(-days(many)))),
  until: dayOf(now),
});

export function ChoosePeriod({ now, period, choose }: { now: Instant; period: Period; choose: (to: Period) => void }) {
  const { say } = useWords();
  const day = (name: keyof Period) => ({
    label: say(`followUp.${name}`),
    type: 'date',
    value: period[name],
    'data-testid': `period-${name}`,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      if (value) choose({ ...period, [name]: value });
    },
  });
  return (
    <div className={`${css['period']} ${form['field']}`}>
      <Press press={() => choose(lastDays(7, now))}>{say('followUp.week')}</Press>
      <Press press={() => choose(lastDays(30, now))} data-testid="period-month">
        {say('followUp.month')}
      </Press>
      <TextInput {...day('from')} />
      <TextInput {...day('until')} />
    </div>
  );
}
