/** Settings out of file < environment < arguments; every fault is told at once, in words. */
import { existsSync, readFileSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { settingLines, settingsOf } from '@nattfrid/shared/schema/settings';
import type { z } from 'zod';
import { isPostgres } from '../store/postgres/place.ts';
import { Settings } from './schema.ts';

interface Sources {
  /** --kebab-case VALUE, --config FILE among them. */
  readonly arguments: readonly string[];
  /** NATTFRID_UPPER_SNAKE. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Read where no other file is named and this one is there: whoever is installed as docs/operating.md says need not name it each time. */
export const usualConfig = '/etc/nattfrid-relay/relay.json';

/** @returns settings, frozen, or one Fault that names every wrong one. */
export function loadSettings(sources: Sources): Settings | Fault {
  const told = readArguments(sources.arguments);
  if (told instanceof Fault) return told;
  const { config, ...given } = told;
  const usual = existsSync(usualConfig) ? usualConfig : undefined;
  const file = readFile(config ?? sources.environment['NATTFRID_CONFIG'] ?? usual);
  if (file instanceof Fault) return file;
  return checkSettings({ ...file, ...readEnvironment(sources.environment), ...given });
}

/** Checks settings given as an object: for whoever builds a relay without a command line. */
export function checkSettings(given: object): Settings | Fault {
  const checked = Settings.safeParse(given);
  const faults = checked.success ? [] : checked.error.issues.map(inWords);
  const {
    tlsCert,
    tlsKey,
    auditHeadFolder,
    auditKey,
    fallbackUrl,
    fallbackSecret,
    unitAuthority,
    unitNames,
    bus,
    node,
    database,
  } = given as Partial<Settings>;
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    faults.push('tlsCert and tlsKey belong together: give both or neither.');
  if (auditHeadFolder !== undefined && auditKey === undefined)
    faults.push('auditHeadFolder needs auditKey: the heads are signed.');
  if (unitAuthority !== undefined && !unitNames?.length)
    faults.push('unitAuthority needs unitNames: under which names units reach the listener for them.');
  if ((bus === undefined) !== (node === undefined))
    faults.push('bus and node belong together: give both for one of several nodes, or neither.');
  if (bus !== undefined && !isPostgres(database ?? ''))
    faults.push('bus needs a database on PostgreSQL, which all nodes share: postgres://…');
  if (fallbackUrl !== undefined && fallbackSecret === undefined)
    faults.push('fallbackUrl needs fallbackSecret: what the gateway is told is signed.');
  if (!checked.success || faults.length > 0)
    return new Fault('config-invalid', `These settings are wrong:\n${faults.map((words) => `  ${words}`).join('\n')}`);
  return Object.freeze(checked.data);
}

/** Every setting of the relay in words, out of the schema: for --help. */
export const describeSettings = (): string =>
  settingsOf(Settings)
    .map((setting) => settingLines(setting, `--${kebab(setting.name)} VALUE (${variableOf(setting.name)})`))
    .join('\n');

const settingNames = Object.keys(Settings.shape) as (keyof typeof Settings.shape)[];
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const variableOf = (name: string) => `NATTFRID_${kebab(name).replaceAll('-', '_').toUpperCase()}`;

function inWords(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.') || 'settings';
  const words = issue.path[0] === undefined ? undefined : Settings.shape[issue.path[0] as keyof typeof Settings.shape];
  return `${name}: ${issue.message}.${words?.description ? ` (${words.description}.)` : ''}`;
}

function readArguments(given: readonly string[]): Record<string, string> | Fault {
  const byName = new Map<string, string>([...settingNames, 'config'].map((name) => [`--${kebab(name)}`, name]));
  const found: Record<string, string> = {};
  for (let index = 0; index < given.length; index += 2) {
    const name = byName.get(given[index]!);
    const value = given[index + 1];
    if (!name) return new Fault('config-invalid', `There is no argument ${given[index]}. --help lists them.`);
    if (value === undefined) return new Fault('config-invalid', `${given[index]} needs a value.`);
    found[name] = value;
  }
  return found;
}

function readEnvironment(environment: Sources['environment']): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of settingNames) {
    const value = environment[variableOf(name)];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function readFile(file: string | undefined): Record<string, unknown> | Fault {
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    return new Fault('file-missing', `The configuration ${file} cannot be read. Check the path and its rights.`, {
      cause,
    });
  }
  try {
    const raw: unknown = JSON.parse(text);
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return { ...raw };
  } catch {
    // told below
  }
  return new Fault('config-invalid', `The configuration ${file} is not a JSON object.`);
}
