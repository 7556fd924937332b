/** The measuring program: stands in the staff's end of the net with the relay and the browser, opens looks over each link, prints what was read back. */
import { availableParallelism, loadavg } from 'node:os';
import { asFault } from '@nattfrid/shared/fault/fault';
import { elapsed } from '@nattfrid/shared/time/clock';
import type { Browser } from 'playwright-core';
import { consoleWithout, openConsole, type Player } from './console-player.ts';
import { startHomeProgram } from './home-program.ts';
import { type Cost, headLine, type Measured, measuredLine, seconds } from './measured.ts';
import { homeAddress, staffAddress } from './network.ts';
import { openPagePlayer, type Pages, servePages } from './page-player.ts';
import { ping } from './ping.ts';
import { secondsOfMachine, secondsOfTree } from './process-tree-time.ts';
import { openLine, type Profile, profiles } from './profile.ts';
import { type RemoteNetwork, remoteNetwork } from './remote-network.ts';
import { agesByStamp, agesOf, type Drawn, firstAfter, type Opening, recovery, spread, yesAfter } from './sample.ts';
import { openBrowser, wait } from './screen.ts';
import { openTrialHome, type TrialHome } from './trial-home.ts';

export interface Task {
  readonly only: readonly string[];
  readonly openings: number;
  readonly clip: string;
  readonly certificate: string;
  readonly key: string;
  readonly folder: string;
  readonly chromium: string;
  /** What runs a program in the home's end. */
  readonly inHome: readonly string[];
}

/** Everything that one link is measured with. */
interface Bench {
  readonly trial: TrialHome;
  readonly network: RemoteNetwork;
  readonly browser: Browser;
  readonly pages: Pages;
  readonly ours: Player;
  readonly task: Task;
}

/** Milliseconds: a short look, and the long one of which the cost is counted, after the rate has settled. */
const [short, settling, long] = [1500, 2500, 10_000];

/** Milliseconds: on a machine that is busy with other things a trial takes longer than its quarter of an hour; what is left by then is left out. */
const mostTime = 1_500_000;

const say = (line: string) => console.error(`… ${line}`);

async function measure(task: Task): Promise<void> {
  await using stack = new AsyncDisposableStack();
  // Whoever has started us ends us, or is gone: nothing of what we have started stays.
  const leave = () => void stack.disposeAsync().finally(() => process.exit(1));
  process.once('SIGTERM', leave);
  process.once('disconnect', leave);
  const network = stack.use(remoteNetwork());
  await network.shape(openLine);
  const trial = stack.use(await openTrialHome(task));
  const browser = stack.adopt(await openBrowser(task.chromium), (one) => one.close());
  const pages = stack.use(await servePages(staffAddress));
  const ours = telling(await openConsole(browser, trial.home.address, trial.home.logIns[0]), trial);
  const bench = { trial, network, browser, pages, ours, task };
  console.log(
    'camera and unit in one network namespace, relay and Chromium in another, our forwarder between them; TLS, TCP with cubic;\n' +
      `each figure: median, 95th percentile, (how many); OVER: above what is aimed at\n`,
  );
  for (const profile of profiles.filter(({ name }) => task.only.length === 0 || task.only.includes(name))) {
    say(profile.name);
    await measureProfile(bench, profile);
  }
}

async function measureProfile(bench: Bench, profile: Profile): Promise<void> {
  const { network, trial } = bench;
  const disturbed = disturbance();
  await network.shape(profile.shape);
  const { sent, lost, times } = await ping(homeAddress, trial.echoPort, 100);
  const round = spread(times);
  const asked = round
    ? `${Math.min(...times).toFixed(1)}, ${round.median.toFixed(1)}, ${round.p95.toFixed(1)} ms`
    : 'nothing came back';
  console.log(`${profile.name}: ${profile.words}`);
  console.log(`  asked of the link itself: there and back ${asked} (least, median, 95 %), ${lost} of ${sent} lost`);
  console.log(`  ${headLine()}`);
  for (const [name, work] of Object.entries(parts)) {
    if (elapsed() > mostTime) {
      console.log(`  ${name}: not measured, there was no time left`);
      continue;
    }
    say(`${profile.name}: ${name}`);
    try {
      for (const line of await work(bench, profile)) console.log(`  ${line}`);
    } catch (error) {
      const why = asFault(error).message.replaceAll(/\s+/g, ' ').slice(0, 300);
      console.log(`  ${name}: NOT MEASURED: ${why}`);
      process.exitCode = 1;
    }
  }
  console.log(`  ${disturbed()}\n`);
}

