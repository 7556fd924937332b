/** A form that lies folded until something is to be added: its fields, one button, and what is wrong or told once below it. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { ReactNode } from 'react';
import { FaultWords } from './fault-words.tsx';
import css from './form.module.css';
import parts from './parts.module.css';
import { Press } from './press.tsx';

export function Adding(props: {
  readonly title: string;
  readonly words: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly add: () => void;
  readonly children: ReactNode;
  /** What is missing among the fields, in words; undefined: nothing. */
  readonly lacking: string | undefined;
  /** Why it was refused. */
  readonly fault: Fault | undefined;
  /** What is told once. */
  readonly shown: ReactNode;
  readonly name: string;
}) {
  const { title, words, submit, busy, add, children, lacking, fault, shown, name } = props;
  return (
    <details className={css['adding']}>
      <summary data-testid={name}>{title}</summary>
      <form
        className={css['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          add();
          // What has to be filled in first is where one goes on.
          event.currentTarget.querySelector<HTMLElement>('input:invalid, textarea:invalid')?.focus();
        }}
      >
        <p className={css['words']}>{words}</p>
        {children}
        <div className={css['acts']}>
          <Press submit tone="cool" busy={busy} data-testid={`${name}-submit`}>
            {submit}
          </Press>
        </div>
        {lacking ? (
          <p role="alert" className={parts['fault']}>
            {lacking}
          </p>
        ) : (
          <FaultWords fault={fault} data-testid={`${name}-fault`} />
        )}
        {shown}
      </form>
    </details>
  );
}
