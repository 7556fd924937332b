/** Pure. What the shells of opening and of joining are both given. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { PictureWord } from '../link/open.ts';
import type { Spares } from '../link/spares.ts';
import type { Store } from '../state/store.ts';
import type { Trust } from '../trust/trust.ts';
import type { Viewings, ViewingsEvent } from './viewings.ts';

export interface Wiring {
  readonly spares: Spares;
  readonly trust: Trust;
  /** What the screens draw. */
  readonly viewing: Store<Viewings, ViewingsEvent>;
  /** @returns what takes the words of this look's picture worker */
  readonly hear: (look: LookId) => (word: PictureWord) => void;
  readonly tellClosed: (look: LookId, why?: 'key-changed') => void;
  readonly tellLeft: (look: LookId) => void;
}
