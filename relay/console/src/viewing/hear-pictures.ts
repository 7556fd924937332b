/** Passes on what the picture workers tell: words to the state of a look's pictures, pictures to its canvas. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { PictureWord } from '../link/open.ts';
import type { Drawable } from '../link/picture-talk.ts';
import type { Store } from '../state/store.ts';
import type { Canvases } from './canvases.ts';
import { goneAfter } from './face.ts';
import { type Viewings, type ViewingsEvent, viewingOf } from './viewings.ts';

/** @param distrust called for a look whose seal or signature is wrong */
export function hearPictures(
  clock: Clock,
  canvases: Canvases,
  viewing: Store<Viewings, ViewingsEvent>,
  distrust: (look: LookId) => void,
): (look: LookId) => (word: PictureWord) => void {
  const show = (look: LookId, frame: Drawable, taken: number | undefined) => {
    if (!canvases.has(look)) return;
    const at = clock.now();
    viewing.send({ type: 'look', look, event: { type: 'drawn', at, taken } });
    const known = viewingOf(viewing.get(), look);
    // A picture that comes too late is counted, and never drawn.
    if (known.name === 'live' && at - known.at <= goneAfter) canvases.draw(look, frame);
    else canvases.wipe(look);
  };
  return (look) => (word) => {
    switch (word.type) {
      case 'picture':
        show(look, word.frame, word.taken);
        return word.frame.close();
      case 'opened':
      case 'no-picture':
      case 'picture-again':
      case 'usage':
      case 'link-lost':
        return viewing.send({ type: 'look', look, event: word });
      case 'notice':
        return viewing.send({ type: 'look', look, event: { ...word, at: clock.now() } });
      case 'untrusted':
        viewing.send({ type: 'look', look, event: word });
        return distrust(look);
    }
  };
}
