/** `scripts/demo`: one night on one machine, with RTSP camera, unit, relay and console; a person falls, and an operator looks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes, printDuration, seconds } from '@nattfrid/shared/time/duration';
import { type Home, openHome } from '../test/stand-ins/home/home.ts';
import { type HomeOfNodes, openHomeOfNodes } from '../test/stand-ins/home/nodes.ts';
import { tryCamera } from '../test/stand-ins/home/own-camera.ts';
import type { LogLine } from '../test/stand-ins/home/program.ts';
import { roomOfScene } from '../test/stand-ins/home/room-of-scene.ts';
import { openSteps, StepFailed, type Steps } from '../test/stand-ins/home/steps.ts';
import { findChromium } from '../test/stand-ins/staff/chromium.ts';
import { signIn } from '../test/stand-ins/staff/desk-client.ts';
import { type HeadlessOperator, openOperator } from '../test/stand-ins/staff/operator.ts';
import { startTestCamera } from '../test/stand-ins/test-camera/server.ts';

const help = `Usage: scripts/demo [options]

Plays one night on this machine: a camera that speaks RTSP, a unit that watches, a relay, and the console.
Somebody falls; the alarm comes up; you, as the operator, take it, look, and give a verdict.
Prints the address and the log-ins. End it with Ctrl-C; nothing of it stays.

  --video FILE   plays this recording instead of our drawn night, then its last seconds again and again
  --camera URL   watches this camera of yours instead: rtsp://user:password@host/path, or rtsps://…
                 Its pictures stay in this machine's memory. What cannot be watched is refused in words
  --camera-user NAME, --camera-password WORD
                 the login, where it does not stand in the address; also NATTFRID_CAMERA_USER and NATTFRID_CAMERA_PASSWORD,
                 which other users of this machine cannot see
  --camera-certificate SHA256
                 the only certificate that is believed of an rtsps camera
  --nodes N      the relay as N nodes of its own (2 to 9) on PostgreSQL and NATS, which it starts on this machine's loopback; with --once
                 the node that holds the unit is killed in the middle of the look, and what was seen of it is said
  --once         a headless browser is the operator: prints each step with its time; exit 0, or 1 naming the step that failed
  --port N       port of the console (8080; with --once any that is free)
  --log          shows what the programs log
  --help`;

/** The drawn night, and the second from which it loops: the person stays on the floor until help comes. */
const night = { scene: 'night-fall.mp4', lyingAgainFrom: 34 };

/** Another recording loops its last second, so that a person on the floor stays there. */
const lastSecond = -1;
/** Wait for an alarm of another recording. */
const waitForAlarm = seconds(60);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      video: { type: 'string' },
      camera: { type: 'string' },
      'camera-user': { type: 'string' },
      'camera-password': { type: 'string' },
      'camera-certificate': { type: 'string' },
      nodes: { type: 'string' },
      once: { type: 'boolean', default: false },
      port: { type: 'string' },
      log: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const port = Number(values.port ?? (values.once ? 0 : 8080));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TypeError('--port takes a number from 0 to 65535');

  const many = Number(values.nodes ?? 1);
  if (values.nodes !== undefined && !(Number.isInteger(many) && many >= 2 && many <= 9))
    throw new TypeError('--nodes takes a number from 2 to 9');

  const given = whichPictures(values, process.env);
  await using stack = new AsyncDisposableStack();
  const own = given.type === 'own' ? await tryCamera(given, console.log) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-demo-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const camera = given.type === 'own' ? (own ?? given.url) : await play(given, stack);
  const settings = {
    folder,
    camera,
    ...(given.type === 'own' && given.certificate && { cameraSettings: { certificate: given.certificate } }),
    room: given.type === 'night' ? roomOfScene(night.scene) : unknownRoom,
    port,
    show: values.log ? printLine : values.once ? () => {} : tellStory,
  };
  if (values.nodes !== undefined) {
    const several = stack.use(await openHomeOfNodes(many, settings));
    for (const { name, address, program } of several.nodes)
      console.log(`  ${name}  ${address}  process ${program.pid}`);
    const isOurs = given.type === 'night';
    return values.once
      ? await once(several.home, (steps) => withNodes(several, folder, steps, isOurs))
      : await stay(several.home, given.type);
  }
  const home = stack.use(await openHome(settings));
  const isOurs = given.type === 'night';
  return values.once ? await once(home, (steps) => act(home, folder, steps, isOurs)) : await stay(home, given.type);
}

type Pictures =
  | { readonly type: 'night' | 'video'; readonly file: string }
  | {
      readonly type: 'own';
      readonly url: string;
      readonly user: string | undefined;
      readonly password: string | undefined;
      readonly certificate: string | undefined;
    };

