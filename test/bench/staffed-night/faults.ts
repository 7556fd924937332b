/** What goes wrong in a night, strewn over it by the dice: units cut off, cameras covered, falls, a relay restarted, people who leave. */
import type { Relay } from '@nattfrid/relay/relay';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Dice } from './dice.ts';
import type { AgreedHome } from './roster.ts';
import type { SimulatedHome } from './simulated-home.ts';
import type { Worker } from './staff.ts';

type Trouble =
  | { readonly type: 'cut' | 'back' | 'fall' | 'covered' | 'uncovered'; readonly client: string }
  | { readonly type: 'worker-leaves'; readonly away: Duration }
  | { readonly type: 'relay-restarts' };

export type Struck = Trouble & { readonly at: Instant };

/** In order of time. */
export function troubles(homes: readonly AgreedHome[], dice: Dice, start: Instant, lasts: Duration): readonly Struck[] {
  const found: Struck[] = [];
  const when = () => after(start, dice.minutes((0.03 * lasts) / 60_000, (0.9 * lasts) / 60_000));
  const client = () => dice.one(homes).client;
  const strew = (many: number, strike: () => void) => {
    for (let index = 0; index < Math.max(1, Math.round((many * homes.length) / 65)); index++) strike();
  };
  strew(6, () => {
    const [at, home] = [when(), client()];
    found.push({ type: 'cut', client: home, at });
    found.push({ type: 'back', client: home, at: after(at, dice.minutes(1, 40)) });
  });
  strew(5, () => void found.push({ type: 'fall', client: client(), at: when() }));
  strew(4, () => {
    const [at, home] = [when(), client()];
    found.push({ type: 'covered', client: home, at });
    found.push({ type: 'uncovered', client: home, at: after(at, dice.minutes(10, 90)) });
  });
  for (let index = 0; index < 3; index++) found.push({ type: 'worker-leaves', away: dice.minutes(10, 45), at: when() });
  for (let index = 0; index < 2; index++) found.push({ type: 'relay-restarts', at: when() });
  return found.toSorted((a, b) => a.at - b.at);
}

interface Around {
  readonly homes: ReadonlyMap<string, SimulatedHome>;
  readonly away: Set<UnitId>;
  /** Alarm > unit. */
  readonly falls: Map<string, string>;
  readonly workers: readonly Worker[];
  readonly clock: Clock;
  readonly restart: () => Promise<void>;
  readonly relay: () => Relay;
  readonly dice: Dice;
  /** Cameras that are covered: what the unit told of it. */
  readonly covered: Map<string, AlarmId>;
}

export async function strike(trouble: Struck, around: Around): Promise<void> {
  if (trouble.type === 'relay-restarts') return around.restart();
  if (trouble.type === 'worker-leaves')
    return around.dice.one(around.workers).leave(after(around.clock.now(), trouble.away));
  const home = around.homes.get(trouble.client);
  if (!home) return;
  switch (trouble.type) {
    case 'cut':
      around.away.add(home.unit);
      return home.cut();
    case 'back':
      around.away.delete(home.unit);
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
