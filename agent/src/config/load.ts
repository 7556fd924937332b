/** Reads the settings: file < environment < arguments; tells every fault at once; gives a frozen value. */
import { readFileSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { environmentNames } from './environment.ts';
import { Config } from './schema.ts';

/**
 * @param kept settings that were made on the spot and are in the unit's database, by dotted name: over the file's, under all others
 * @param overrides settings from the command line, by dotted name: { 'camera.url': '…' }
 * @throws Fault `file-missing`, `file-unreadable` or `config-invalid`, the last with one line for each wrong setting.
 */
export function loadConfig(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  overrides: Readonly<Record<string, string>> = {},
  kept: Readonly<Record<string, unknown>> = {},
): Config {
  const raw = readJson(file);
  for (const [name, value] of Object.entries(kept)) put(raw, name.split('.'), value);
  for (const [variable, name] of Object.entries(environmentNames)) {
    const value = environment[variable];
    if (value !== undefined && value !== '') put(raw, name.split('.'), value);
  }
  for (const [name, value] of Object.entries(overrides)) put(raw, name.split('.'), value);
  const read = Config.safeParse(raw);
  if (read.success) return together(read.data, file);
  const lines = read.error.issues.map((issue) => `  ${issue.path.join('.') || '(the whole)'}: ${issue.message}`);
  throw new Fault('config-invalid', `The settings in ${file} are not right:\n${lines.join('\n')}`);
}

/** A unit that was given its credential by hand has all of it. */
function together(config: Config, file: string): Config {
  if (config.token === undefined) return config;
  const lacks = (['unit', 'alias', 'planKey'] as const).filter((name) => config[name] === undefined);
  if (lacks.length === 0) return config;
  throw new Fault('config-invalid', `The settings in ${file} are not right:\n  ${lacks.join(', ')}: needed beside token`);
}

function readJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault(
      'file-missing',
      `The settings file ${file} cannot be read: ${whyNot(cause)}. It is named by --config FILE, else by NATTFRID_CONFIG.`,
      { cause },
    );
  }
  try {
    const raw: unknown = JSON.parse(text);
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Record<string, unknown>;
  } catch (cause) {
    throw new Fault('file-unreadable', `The settings file ${file} is not JSON.`, { cause });
  }
  throw new Fault('file-unreadable', `The settings file ${file} must hold one JSON object.`);
}

/** «ENOENT: no such file or directory», without the path, which is said already. */
const whyNot = (cause: unknown): string =>
  cause instanceof Error ? (cause.message.split(',')[0] ?? '') : String(cause);

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = target[head];
  const copy = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  target[head] = copy;
  put(copy as Record<string, unknown>, rest, value);
}
