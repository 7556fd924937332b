/** A fault in the chosen language; in the relay's own words where this console has none. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './parts.module.css';

export function FaultWords({ fault, 'data-testid': id }: { fault: Fault | undefined; 'data-testid'?: string }) {
  const { say } = useWords();
  if (!fault) return null;
  const { status, why } = fault.fields;
  const own = typeof why === 'string' ? known('why', why) : undefined;
  const key = status === 401 ? 'fault.signed-out' : (own ?? known('fault', fault.code));
  return (
    <p role="alert" className={css['fault']} data-testid={id ?? 'fault'}>
      {key ? say(key) : say('fault.other', { words: fault.message })}
    </p>
  );
}
