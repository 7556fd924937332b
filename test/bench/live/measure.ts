/** The measuring program: runs with relay and browser in the staff's network namespace, opens looks over each link, prints what was read back. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { elapsed } from '@nattfrid/shared/time/clock';
import { openProgress } from '@nattfrid/simulator/progress';
import { openConsole } from './console-player.ts';
import { disturbance } from './disturbance.ts';
import { parts } from './link-parts.ts';
import { headLine } from './measured.ts';
import { homeAddress, staffAddress } from './network.ts';
import { servePages } from './page-player.ts';
import { ping } from './ping.ts';
import { openLine, type Profile, profiles } from './profile.ts';
import { remoteNetwork } from './remote-network.ts';
import { spread } from './sample.ts';
import { openBrowser } from './screen.ts';
import { telling } from './telling-player.ts';
import type { Task, Trial } from './trial.ts';
import { openTrialHome } from './trial-home.ts';

/** Milliseconds. A busy machine takes longer than the usual quarter of an hour; parts that are due after this are skipped. */
const mostTime = 1_500_000;

async function measure(task: Task): Promise<void> {
  await using stack = new AsyncDisposableStack();
  // Whoever has started us ends us, or is gone: nothing of what we have started stays.
  const leave = () => void stack.disposeAsync().finally(() => process.exit(1));
  process.once('SIGTERM', leave);
  process.once('disconnect', leave);
  const progress = stack.use(openProgress());
  progress.report('starting relay, unit, camera and browser');
  const network = stack.use(remoteNetwork());
  await network.shape(openLine);
  const home = stack.use(await openTrialHome(task));
  const browser = stack.adopt(await openBrowser(task.chromium), (one) => one.close());
  const pages = stack.use(await servePages(staffAddress));
  const ours = telling(await openConsole(browser, home.home.address, home.home.logIns[0]), home);
  const trial = { home, network, browser, pages, ours, task };
  progress.clear();
  console.log(
    'camera and unit in one network namespace, relay and Chromium in another, our forwarder between them; TLS, TCP with cubic;\n' +
      `each figure: median, 95th percentile, (how many); OVER: above what is aimed at\n`,
  );
  const chosen = profiles.filter(({ name }) => task.only.length === 0 || task.only.includes(name));
  const count = chosen.length * Object.keys(parts).length;
  let done = 0;
  for (const profile of chosen) {
    await measureProfile(trial, profile, (doing) => progress.report(doing, done++ / count), progress.clear);
  }
}

async function measureProfile(
  trial: Trial,
  profile: Profile,
  report: (doing: string) => void,
  clear: () => void,
): Promise<void> {
  const { network, home } = trial;
  const disturbed = disturbance();
  await network.shape(profile.shape);
  const { sent, lost, times } = await ping(homeAddress, home.echoPort, 100);
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
    report(`${profile.name}: ${name}`);
    try {
      const lines = await work(trial, profile);
      clear();
      for (const line of lines) console.log(`  ${line}`);
    } catch (error) {
      clear();
      const why = asFault(error).message.replaceAll(/\s+/g, ' ').slice(0, 300);
      console.log(`  ${name}: NOT MEASURED: ${why}`);
      process.exitCode = 1;
    }
  }
  console.log(`  ${disturbed()}\n`);
}

try {
  await measure(JSON.parse(process.argv[2] ?? '{}') as Task);
} catch (error) {
  console.error(`live: ${asFault(error).message}`);
  process.exitCode = 1;
}
