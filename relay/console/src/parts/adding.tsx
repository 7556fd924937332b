/** A form that lies folded until something is to be added: its fields, and one button. */
import type { ReactNode } from 'react';
import css from './form.module.css';
import { Press } from './press.tsx';

export function Adding(props: {
  readonly title: string;
  readonly words: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly add: () => void;
  readonly children: ReactNode;
  /** Below the button: what is wrong, or what is told once. */
  readonly told: ReactNode;
  readonly name: string;
}) {
  const { title, words, submit, busy, add, children, told, name } = props;
  return (
    <details className={css['adding']}>
      <summary data-testid={name}>{title}</summary>
      <form
        className={css['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <p className={css['words']}>{words}</p>
        {children}
        <div className={css['acts']}>
          <Press submit tone="cool" busy={busy} data-testid={`${name}-submit`}>
            {submit}
          </Press>
        </div>
        {told}
      </form>
    </details>
  );
}
