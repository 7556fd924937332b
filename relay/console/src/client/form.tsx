/** The fields of the form of a client: each with its label, and beside it what is missing or cannot be read. */
import { Checkbox, TextInput } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';
import css from './client.module.css';
import type { Draft } from './draft.ts';

export interface Form {
  readonly draft: Draft;
  readonly put: <Part extends keyof Draft>(part: Part, change: Partial<Draft[Part]>) => void;
  /** What is missing or wrong at a field, in words. */
  readonly note: (field: string) => string | undefined;
  /** Nothing can be written any more. */
  readonly closed: boolean;
}

const FormContext = createContext<Form | undefined>(undefined);
export const ProvideForm = ({ form, children }: { form: Form; children: ReactNode }) => (
  <FormContext value={form}>{children}</FormContext>
);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('A field stands outside its form.');
  return form;
}

/** How wide a field is: as much as is usually typed into it. */
export const lineClass = (size: 'short' | 'usual' | 'wide' = 'usual'): string => `${css['line']} ${css[size]}`;

type Named<Part extends keyof Draft, Value> = {
  [Name in keyof Draft[Part]]: Draft[Part][Name] extends Value ? Name : never;
}[keyof Draft[Part]] &
  string;

export function Line<Part extends keyof Draft>(props: {
  readonly of: Part;
  readonly name: Named<Part, string>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly type?: 'text' | 'date';
  readonly size?: 'short' | 'wide';
  readonly figures?: boolean;
}) {
  const { of: part, name, label, hint, type = 'text', size, figures = false } = props;
  const { draft, put, note, closed } = useForm();
  const said = note(`${part}:${name}`);
  return (
    <TextInput
      label={label}
      description={hint}
      type={type}
      value={String(draft[part][name])}
      error={said}
      disabled={closed}
      autoComplete="off"
      spellCheck={false}
      {...(figures ? { inputMode: 'numeric' as const } : {})}
      className={lineClass(size)}
      data-testid={`${part}-${name}`}
      onChange={({ currentTarget: { value } }) => put(part, { [name]: value } as Partial<Draft[Part]>)}
    />
  );
}

export function Tick<Part extends keyof Draft>(props: {
  readonly of: Part;
  readonly name: Named<Part, boolean>;
  readonly label: ReactNode;
  readonly then?: (checked: boolean) => void;
}) {
  const { of: part, name, label, then } = props;
  const { draft, put, note, closed } = useForm();
  return (
    <Checkbox
      label={label}
      checked={draft[part][name] === true}
      error={note(`${part}:${name}`)}
      disabled={closed}
      className={css['tick'] ?? ''}
      data-testid={`${part}-${name}`}
      onChange={({ currentTarget: { checked } }) => {
        put(part, { [name]: checked } as Partial<Draft[Part]>);
        then?.(checked);
      }}
    />
  );
}

/** One of a few, all in sight: arrows move between them. */
export function Choice<Value extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly choose: (value: Value) => void;
  readonly closed?: boolean;
}) {
  const { name, label, value, options, choose, closed = false } = props;
  return (
    <fieldset className={css['choice']} data-testid={name}>
      <legend>{label}</legend>
      {options.map((one) => (
        <label key={one.value}>
          <input
            type="radio"
            name={name}
            value={one.value}
            checked={one.value === value}
            disabled={closed}
            data-testid={`${name}-${one.value}`}
            onChange={() => choose(one.value)}
          />
          <span>{one.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A part of the form, with what is missing of it as a whole. */
export function Part({
  id,
  title,
  lead,
  lacking,
  children,
}: {
  id: string;
  title: string;
  lead?: string;
  lacking?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className={css['part']} aria-labelledby={`part-${id}`} data-testid={`part-${id}`}>
      <div className={css['partHead']}>
        <h2 id={`part-${id}`}>{title}</h2>
        {lead ? <p>{lead}</p> : null}
        <Lacks>{lacking}</Lacks>
      </div>
      <div className={css['fields']}>{children}</div>
    </section>
  );
}

export const Lacks = ({ children }: { children: string | undefined }) =>
  children ? (
    <p className={css['lacks']} data-testid="lacks">
      {children}
    </p>
  ) : null;
