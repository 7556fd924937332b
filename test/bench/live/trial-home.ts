/** The home of the live bench: a camera with a time code, and unit and relay as shipped, at the two ends of the network. */
import type { Plan } from '@nattfrid/shared/domain/plan';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { timeOfDay } from '@nattfrid/shared/domain/window';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import { unit } from '@nattfrid/stand-ins/home/client';
import { type Home, openHome } from '@nattfrid/stand-ins/home/home';
import { signIn } from '@nattfrid/stand-ins/staff/desk-client';
import { type HomeProgram, startHomeProgram } from './home-program.ts';
import { homeAddress, staffAddress } from './network.ts';
import { wait } from './screen.ts';

export interface TrialHome extends AsyncDisposable {
  readonly home: Home;
  readonly camera: string;
  readonly echoPort: number;
  /** When the camera's film began, in milliseconds since 1970. */
  readonly filmBegan: number;
  /** When the unit said yes to a look, in milliseconds since 1970: the gate opens next. */
  readonly yeses: readonly number[];
  /** Resolves when the unit has taken the plan, with twenty looks that are due now. */
  agree(changes: Pick<Plan, 'mode' | 'watch'>): Promise<void>;
  /** Masks the time code in the unit's room, so that it does not count as movement; or shows it again. */
  hideCode(hidden: boolean): Promise<void>;
}

const looksDue = 20;
/** Covers the time code, the lowest fifteenth of the picture. */
const code: Room['masks'][number] = [
  [0, 0.92],
  [1, 0.92],
  [1, 1],
  [0, 1],
];

/** Commands that start the programs of one tree, and its built console. */
export interface Build {
  readonly agent: string;
  readonly relay: string;
  readonly console: string;
}

export async function openTrialHome(given: {
  readonly folder: string;
  readonly clip: string;
  readonly certificate: string;
  readonly key: string;
  readonly inHome: readonly string[];
  /** Of another tree than this one. */
  readonly build?: Build;
}): Promise<TrialHome> {
  await using stack = new AsyncDisposableStack();
  const camera: HomeProgram = stack.use(startHomeProgram(given.inHome, 'camera.ts', [given.clip, homeAddress]));
  const place = (await camera.next()) as { url: string; echo: number };
  const taken = new Set<number>();
  const yeses: number[] = [];
  const home = stack.use(
    await openHome({
      folder: given.folder,
      camera: place.url,
      room: unknownRoom,
      port: 0,
      plan: planOf({ mode: 'clear', watch: 'always' }, 'first'),
      relaySettings: {
        host: staffAddress,
        tlsCert: given.certificate,
        tlsKey: given.key,
        ...(given.build && { console: given.build.console }),
      },
      ...(given.build && { programs: given.build }),
      through: (program) => (program === 'agent' ? given.inHome : []),
      show: (program, line) => {
        if (program !== 'agent') return;
        if (line.sentence === 'Plan taken') taken.add(Number(line['version']));
        if (line.sentence === 'Look opened') yeses.push(Date.now());
      },
    }),
  );
  const until = async (done: () => boolean, what: string) => {
    for (let waited = 0; !done(); waited += 50) {
      if (waited > 150_000)
        throw new Error(`${what} in time; the unit said last:\n${home.agent.lines.slice(-6).join('\n')}`);
      await wait(50);
    }
  };
  await until(() => taken.has(1), 'the unit did not take its plan');
  const { began } = (await camera.next()) as { began: number };
  const desk = await signIn(home.address, home.logIns[1]);
  const owned = stack.move();
  return {
    home,
    camera: place.url,
    echoPort: place.echo,
    filmBegan: began,
    yeses,
    async agree(changes) {
      const version = await home.replan(planOf(changes, String(Date.now())));
      await until(() => taken.has(version), 'the unit did not take a new plan');
      // Time for the console's desk to update, and for the unit to leave its camera where it no longer watches.
      await wait(1000);
    },
    async hideCode(hidden) {
      await desk.call('confirmRoom', { unit }, { room: { ...unknownRoom, masks: hidden ? [code] : [] } });
      await wait(1000);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Without alarms, which would interrupt. @param name prefix of the windows, which sets them apart from those of earlier plans */
function planOf({ mode, watch }: Pick<Plan, 'mode' | 'watch'>, name: string): Partial<Plan> {
  const now = systemClock.now();
  const [from, to] = [timeOfDay(after(now, minutes(-2))), timeOfDay(after(now, hours(2)))];
  return {
    mode,
    watch,
    windows: Array.from({ length: looksDue }, (_, index) => ({ id: `${name}-${index}`, from, to, looks: 1 })),
    alarms: {},
  };
}