type Part = (bench: Bench, profile: Profile) => Promise<readonly string[]>;

const parts: Readonly<Record<string, Part>> = {
  async 'ours, the unit watches'(bench, profile) {
    const { trial, ours, task } = bench;
    await overOpenLine(bench, profile, () => trial.agree({ mode: 'clear', watch: 'always' }));
    const looks = await openLooks(bench, ours, trial.home.agent.pid, task.openings, trial.home.relay.pid);
    return [measuredLine(withCode('ours, clear, unit watches', looks, bench, profile.aims))];
  },
  async 'the outage'(bench, { outage }) {
    if (outage === undefined) return [];
    const { ours, trial, network } = bench;
    const lines: string[] = [];
    for (let round = 0; round < 3; round++) {
      let returnedAt = 0;
      const look = await ours.look(0, async () => {
        await wait(2500);
        await network.outage(true);
        await wait(outage);
        returnedAt = (await network.outage(false)).at;
        await wait(5000);
      });
      if (!look) lines.push('no picture at all');
      else {
        const { liveAfter, old, backwards } = recovery(look.drawn, returnedAt, trial.filmBegan);
        lines.push(
          `${liveAfter === undefined ? 'NOT within 5' : seconds(liveAfter)} s (${old} old, ${backwards} out of order)`,
        );
      }
    }
    return [`ours, ${outage / 1000} s without a link: live again after ${lines.join(', ')}`];
  },
  async 'ours, silhouette'(bench, profile) {
    const { trial, ours, task } = bench;
    await overOpenLine(bench, profile, async () => {
      await trial.agree({ mode: 'silhouette', watch: 'always' });
      await trial.hideCode(true);
    });
    await ours.screen.watchStamp(true);
    try {
      const looks = await openLooks(
        bench,
        ours,
        trial.home.agent.pid,
        Math.min(6, task.openings),
        trial.home.relay.pid,
      );
      const ages = looks.openings.flatMap((one) => agesByStamp(one.drawn));
      const measured = { ...withCode('ours, silhouette, unit watches', looks, bench, profile.aims), ages, unread: 0 };
      return [measuredLine({ ...measured, remark: `age by the drawn seconds, ± 0.05 s; ${measured.remark ?? ''}` })];
    } finally {
      await ours.screen.watchStamp(false);
      await overOpenLine(bench, profile, () => trial.hideCode(false));
    }
  },
  async 'ours, camera connected first'(bench, profile) {
    const { trial, ours, task } = bench;
    await overOpenLine(bench, profile, () => trial.agree({ mode: 'clear', watch: 'looks-only' }));
    const looks = await openShortLooks(ours, task.openings);
    const aims = { first: profile.aims.firstWithCamera };
    return [measuredLine(withCode('ours, clear, camera connected first', looks, bench, aims))];
  },
  async 'ours, without WebCodecs'(bench, profile) {
    if (profile.outage === undefined) return [];
    const { trial, ours, task } = bench;
    await overOpenLine(bench, profile, () => trial.agree({ mode: 'clear', watch: 'always' }));
    const way = await consoleWithout(ours, 'VideoDecoder');
    try {
      const looks = await openLooks(bench, telling(way, trial), trial.home.agent.pid, Math.min(5, task.openings));
      return [measuredLine(withCode('ours, clear, no WebCodecs', looks, bench, profile.aims))];
    } finally {
      // The last of our own: later pages of this browser would lack it too.
      await way.screen.page.close();
    }
  },
  // From here on our unit rests: the plan has it watch during looks only.
  JSMpeg: (bench) => other(bench, 'JSMpeg as in node-rtsp-stream', 'jsmpeg-home.ts', '/jsmpeg.html'),
  WebRTC: (bench) => other(bench, 'WebRTC, VP8 by libwebrtc', 'webrtc-home.ts', '/webrtc.html'),
};

/** Straight from the home to the viewer: no relay, no seal, nothing anonymised, no perception; their figures flatter them. */
async function other(bench: Bench, name: string, program: string, page: string): Promise<readonly string[]> {
  const { task, trial, pages, browser } = bench;
  await using helper = startHomeProgram(task.inHome, program, [trial.camera, homeAddress]);
  const { url } = (await helper.next()) as { url: string };
  const way = await openPagePlayer(browser, pages, page, url);
  try {
    const looks = await openLooks(bench, way, helper.pid, Math.min(5, task.openings));
    return [measuredLine(withCode(name, looks, bench, {}))];
  } finally {
    await way.screen.page.context().close();
  }
}

