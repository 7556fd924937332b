/** A button that does something only when it is pressed a second time, and says so after the first. */
import { milliseconds } from '@nattfrid/shared/time/duration';
import { useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import { Press } from '../parts/press.tsx';

/** After that the first press is forgotten. */
const patience = milliseconds(8000);

export function PressTwice(props: {
  words: string;
  again: string;
  tone?: 'quiet' | 'cool' | 'warm';
  busy: boolean;
  press: () => void;
  'data-testid': string;
}) {
  const { words, again, tone = 'quiet', busy, press } = props;
  const { clock } = useAround();
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const over = new AbortController();
    void clock.sleep(patience, over.signal).then(
      () => setArmed(false),
      () => undefined,
    );
    return () => over.abort();
  }, [armed, clock]);
  const pressed = () => {
    if (armed) press();
    setArmed(!armed);
  };
  return (
    <Press tone={armed ? 'warm' : tone} busy={busy} press={pressed} data-testid={props['data-testid']}>
      {armed ? again : words}
    </Press>
  );
}
