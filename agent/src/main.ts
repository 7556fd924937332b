/** The agent's process: arguments, signals and exit codes; nothing else. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { forbidCoreDumps } from '@nattfrid/shared/process/no-core-dump';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { systemClock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describeSettings } from './config/describe.ts';
import { loadConfig } from './config/load.ts';
import { haltCommands, haltHere } from './halt/halt-command.ts';
import { openLog } from './log.ts';
import { type Checked, checkAccessLog } from './look/check-access-log.ts';
import { forgetConsoles } from './look/forget-consoles.ts';
import { openSwap } from './open-swap.ts';
import { type LabelForm, printLabel } from './pairing/label-command.ts';
import { wipeUnit } from './pairing/wipe.ts';
import { type ReadSettings, runUnit } from './run-unit.ts';
import { unitKeyOf } from './store/unit-key.ts';
import { systemPower } from './trust/power.ts';
import { version } from './version.ts';

const help =
  (): string => `Usage: nattfrid-agent [run|label|wipe|public-key|fingerprint|stop|pause|resume|forget-consoles|check-log [LINE:HASH]] [--config FILE] [--set NAME=VALUE]…

  run          waits to be paired where it has not been; then watches, decides, and shows when the plan allows (default)
  label        prints what stands on the box, making it at the first call: the address as a QR code, the short code, the fingerprint.
               --json all of it; --svg the QR code alone; --stock what «nattfrid-relay add-stock» is given, which has no secret in it
  wipe         erases keys, plan, room and everything of this home, and prints a certificate of it, signed by the unit. What the label
               says stays, unless --with-label: the unit then makes itself another name, key and secret, and needs another label
  public-key   prints this unit's public key, making the pair at the first call; for pairing and for the plan (unitKey)
  fingerprint  prints it in figures: for the label, to be compared with the unit's card on the console
  stop         at the unit, without any network: nothing is watched and nothing shown from now on; no plan and no relay can change that
  pause --until TIME
               the same until then (such as 2026-12-01T07:00+01:00; at most 14 days ahead)
  resume       takes back a stop or a pause that was said here; never one of the municipality's, nor the privacy switch
  forget-consoles
               forgets by which console each operator was first seen; written in the unit's access log
  check-log    checks the chain of the unit's access log, and names the first line that does not fit; whether its end was cut off, by
               the head beside it, and by LINE:HASH that the relay's audit log has of it (unit-log-head)

  --config FILE      the unit's settings, as JSON (NATTFRID_CONFIG; default ${usualConfig})
  --set NAME=VALUE   one setting in place of the file's, where its value is text, such as camera.url=rtsp://…
  --until TIME       of pause
  --help, --version

Settings, from the file < the environment < --set:
${describeSettings()}

Exit: 0 stopped when asked to, or done; 75 to be started again, as a technician or an update wants; 1 could not start or go on, or a log that is not whole; 2 wrong arguments or settings, or
another agent over the same folder.`;

const usualConfig = '/etc/nattfrid/unit.json';
const commands: readonly string[] = [
  'run',
  'public-key',
  'fingerprint',
  'label',
  'wipe',
  ...haltCommands,
  'forget-consoles',
  'check-log',
];

/** As sysexits.h has it for what may be tried again: the service manager starts it anew. */
const startAgain = 75;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: process.env['NATTFRID_CONFIG'] ?? usualConfig },
      until: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
      json: { type: 'boolean' },
      stock: { type: 'boolean' },
      svg: { type: 'boolean' },
      'with-label': { type: 'boolean' },
    },
  });
  if (values.help) return print(help());
  if (values.version) return print(version);
  const command = positionals[0] ?? 'run';
  if (positionals.length > (command === 'check-log' ? 2 : 1) || !commands.includes(command))
    throw new Fault('request-invalid', `There is no command «${positionals.join(' ')}». See --help.`);
  const read: ReadSettings = (kept) => loadConfig(values.config, process.env, overrides(values.set), kept);
  const config = read({});
  if (command === 'label') return print(await printLabel(config.data, config.relay, labelForm(values)));
  if (command === 'wipe')
    return print(
      JSON.stringify(
        await wipeUnit(config.data, systemClock, values['with-label'] ? 'label' : 'home', config.board.forget),
      ),
    );
  if (command === 'public-key') return print(toBase64Url(await unitKeyOf(config.data)));
  if (command === 'fingerprint') return print(await fingerprint(await unitKeyOf(config.data)));
  const halt = haltCommands.find((one) => one === command);
  if (halt) return print(haltHere(config.data, halt, values.until, systemClock.now()));
  if (command === 'forget-consoles')
    return print(`${forgetConsoles(config.data, systemClock.now())} consoles forgotten.`);
  if (command === 'check-log') return checkLog(config.data, positionals[1]);

  const log = openLog(config.logLevel);
  const forbidden = forbidCoreDumps();
  if (!forbidden.limit && !forbidden.filter)
    log.warn('Core dumps cannot be forbidden here: start the unit with LimitCORE=0.');
  const swap = openSwap();
  if (swap.length > 0)
    log.warn('Memory may be swapped to a disk that is not encrypted: switch that swap off.', { swap: swap.join(' ') });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const outside = { clock: systemClock, log, random: Math.random, newId: randomUUID, version, power: systemPower };
  const ended = await runUnit(read, { ...outside, environment: process.env }, stop.signal);
  return ended === 'restart' ? startAgain : 0;
}

function checkLog(data: string, told: string | undefined): number {
  const [, line, hash = ''] = told === undefined ? [] : (/^(\d{1,15}):([\w-]{0,64})$/.exec(told) ?? []);
  if (told !== undefined && line === undefined)
    throw new Fault('request-invalid', `A head is LINE:HASH, as the relay's audit log has it, not «${told}».`);
  const checked = checkAccessLog(data, line === undefined ? undefined : { line: Number(line), hash });
  print(wordsOf(checked));
  return checked.type === 'whole' ? 0 : 1;
}

function wordsOf(checked: Checked): string {
  switch (checked.type) {
    case 'whole':
      return `The access log is whole: ${checked.lines} lines.${checked.compared ? '' : ' There is no head to compare its end with.'}`;
    case 'broken':
      return `The access log is broken: line ${checked.number} (${checked.at}, ${checked.what}) is the first that does not fit.`;
    case 'cut-off':
      return `The access log is cut off after line ${checked.last}: it had ${checked.had}.`;
    case 'made-anew':
      return `The access log was made anew: line ${checked.number} is another one than it was.`;
  }
}

function overrides(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const split = one.indexOf('=');
      if (split < 1) throw new Fault('request-invalid', `--set takes NAME=VALUE, not «${one}».`);
      return [one.slice(0, split), one.slice(split + 1)];
    }),
  );
}

const labelForm = (asked: { json?: boolean; stock?: boolean; svg?: boolean }): LabelForm =>
  asked.json ? 'json' : asked.stock ? 'stock' : asked.svg ? 'svg' : 'words';

function print(text: string): number {
  console.log(text);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const fault = asFault(error);
  console.error(`nattfrid-agent: ${fault.message}`);
  const usage =
    fault.code === 'config-invalid' ||
    fault.code === 'request-invalid' ||
    fault.code === 'data-in-use' ||
    fault.code.startsWith('file-');
  process.exitCode = usage || (error instanceof TypeError && 'code' in error) ? 2 : 1;
}
