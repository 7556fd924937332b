/** The command line of `npm run score`, checked. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Light, lights } from './condition.ts';
import { type Parting, partings } from './leave-out.ts';

export interface Asked {
  readonly folder: string;
  readonly lights: readonly Light[];
  readonly only: RegExp;
  readonly atOnce: number;
  readonly json: boolean;
  readonly vary: boolean;
  readonly leaveOut: readonly Parting[];
  readonly curve: string | undefined;
  readonly gate: string | undefined;
  readonly figures: string | undefined;
  readonly doc: string | undefined;
  readonly recordInto: string | undefined;
}

export const fixtures = 'fixtures/observations';

/** @returns undefined for --help @throws Fault `request-invalid` */
export function readArguments(args: readonly string[]): Asked | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new Fault('request-invalid', 'Exactly one folder is needed. See --help.');
  const chosen = lights.filter((light) => light !== 'clear' && values[light]);
  if (chosen.length > 1)
    throw new Fault('request-invalid', 'Either --grey or --night, or --all-lights for all in one run.');
  if (values.curve !== undefined && !values.curve.endsWith('.svg'))
    throw new Fault('request-invalid', `--curve draws an .svg file, not «${values.curve}».`);
  const recording = values['record-fixtures'];
  if (recording && (values.vary || values.only !== ''))
    throw new Fault('request-invalid', '--record-fixtures takes all clips: without --only or --vary.');
  const all = values['all-lights'] || (recording && chosen.length === 0);
  return {
    folder,
    lights: all ? lights : chosen.length > 0 ? chosen : ['clear'],
    only: pattern(values.only),
    atOnce: count(values['at-once']),
    json: values.json,
    vary: values.vary,
    leaveOut: partingsOf(values['leave-out']),
    curve: values.curve,
    gate: values.gate,
    figures: values.figures,
    doc: values.doc,
    recordInto: recording ? values.into : undefined,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      grey: flag,
      night: flag,
      'all-lights': flag,
      vary: flag,
      only: { type: 'string', default: '' },
      'at-once': { type: 'string' },
      'leave-out': { type: 'string', multiple: true, default: [] },
      curve: { type: 'string' },
      gate: { type: 'string' },
      figures: { type: 'string' },
      doc: { type: 'string' },
      'record-fixtures': flag,
      into: { type: 'string', default: fixtures },
      json: flag,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function partingsOf(asked: readonly string[]): readonly Parting[] {
  const known = (name: string): Parting => {
    const parting = partings.find((one) => one === name);
    if (parting) return parting;
    throw new Fault('request-invalid', `--leave-out takes ${partings.join(' or ')}, not «${name}».`);
  };
  return [...new Set(asked.map(known))];
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (cause) {
    throw new Fault('request-invalid', `--only takes a regular expression, not «${text}».`, { cause });
  }
}

function count(text: string | undefined): number {
  const atOnce = Number(text ?? Math.min(availableParallelism(), 4));
  if (!Number.isInteger(atOnce) || atOnce < 1)
    throw new Fault('request-invalid', `--at-once takes a whole number, not «${text}».`);
  return atOnce;
}
