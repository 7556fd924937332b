/** Prints how many looks one relay process passes at once before a picture is older than a second at the viewer's end. */
import { cpus } from 'node:os';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { openProgress } from '@nattfrid/simulator/progress';
import { type DeskClient, signIn } from '@nattfrid/stand-ins/staff/desk-client';
import { type BenchProcess, startProcess } from './bench-process.ts';
import type { FromHomes, FromRelay, FromScreens, ToHomes, ToRelay, ToScreens, Watched } from './relay/messages.ts';

const levels = [50, 100, 200, 400, 700, 1000, 1300, 1600];
/** Settling time after the last look of a level is open, and time of measurement. */
const settles = seconds(2);
const counts = seconds(5);
/** No level begins after this. */
const longest = seconds(95);
const operators = 10;
/** Looks opened in parallel, as when windows of many plans begin. */
const atOnce = 10;
const tooOld = 1000;

/** @param most looks at once; the levels below it are tried first */
export async function benchRelay(most: number): Promise<void> {
  const tried = [...levels.filter((level) => level < most), most];
  using relay = startProcess<ToRelay, FromRelay>('relay/relay-process.ts', [String(most), String(operators)]);
  using homes = startProcess<ToHomes, FromHomes>('relay/homes.ts');
  using screens = startProcess<ToScreens, FromScreens>('relay/screens.ts');
  using progress = openProgress();
  progress.report('starting relay, units and viewers');
  const began = elapsed();
  const site = await relay.hear('open');
  const { address } = site;
  const desks: DeskClient[] = [];
  for (const logIn of site.operators) desks.push(await signIn(address, logIn));

  progress.clear();
  const processors = `${cpus().length} processors (${cpus()[0]?.model.trim()})`;
  console.log(`One relay process, ${processors}; units and viewers in two more processes on the same machine.`);
  console.log(
    'Each look: ten pictures a second, 100 kbit/s, every picture acknowledged; age from unit to viewer in ms.\n',
  );
  const heads = ['looks', 'pictures/s', 'left out', 'median', '95th', 'most', 'relay CPU', 'relay MB', 'Mbit/s'];
  console.log(heads.map((head) => head.padStart(11)).join(''));

  let open = 0;
  let limit: number | undefined;
  for (const level of tried) {
    if (elapsed() - began > longest) break;
    progress.report(`${level} looks: opening them`);
    const added = site.homes.slice(open, level);
    homes.tell({ type: 'connect', address, homes: added, from: open });
    const { alarms } = await homes.hear('connected');
    const looks: Watched[] = [];
    const openOne = async (index: number) => {
      const desk = desks[(open + index) % desks.length]!;
      const reason = { type: 'alarm', alarm: alarms[index] as AlarmId } as const;
      const asked = { unit: added[index]!.unit as UnitId, reason, operatorKey: 'k'.repeat(43) };
      const { look } = await desk.call('openLook', {}, asked);
      looks.push({ look, cookie: desk.cookie });
    };
    for (let index = 0; index < added.length; index += atOnce)
      await Promise.all(added.slice(index, index + atOnce).map((_, more) => openOne(index + more)));
    screens.tell({ type: 'watch', address, looks, from: open });
    await screens.hear('watching');
    open = level;
    progress.report(`${level} looks: measuring`);
    const figures = await measure(relay, homes, screens);
    progress.clear();
    print(level, figures);
    if (figures.most > tooOld || figures.perLook(level) < 9) {
      limit = level;
      break;
    }
  }
  console.log(
    limit === undefined
      ? `\nNo limit found: with ${open} looks no picture was older than a second.`
      : `\nThe limit is below ${limit} looks: there a picture was older than a second, or a look had fewer than nine a second.`,
  );
}

interface Figures {
  readonly pictures: number;
  readonly leftOut: number;
  readonly median: number;
  readonly late: number;
  readonly most: number;
  readonly cpu: number;
  readonly megabytes: number;
  readonly mbits: number;
  perLook(looks: number): number;
}

async function measure(
  relay: BenchProcess<ToRelay, FromRelay>,
  homes: BenchProcess<ToHomes, FromHomes>,
  screens: BenchProcess<ToScreens, FromScreens>,
): Promise<Figures> {
  const read = async () => {
    homes.tell({ type: 'count' });
    screens.tell({ type: 'count' });
    relay.tell({ type: 'load' });
    return [await homes.hear('count'), await screens.hear('count'), await relay.hear('load'), elapsed()] as const;
  };
  await clock.sleep(settles);
  const [, , before, from] = await read();
  await clock.sleep(counts);
  const [sent, { ages }, after, to] = await read();
  const length = (to - from) / 1000;
  const sorted = ages.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    pictures: ages.length / length,
    leftOut: sent.leftOut / length,
    median: at(0.5),
    late: at(0.95),
    most: at(1),
    cpu: (100 * (after.cpu - before.cpu)) / length,
    megabytes: after.megabytes,
    mbits: (sent.bytes * 8) / 1e6 / length,
    perLook: (looks) => ages.length / length / looks,
  };
}

function print(looks: number, { pictures, leftOut, median, late, most, cpu, megabytes, mbits }: Figures): void {
  const whole = [looks, pictures, leftOut, median, late, most].map((one) => one.toFixed(0));
  const cells = [...whole, `${cpu.toFixed(0)} %`, megabytes.toFixed(0), mbits.toFixed(1)];
  console.log(cells.map((cell) => cell.padStart(11)).join(''));
}
