/** What goes wrong in a night, strewn over it by the dice: units cut off, cameras covered, falls, a relay restarted, people who leave, phones off. */
import type { Relay } from '@nattfrid/relay/relay';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Gateway } from '@nattfrid/stand-ins/gateway';
import type { Dice } from './dice.ts';
import type { AgreedHome } from './roster.ts';
import type { SimulatedHome } from './simulated-home.ts';
import type { Worker } from './staff.ts';

type Trouble =
  | { readonly type: 'cut' | 'back' | 'fall' | 'covered' | 'uncovered'; readonly client: string }
  | { readonly type: 'worker-leaves' | 'phone-off' | 'nobody-answers'; readonly away: Duration }
  | { readonly type: 'relay-restarts' | 'gateway-dies' | 'gateway-rises' };

export type Struck = Trouble & { readonly at: Instant };

/** In order of time. */
export function troubles(homes: readonly AgreedHome[], dice: Dice, start: Instant, lasts: Duration): readonly Struck[] {
  const found: Struck[] = [];
  const when = () => after(start, dice.minutes((0.03 * lasts) / 60_000, (0.9 * lasts) / 60_000));
  const client = () => dice.one(homes).client;
  // Each home at most once: two cuts of one unit that overlap would be one.
  const left = new Set(homes.map(({ client: home }) => home));
  const anotherHome = () => {
    const home = dice.one([...left]);
    left.delete(home);
    return home;
  };
  const strew = (many: number, strike: () => void) => {
    for (let index = 0; index < Math.max(1, Math.round((many * homes.length) / 65)); index++) strike();
  };
  strew(6, () => {
    const [at, home] = [when(), anotherHome()];
    found.push({ type: 'cut', client: home, at });
    found.push({ type: 'back', client: home, at: after(at, dice.minutes(1, 40)) });
  });
  strew(5, () => void found.push({ type: 'fall', client: client(), at: when() }));
  strew(4, () => {
    const [at, home] = [when(), anotherHome()];
    found.push({ type: 'covered', client: home, at });
    found.push({ type: 'uncovered', client: home, at: after(at, dice.minutes(10, 90)) });
  });
  for (let index = 0; index < 3; index++) found.push({ type: 'worker-leaves', away: dice.minutes(10, 45), at: when() });
  for (let index = 0; index < 2; index++) found.push({ type: 'phone-off', away: dice.minutes(10, 45), at: when() });
  // The worst minutes of the night: nobody is there, somebody falls, and the gateway does not answer at first.
  const worst = when();
  found.push({ type: 'nobody-answers', away: dice.minutes(12, 18), at: worst });
  found.push({ type: 'gateway-dies', at: worst });
  found.push({ type: 'fall', client: anotherHome(), at: after(worst, dice.minutes(0.2, 1)) });
  found.push({ type: 'gateway-rises', at: after(worst, dice.minutes(9, 11)) });
  for (let index = 0; index < 2; index++) found.push({ type: 'relay-restarts', at: when() });
  return found.toSorted((a, b) => a.at - b.at);
}

interface Around {
  readonly homes: ReadonlyMap<string, SimulatedHome>;
  readonly away: Set<UnitId>;
  /** Alarm > unit. */
  readonly falls: Map<string, string>;
  readonly operators: readonly Worker[];
  readonly cars: readonly Worker[];
  readonly gateway: Gateway;
  /** What was cut off, and for how long. */
  readonly cuts: Cut[];
  readonly clock: Clock;
  readonly restart: () => Promise<void>;
  readonly relay: () => Relay;
  readonly dice: Dice;
  /** Cameras that are covered: what the unit told of it. */
  readonly covered: Map<string, AlarmId>;
}

export interface Cut {
  readonly unit: UnitId;
  readonly from: Instant;
  until?: Instant;
}

export async function strike(trouble: Struck, around: Around): Promise<void> {
  const { operators, cars, gateway, clock, dice } = around;
  switch (trouble.type) {
    case 'relay-restarts':
      return around.restart();
    case 'worker-leaves':
      return dice.one(operators).leave(after(clock.now(), trouble.away));
    case 'phone-off':
      return dice.one(cars).leave(after(clock.now(), trouble.away));
    case 'nobody-answers':
      for (const worker of [...operators, ...cars]) worker.leave(after(clock.now(), trouble.away));
      return;
    case 'gateway-dies':
      return gateway.die();
    case 'gateway-rises':
      return gateway.rise();
    default:
      return strikeHome(trouble, around);
  }
}

async function strikeHome(trouble: Extract<Struck, { client: string }>, around: Around): Promise<void> {
  const home = around.homes.get(trouble.client);
  if (!home) return;
  switch (trouble.type) {
    case 'cut':
      around.away.add(home.unit);
      around.cuts.push({ unit: home.unit, from: around.clock.now() });
      return home.cut();
    case 'back':
      around.away.delete(home.unit);
      for (const cut of around.cuts) if (cut.unit === home.unit) cut.until ??= around.clock.now();
      return home.connected ? undefined : home.connect(around.relay());
    case 'fall':
      // One that is cut off keeps it, and tells it when it is back.
      return void around.falls.set(await home.raise('fall', 'fell-from-standing'), home.unit);
    case 'covered':
      home.lacking = 'camera-covered';
      return void around.covered.set(trouble.client, await home.raise('blind', 'covered'));
    case 'uncovered': {
      home.lacking = undefined;
      const alarm = around.covered.get(trouble.client);
      around.covered.delete(trouble.client);
      return alarm ? home.over(alarm) : undefined;
    }
  }
}
