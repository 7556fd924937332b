/** Who is on shift this night: operators in one room and cars, in teams, with the line along which an alarm goes. */
import type { Role } from '@nattfrid/shared/desk/role';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import type { DeskClient } from '@nattfrid/stand-ins/staff/desk-client';

export interface OnShift {
  readonly name: string;
  readonly client: DeskClient;
  readonly team: TeamId;
}

export interface Crew {
  readonly operators: readonly OnShift[];
  readonly cars: readonly OnShift[];
}

/** The line of every alarm: the room, then the cars, each for so long; after it everybody, louder, and then the gateway. */
const each = minutes(2);
/** Of the relay's usual patience: from louder to the fallback. */
const louder = minutes(3);
/** From an alarm to the gateway, where nobody takes it. @param cars how many there are */
export const lineLasts = (cars: number): Duration => minutes(((1 + cars) * each + louder) / 60_000);

/**
 * Enters teams and line, and everybody joins the shift.
 * @param person adds somebody and signs them in
 * @throws Error with the relay's words where it refuses
 */
export async function openShift(
  coordinator: DeskClient,
  person: (name: string, role: Role) => Promise<DeskClient>,
  many: { readonly operators: number; readonly cars: number },
): Promise<Crew> {
  const addTeam = async (name: string, kind: 'desk' | 'car'): Promise<TeamId> => {
    const duty = { looks: kind === 'desk' ? 'always' : 'never', visits: kind === 'car' ? 'always' : 'never' } as const;
    return (await coordinator.call('addTeam', {}, { name, kind, crew: 'single', ...duty })).team;
  };
  const join = async (name: string, role: Role, team: TeamId): Promise<OnShift> => {
    const client = await person(name, role);
    await client.call('joinShift', { team }, {});
    return { name, client, team };
  };
  const room = await addTeam('Centralen', 'desk');
  const operators: OnShift[] = [];
  for (let index = 1; index <= many.operators; index++)
    operators.push(await join(`Operator${index}`, 'operator', room));
  const cars: OnShift[] = [];
  for (let index = 1; index <= many.cars; index++)
    cars.push(await join(`Bil${index}`, 'night-patrol', await addTeam(`Bil ${index}`, 'car')));
  const steps = [room, ...cars.map(({ team }) => team)].map((to) => ({ to, withinMinutes: each / 60_000 }));
  const fallback = { telephone: '0500-999 000', words: 'Ring jouren' };
  await coordinator.call('setAlarmLine', {}, { steps, fallback });
  return { operators, cars };
}