/** @throws Fault `request-invalid` where the options contradict one another */
function whichPictures(
  values: Readonly<Record<string, string | boolean | undefined>>,
  environment: NodeJS.ProcessEnv,
): Pictures {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const [video, url] = [text('video'), text('camera')];
  if (url === undefined) {
    const vain = ['camera-user', 'camera-password', 'camera-certificate'].find((name) => text(name) !== undefined);
    if (vain) throw wrongArguments(`--${vain} goes with --camera URL`);
    if (video === undefined)
      return { type: 'night', file: fileURLToPath(new URL(`../fixtures/scenes/${night.scene}`, import.meta.url)) };
    return { type: 'video', file: resolve(environment['NATTFRID_CALLED_FROM'] ?? '.', video) };
  }
  if (video !== undefined)
    throw wrongArguments('--video plays a recording, --camera watches a camera: give one of them');
  return {
    type: 'own',
    url,
    user: text('camera-user') ?? environment['NATTFRID_CAMERA_USER'],
    password: text('camera-password') ?? environment['NATTFRID_CAMERA_PASSWORD'],
    certificate: text('camera-certificate'),
  };
}

const wrongArguments = (words: string) => new Fault('request-invalid', `${words}. See scripts/demo --help.`);

/** @returns the address of a camera that plays the file */
async function play({ type, file }: { type: 'night' | 'video'; file: string }, stack: AsyncDisposableStack) {
  const tailFromSeconds = type === 'video' ? lastSecond : night.lyingAgainFrom;
  const camera = stack.use(await startTestCamera({ file, port: 0, user: 'unit', password: 'night', tailFromSeconds }));
  console.log(`Playing ${basename(file)} through a camera at rtsp://127.0.0.1:${camera.port}/night`);
  return camera.url;
}

/** What will happen, for whoever watches the console. */
const stories: Readonly<Record<Pictures['type'], string>> = {
  night: 'In about 40 seconds somebody falls.',
  video: 'When somebody falls, an alarm comes up; a look is due now as well.',
  own: 'A look at your camera is due now. The room is learnt in about a minute; whoever then lies on the floor raises an alarm.',
};

/** Runs until a signal, or until a program ends. @returns the exit code */
async function stay(home: Home, type: Pictures['type']): Promise<number> {
  const [operator, coordinator] = home.logIns;
  console.log(`
  Console      ${home.address}
  Operator     ${operator.email}   ${operator.password}
  Coordinator  ${coordinator.email}   ${coordinator.password}

  ${stories[type]} Ctrl-C ends it.
`);
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'));
  });
  const how = await Promise.race([stopped, home.relay.ended.then(() => 'relay'), home.agent.ended.then(() => 'agent')]);
  if (how === 'stopped') return 0;
  console.error(
    `demo: the ${how} has ended by itself:\n${home[how === 'relay' ? 'relay' : 'agent'].lines.slice(-10).join('\n')}`,
  );
  return 1;
}

async function once(home: Home, play: (steps: Steps) => Promise<void>): Promise<number> {
  const steps = openSteps(console.log);
  try {
    await play(steps);
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`demo: this step failed: ${error.message}`);
    for (const name of ['agent', 'relay'] as const)
      console.error(`--- the ${name}'s last lines\n${home[name].lines.slice(-15).join('\n')}`);
    return 1;
  }
}

async function act(home: Home, folder: string, steps: Steps, isOurs: boolean): Promise<void> {
  await using operator = await look(home, home.address, folder, steps, isOurs);
  await operator.saysHelpNeeded();
  await steps.reach('verdict saved', seconds(30), verdictOf(home, home.address), (verdict) => verdict);
}

/** @param at address at which the operator is @returns the operator, who sees moving pictures */
async function look(home: Home, at: string, folder: string, steps: Steps, isOurs: boolean): Promise<HeadlessOperator> {
  const chromium = findChromium(process.env);
  if (!chromium)
    throw new StepFailed(
      'browser: no Chromium was found; install it (Debian: apt-get install chromium) or set NATTFRID_CHROMIUM',
    );
  const { agent } = home;
  const [logIn] = home.logIns;
  await steps.reach('camera connected', seconds(30), agent.said('Camera connected'));
  await steps.reach('plan taken by the unit', seconds(30), agent.said('Plan taken'));
  await using stack = new AsyncDisposableStack();
  const browser = openOperator(chromium, join(folder, 'browser'));
  const operator = stack.use(await steps.reach('browser started', seconds(60), browser));
  await steps.reach('operator signed in', seconds(60), operator.signIn(at, logIn.email, logIn.password));
  if (await somebodyFalls(home, steps, isOurs)) {
    await steps.reach('alarm shown', seconds(30), operator.seesAlarm('fall'));
    await steps.reach('alarm taken', seconds(30), operator.takesAlarm());
    await steps.reach('look opened', seconds(30), operator.opensLook());
  } else await steps.reach('agreed look opened, without an alarm', seconds(30), operator.opensDueLook());
  await steps.reach('first picture', seconds(30), operator.seesPictures(1));
  await steps.reach('moving pictures', seconds(60), operator.seesPictures(20), (many) => `${many} drawn`);
  stack.move();
  return operator;
}

