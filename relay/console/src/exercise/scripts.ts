/** What happens in each exercise by itself, and who is to be seen. */
import type { ExerciseName } from '@nattfrid/shared/desk/exercise-routes';
import type { AlarmId, LookId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Scene } from './drawn-room.ts';
import type { World } from './world.ts';

const newId = <Id extends string>() => crypto.randomUUID() as Id;
/** Long enough to see that all is calm. */
const calm = seconds(3);

export const scenes: Readonly<Record<ExerciseName, Scene>> = {
  'answer-alarm': 'on-the-floor',
  'make-look': 'nobody',
  'make-visit': 'nobody',
  'sign-plan': 'nobody',
  'confirm-room': 'nobody',
};

export function play(clock: Clock, world: World): void {
  const { unit, client } = world.unit;
  const common = { unit, client } as const;
  switch (world.exercise) {
    case 'answer-alarm':
      void clock.sleep(calm).then(() => {
        const evidence = { code: 'found-lying', figures: { lyingForSeconds: 24 }, models: [], attended: false };
        const at = { at: world.now(), receivedAt: world.now() };
        const alarm = { alarm: newId<AlarmId>(), kind: 'fall', state: 'raised', overdue: false, evidence } as const;
        world.put({ type: 'alarm', alarm: { ...common, ...at, ...alarm } });
      });
      return;
    case 'make-look': {
      const due = { dueFrom: world.now(minutes(-2)), dueUntil: world.now(minutes(13)), attempt: 1 } as const;
      const reason = { type: 'window', window: 'natt' } as const;
      world.put({ type: 'look', look: { ...common, look: newId<LookId>(), reason, state: 'due', ...due } });
      return;
    }
    case 'make-visit': {
      const visit = { visit: newId<VisitId>(), why: 'not-seen-twice', state: 'needed', neededAt: world.now() } as const;
      world.put({ type: 'visit', visit: { ...common, ...visit } });
      return;
    }
    case 'sign-plan':
    case 'confirm-room':
  }
}
