/** A button for what cannot be taken back: the first press says what the second will do, and waits a few seconds for it. */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import { Press } from './press.tsx';

const usualPatience = milliseconds(6000);

export function PressTwice(props: {
  readonly children: string;
  /** What the second press does. */
  readonly sure: string;
  readonly press: () => void;
  readonly busy?: boolean;
  /** Something is still missing for it. */
  readonly disabled?: boolean;
  /** Before the first press. */
  readonly tone?: 'quiet' | 'cool' | 'warm';
  /** How long the second press is waited for; for figures that are read once more. */
  readonly patience?: Duration;
  readonly 'data-testid'?: string;
}) {
  const { children, sure, press, tone = 'quiet', patience = usualPatience, ...rest } = props;
  const { clock } = useAround();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const waiting = new AbortController();
    void clock.sleep(patience, waiting.signal).then(() => !waiting.signal.aborted && setAsked(false));
    return () => waiting.abort();
  }, [asked, clock, patience]);
  const pressed = () => {
    if (asked) press();
    setAsked(!asked);
  };
  return (
    <Press {...rest} tone={asked ? 'warm' : tone} press={pressed}>
      {asked ? sure : children}
    </Press>
  );
}