/** Unit, operator and main node each at another; the node that holds the unit is killed while the operator looks. */
async function withNodes(several: HomeOfNodes, folder: string, steps: Steps, isOurs: boolean): Promise<void> {
  const { home, nodes } = several;
  const at = nodes.at(-1)?.address ?? home.address;
  await using operator = await look(home, at, folder, steps, isOurs);
  const before = await several.whereUnitIs();
  const drawn = await operator.seesPictures(1);
  console.log(`             killing ${before.name}, which holds the unit (process ${before.program.pid}, SIGKILL)`);
  before.program.kill('SIGKILL');
  await before.program.ended;
  const killedAt = elapsed();
  // Some that were on their way may still be drawn.
  await steps.reach('look live again', seconds(5), operator.seesPictures(drawn + 15), () => {
    const after = printDuration(milliseconds(elapsed() - killedAt));
    return `${after} after the node was gone`;
  });
  await steps.reach('unit is at another node', seconds(10), several.whereUnitIs(), ({ name }) => name);
  const [logIn] = home.logIns;
  const alarms = async () => (await (await signIn(at, logIn)).call('desk', {}, {})).alarms;
  await steps.reach('no alarm is lost, and none is there twice', seconds(10), alarms(), (found) => {
    const ids = found.map(({ alarm }) => alarm);
    if (new Set(ids).size !== ids.length || (isOurs && ids.length === 0)) throw new Error(`${ids.length} on the desk`);
    return `${ids.length} on the desk`;
  });
  await operator.saysHelpNeeded();
  await steps.reach('verdict saved', seconds(30), verdictOf(home, at), (verdict) => verdict);
}

/** The drawn night must end in an alarm; another recording may not, and then the due look is opened. @returns whether there is an alarm */
async function somebodyFalls({ agent }: Home, steps: Steps, isOurs: boolean): Promise<boolean> {
  const raised = agent.said('Alarm raised');
  const say = (line: LogLine) => `${line['kind']} (${line['evidence']})`;
  if (isOurs) {
    await steps.reach('room learnt', minutes(2), agent.said('Room learnt'));
    await steps.reach('alarm raised', minutes(3), raised, say);
    return true;
  }
  const waited = await Promise.race([raised, systemClock.sleep(waitForAlarm)]);
  if (waited?.['kind'] !== 'fall') return false;
  await steps.reach('alarm raised', seconds(1), raised, say);
  return true;
}

/** Read from the relay, as the browser may show a verdict before it is saved. */
async function verdictOf({ logIns: [logIn] }: Home, at: string): Promise<string> {
  const desk = await signIn(at, logIn);
  for (;;) {
    const { alarms, looks } = await desk.call('desk', {}, {});
    const given = [...alarms, ...looks].find((one) => one.verdict !== undefined);
    if (given?.verdict) return given.verdict;
    await systemClock.sleep(milliseconds(200));
  }
}

function tellStory(program: string, line: LogLine): void {
  const told = [
    'Camera connected',
    'Camera lost',
    'Plan taken',
    'Room learnt',
    'Alarm raised',
    'Alarm ended',
    'Look opened',
    'Look refused',
    'Look ended',
  ];
  if (program !== 'agent' || !told.includes(line.sentence)) return;
  const more = [line['kind'], line['evidence'], line['what'], line['words']].filter(Boolean).join(', ');
  console.log(`  ${line.sentence}${more ? `: ${more}` : ''}`);
}

const printLine = (program: string, line: LogLine) => console.log(`  ${program}: ${JSON.stringify(line)}`);

try {
  process.exitCode = await main();
} catch (error) {
  const fault = asFault(error);
  console.error(`demo: ${fault.message}`);
  const usage = fault.code === 'request-invalid' || fault.code === 'config-invalid';
  process.exitCode = usage || (error instanceof TypeError && 'code' in error) ? 2 : 1;
}
