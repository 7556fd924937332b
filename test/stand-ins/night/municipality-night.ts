/** Pure. A night of a municipality as the watch meets it: homes with one window now and another later, some of them not well. */
import type { ManyAlarm, ManyHome } from './many-homes.ts';

const streets = ['Björken', 'Eken', 'Asken', 'Alen', 'Linden', 'Rönnen', 'Hasseln', 'Lönnen', 'Tallen', 'Granen'];
const minute = 60_000;

export const nameOf = (index: number): string =>
  `${streets[index % streets.length]} ${1 + Math.floor(index / streets.length)}`;

/**
 * @param many homes; 45 of 65 have a look in a window that is open now, all have one later in the night
 * @param begun so many of the open window are done
 */
export function municipalityNight(many: number, begun = 2): readonly ManyHome[] {
  return Array.from({ length: many }, (_, index): ManyHome => {
    const isNow = index % 65 < 45 || many === 1;
    return {
      unit: `hem-${index + 1}`,
      client: nameOf(index),
      ...(index % 3 === 0 && { place: 'Sovrum' }),
      ...troubleOf(index, many),
      looks: [
        ...(isNow ? [{ from: -2 * minute, until: 28 * minute, done: index < begun && many > 1 }] : []),
        { from: 190 * minute, until: 220 * minute },
      ],
    };
  });
}

function troubleOf(index: number, many: number): Partial<ManyHome> {
  if (many < 10) return {};
  const kind = index % 65;
  if (kind === 50 || kind === 51) return { vitals: { camera: 'lost', cameraFault: 'camera-unreachable' } };
  if (kind === 52) return { vitals: { cannotSee: 'covered' } };
  if (kind === 53 || kind === 54 || kind === 55) return { vitals: { power: 'battery' } };
  if (kind === 56) return { silentFor: 11 * minute };
  return {};
}

/** Alarms that have come today and the days before: the newest few are open. @param open so many are */
export function alarmsOf(homes: readonly ManyHome[], many: number, open: number): readonly ManyAlarm[] {
  const kinds = ['fall', 'left-room', 'not-in-bed', 'blind'] as const;
  return Array.from({ length: many }, (_, index): ManyAlarm => {
    const home = homes[(index * 7) % homes.length]!;
    const closed = index >= open;
    const ago = closed ? 20 * minute + index * 14 * minute : (1 + index) * minute;
    return { unit: home.unit, client: home.client, kind: kinds[index % kinds.length]!, ago, closed };
  });
}
