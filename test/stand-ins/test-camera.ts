/** Command that plays a recording as a network camera does. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { asFault } from '@nattfrid/shared/fault/fault';
import { faultKinds, isFaultKind } from './test-camera/faults.ts';
import { startTestCamera } from './test-camera/server.ts';

const help = `Plays a recording as a network camera: RTSP over TCP, H.264, in a loop.

  ./node_modules/.bin/node test/stand-ins/test-camera.ts FILE [options]

  --port N        port to listen on (8554)
  --host ADDRESS  address to listen on (127.0.0.1: this machine only)
  --user U        ask for this user name, by Digest
  --password P    and for this password
  --basic         ask by Basic instead
  --once          play once, then hang up and end
  --fault KIND    begin with a fault

While it runs, a line with the name of a fault switches it on, «well» switches it off:
${Object.entries(faultKinds)
  .map(([kind, words]) => `  ${kind.padEnd(15)} ${words}`)
  .join('\n')}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '8554' },
    host: { type: 'string', default: '127.0.0.1' },
    user: { type: 'string' },
    password: { type: 'string' },
    basic: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    fault: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [file] = positionals;
if (values.help || !file) {
  console.log(help);
  process.exit(values.help ? 0 : 2);
}

try {
  await using camera = await startTestCamera({
    file,
    port: Number(values.port),
    host: values.host,
    ...(values.user !== undefined && { user: values.user, password: values.password ?? '' }),
    ...(values.basic && { scheme: 'basic' as const }),
    loop: !values.once,
  });
  const obey = (line: string) => {
    if (line === 'well') camera.fault(undefined);
    else if (isFaultKind(line)) camera.fault(line);
    else return console.log(`No such fault: ${line}. There are: ${Object.keys(faultKinds).join(', ')}, well.`);
    console.log(`The camera is now: ${line}.`);
  };
  if (values.fault) obey(values.fault);
  createInterface({ input: process.stdin }).on('line', (line) => obey(line.trim()));
  console.log(`A camera plays ${file} at rtsp://${values.host}:${camera.port}/night. End it with Ctrl-C.`);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await Promise.race([camera.ended, stopped]);
  process.stdin.destroy();
} catch (error) {
  console.error(asFault(error).message);
  process.exitCode = 2;
}