/** Says why there may have been no picture: a figure that is missing is a fault, here or in the unit. */
function telling(way: Player, { home }: TrialHome): Player {
  return {
    ...way,
    async look(watch, during) {
      const opening = await way.look(watch, during);
      if (!opening)
        say(`no picture came in ten seconds; the unit said last:\n${home.agent.lines.slice(-5).join('\n')}`);
      return opening;
    },
  };
}

interface Looks {
  readonly openings: readonly Opening[];
  readonly failed: number;
  readonly cost?: Cost;
}

/** So many short ones, and a long one in which is counted what it costs. */
async function openLooks(bench: Bench, way: Player, unit: number, many: number, relay?: number): Promise<Looks> {
  const before = await openShortLooks(way, many - 1);
  let counted: { readonly from: Mark; readonly to: Mark } | undefined;
  const last = await way.look(0, async () => {
    await wait(settling);
    const from = await mark(bench.network, unit, relay);
    await wait(long);
    counted = { from, to: await mark(bench.network, unit, relay) };
  });
  return {
    openings: last ? [...before.openings, last] : before.openings,
    failed: before.failed + (last ? 0 : 1),
    ...(last && counted ? { cost: costOf(counted.from, counted.to, last.drawn) } : {}),
  };
}

async function openShortLooks(way: Player, many: number): Promise<Looks> {
  const openings: Opening[] = [];
  for (let number = 0; number < many; number++) {
    const opening = await way.look(short);
    if (opening) openings.push(opening);
    await wait(300);
  }
  return { openings, failed: many - openings.length };
}

interface Mark {
  readonly at: number;
  readonly bytes: number;
  readonly unit: number;
  readonly relay: number | undefined;
}

async function mark(network: RemoteNetwork, unit: number, relay: number | undefined): Promise<Mark> {
  const { at, up } = await network.count();
  return {
    at,
    bytes: up.bytes,
    unit: secondsOfTree(unit),
    relay: relay === undefined ? undefined : secondsOfTree(relay),
  };
}

function costOf(from: Mark, to: Mark, drawn: readonly Drawn[]): Cost {
  const time = to.at - from.at;
  return {
    kbits: (8 * (to.bytes - from.bytes)) / time,
    perSecond: (1000 * drawn.filter(({ at }) => at >= from.at && at < to.at).length) / time,
    unit: (100_000 * (to.unit - from.unit)) / time,
    relay: to.relay === undefined ? undefined : (100_000 * (to.relay - (from.relay ?? 0))) / time,
  };
}

function withCode(name: string, { openings, failed, cost }: Looks, { trial }: Bench, aims: Measured['aims']): Measured {
  const drawn = openings.flatMap((one) => one.drawn);
  const yes = spread(openings.map((one) => yesAfter(one, trial.yeses)).filter((one) => one !== undefined));
  return {
    ...(yes ? { remark: `the unit's yes after ${seconds(yes.median)}` } : {}),
    name,
    firsts: openings.map(firstAfter).filter((one) => one !== undefined),
    failed,
    ages: agesOf(drawn, trial.filmBegan),
    unread: drawn.filter(({ code }) => code < 0).length,
    ...(cost ? { cost } : {}),
    aims,
  };
}

/** What is no part of a look is told to the unit before the link is made what it is to be. */
async function overOpenLine({ network }: Bench, { shape }: Profile, work: () => Promise<void>): Promise<void> {
  await network.shape(openLine);
  await work();
  await network.shape(shape);
}

/** What others take from this machine meanwhile disturbs every figure. @returns tells their share of all cores since it was opened */
function disturbance(): () => string {
  // The parent has started the forwarder and us; all else is children of ours.
  const [machine, own, at] = [secondsOfMachine(), secondsOfTree(process.ppid), elapsed()];
  return () => {
    const others = secondsOfMachine() - machine - (secondsOfTree(process.ppid) - own);
    const share = (100_000 * others) / (elapsed() - at) / availableParallelism();
    return `${Math.max(0, share).toFixed(0)} % of the machine was taken by other programs, load ${loadavg()[0]?.toFixed(1)}`;
  };
}

try {
  await measure(JSON.parse(process.argv[2] ?? '{}') as Task);
} catch (error) {
  console.error(`live: ${asFault(error).message}`);
  process.exitCode = 1;
}
