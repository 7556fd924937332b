/** Pure. What «all well» rests on too little for, in words. */
import type { Known } from '../state/desk.ts';
import type { Say } from '../words/say.ts';
import { doesLack, type Lacking } from './lacking.ts';
import { placeWords } from './place.ts';

/** Where this console knows of nothing that lacks, it is the relay that does. */
export function lackingWords(lacking: Lacking, desk: Known, say: Say): string {
  if (!doesLack(lacking)) return say('verdict.lacks.other');
  const { notShown, takenBy, unseen } = lacking;
  const places = notShown.map((unit) => placeWords(desk, { unit }, say)).join(', ');
  return [
    ...(places ? [say('verdict.lacks.notShown', { places })] : []),
    ...(takenBy ? [say('verdict.lacks.takenBy', { who: takenBy })] : []),
    ...(unseen ? [say('verdict.lacks.unseen')] : []),
  ].join(' ');
}
