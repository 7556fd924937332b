/** Opens looks with a player, several short ones and a long one whose cost is measured. */
import type { Player } from './console-player.ts';
import type { Cost } from './measured.ts';
import { secondsOfTree } from './process-tree-time.ts';
import type { RemoteNetwork } from './remote-network.ts';
import type { Drawn, Opening } from './sample.ts';
import { wait } from './screen.ts';

/** Milliseconds: a short look; and of the long one, the time in which the rate settles and the time in which the cost is measured. */
const [short, settling, long] = [1500, 2500, 10_000];

export interface Looks {
  readonly openings: readonly Opening[];
  readonly failed: number;
  readonly cost?: Cost;
}

/** @param many short looks and one long one @param unit process id, as is `relay`; their processor time is part of the cost */
export async function openLooks(
  network: RemoteNetwork,
  player: Player,
  unit: number,
  many: number,
  relay?: number,
): Promise<Looks> {
  const before = await openShortLooks(player, many - 1);
  let counted: { readonly from: Mark; readonly to: Mark } | undefined;
  const last = await player.look(0, async () => {
    await wait(settling);
    const from = await mark(network, unit, relay);
    await wait(long);
    counted = { from, to: await mark(network, unit, relay) };
  });
  return {
    openings: last ? [...before.openings, last] : before.openings,
    failed: before.failed + (last ? 0 : 1),
    ...(last && counted ? { cost: costOf(counted.from, counted.to, last.drawn) } : {}),
  };
}

export async function openShortLooks(player: Player, many: number): Promise<Looks> {
  const openings: Opening[] = [];
  for (let number = 0; number < many; number++) {
    const opening = await player.look(short);
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
