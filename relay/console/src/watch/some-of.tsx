/** The first of many, and the others when somebody asks for them: a page stays short however many there are. */
import { type ReactNode, useState } from 'react';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

export function SomeOf<One>(props: {
  all: readonly One[];
  /** So many are shown at first; one more is shown as well, and not hidden behind a press. */
  first: number;
  idOf: (one: One) => string;
  draw: (one: One) => ReactNode;
  label?: string;
  'data-testid'?: string;
}) {
  const { all, first, idOf, draw, label, 'data-testid': id } = props;
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const fits = all.length <= first + 1;
  const shown = open || fits ? all : all.slice(0, first);
  return (
    <>
      <ul className={css['lines']} {...(label ? { 'aria-label': label } : {})} data-testid={id}>
        {shown.map((one) => (
          <li key={idOf(one)}>{draw(one)}</li>
        ))}
      </ul>
      {fits ? null : (
        <Press tone="bare" press={() => setOpen(!open)} data-testid="show-all">
          {open ? say('watch.fewer') : say('watch.all', { count: all.length })}
        </Press>
      )}
    </>
  );
}
