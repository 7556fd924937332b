/** Pure. What a file of people would change, line by line, before anything is changed. */
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import { z } from 'zod';
import { readCsv } from '../table/read-csv.ts';

/** Somebody who may sign in now. */
export interface Known {
  readonly person: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export type ImportStep = { readonly line: number; readonly email: string } & (
  | { readonly what: 'added'; readonly name: string; readonly role: Role }
  | { readonly what: 'role-changed'; readonly person: string; readonly role: Role }
  | { readonly what: 'removed'; readonly person: string }
  | { readonly what: 'same' }
  | { readonly what: 'wrong'; readonly why: string }
);

const heads = ['email', 'name', 'role', 'active'] as const;
const yes = /^(|yes|ja|true|1)$/i;
const no = /^(no|nej|false|0)$/i;

/**
 * Who administers is not decided by a file: such people are neither made nor changed nor removed by one. Who is not in the file is
 * left as they are.
 *
 * @param csv RFC 4180, commas or semicolons, with a line of heads @returns what each line would do, or what is wrong with the file
 */
export function planImport(csv: string, known: readonly Known[]): readonly ImportStep[] | Fault {
  const lines = readCsv(
    csv,
    heads.filter((head) => head !== 'active'),
  );
  if (lines instanceof Fault) return lines;
  const byEmail = new Map(known.map((one) => [one.email.toLowerCase(), one]));
  const seen = new Set<string>();
  return lines.map(({ line, cells }) => {
    const email = (cells['email'] ?? '').trim().toLowerCase();
    const step = stepOf(cells, email, byEmail.get(email), seen.has(email));
    seen.add(email);
    return { line, email, ...step };
  });
}

type Step = ImportStep extends infer One ? (One extends ImportStep ? Omit<One, 'line' | 'email'> : never) : never;
const wrong = (why: string): Step => ({ what: 'wrong', why });

function stepOf(cells: Cells, email: string, known: Known | undefined, twice: boolean): Step {
  if (!z.email().max(200).safeParse(email).success) return wrong(`email: «${email}» is no e-mail address.`);
  if (twice) return wrong('email: this person stands in the file already, further up.');
  const active = (cells['active'] ?? '').trim();
  if (!yes.test(active) && !no.test(active)) return wrong(`active: «${active}» is neither yes nor no.`);
  if (known?.role === 'administrator') return wrong('This is an administrator, whom no file changes.');
  if (no.test(active)) return known ? { what: 'removed', person: known.person } : { what: 'same' };
  const role = Role.safeParse((cells['role'] ?? '').trim());
  if (!role.success) return wrong(`role: «${cells['role'] ?? ''}» is none of ${Role.options.join(', ')}.`);
  if (role.data === 'administrator') return wrong('role: an administrator is made at the screen, not by a file.');
  if (known)
    return known.role === role.data
      ? { what: 'same' }
      : { what: 'role-changed', person: known.person, role: role.data };
  const name = (cells['name'] ?? '').trim();
  if (name.length < 1 || name.length > 60) return wrong('name: one of 1 to 60 letters is needed.');
  return { what: 'added', name, role: role.data };
}

type Cells = Readonly<Record<string, string>>;
