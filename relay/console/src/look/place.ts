/** Pure. Where in a home a camera looks, in words. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Known } from '../state/desk.ts';
import type { Say } from '../words/say.ts';

export const placeWords = (desk: Known, { unit }: Pick<LookView, 'unit'>, say: Say): string =>
  desk.units.get(unit)?.place ?? say('place.unit', { unit });
