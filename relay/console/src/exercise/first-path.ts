/** Pure. On which page an exercise begins. */
import type { ExerciseName } from '@nattfrid/shared/desk/exercise-routes';
import { type Address, pathOf } from '../parts/way.tsx';
import { nobody } from './care-answers.ts';
import type { World } from './world.ts';

export function firstPath({ exercise, unit }: World): string {
  const first: Readonly<Record<ExerciseName, Address>> = {
    'answer-alarm': { page: 'watch' },
    'make-look': { page: 'watch' },
    'make-visit': { page: 'car' },
    'sign-plan': { page: 'client', id: nobody },
    'confirm-room': { page: 'room', id: unit.unit },
  };
  return pathOf(first[exercise]);
}
