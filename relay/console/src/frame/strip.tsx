/** The strip on every page but the watch: alarms that nobody has taken, with a link to the first. */

import { useDesk } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import { usePath, WayLink } from '../parts/way.tsx';
import { Ago } from '../parts/when.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { untaken } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function Strip() {
  const { say } = useWords();
  const path = usePath();
  const waiting = untaken(useDesk()).filter((alarm) => path !== `/alarm/${alarm.alarm}`);
  const first = waiting[0];
  if (path === '/' || !first) return null;
  return (
    <section
      className={css['strip']}
      data-testid="alarm-strip"
      aria-label={say('watch.strip', { count: waiting.length })}
    >
      <span>
        <AlarmSign size={26} /> <b>{say('watch.strip', { count: waiting.length })}</b>
      </span>
      <p>
        {say(kindKey(first))} · {first.client} · <Ago at={first.at} />
      </p>
      <WayLink to={{ page: 'alarm', id: first.alarm }}>{say('watch.strip.show')}</WayLink>
    </section>
  );
}
