/** `npm run camera`: what a technician and a developer ask of cameras before a unit watches them. */

import { checkCommand } from '@nattfrid/agent/technician/check-command';
import { type CameraCommand, exits } from '@nattfrid/agent/technician/command';
import { darkCommand } from '@nattfrid/agent/technician/dark-command';
import { findCommand } from '@nattfrid/agent/technician/find-command';
import { recordCommand } from '@nattfrid/agent/technician/record-command';
import { setCommand } from '@nattfrid/agent/technician/set-command';
import { asFault } from '@nattfrid/shared/fault/fault';
import { lineOf } from '../test/stand-ins/test-camera/manners/recorded/line-of.ts';

/** One line each. */
const commands: Readonly<Record<string, CameraCommand>> = {
  find: findCommand,
  check: checkCommand,
  set: setCommand,
  dark: darkCommand,
  'record-manners': recordCommand(lineOf),
};

const help = `Usage: npm run camera -- COMMAND [options]

${Object.values(commands)
  .map(({ usage, does }) => `  ${usage.padEnd(28)} ${does}`)
  .join('\n')}

npm run camera -- COMMAND --help says more. No command shows, sends or keeps a picture.

Exit: ${exits.well} all is well; ${exits.toSet} something is to be set; ${exits.wrongArguments} wrong arguments; ${exits.refused} the camera refused, or did not answer.`;

/** Written over on a terminal, and left out where nobody sees it. */
const progress = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};
const print = (text: string) => {
  progress('');
  console.log(text);
};

async function main(given: readonly string[]): Promise<number> {
  const [name, ...args] = given;
  const asksHelp = (one: string | undefined) => one === '--help' || one === '-h';
  if (name === undefined || asksHelp(name)) {
    console.log(help);
    return name === undefined ? exits.wrongArguments : exits.well;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    console.error(`camera: there is no command «${name}». See: npm run camera -- --help`);
    return exits.wrongArguments;
  }
  if (args.some(asksHelp)) {
    console.log(command.help);
    return exits.well;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return command.run(args, { print, progress, environment: process.env, signal: stop.signal });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const fault = asFault(error);
  progress('');
  console.error(`camera: ${fault.message}`);
  const wrong = fault.code === 'request-invalid' || fault.code === 'config-invalid';
  process.exitCode = wrong || (error instanceof TypeError && 'code' in error) ? exits.wrongArguments : exits.refused;
}
